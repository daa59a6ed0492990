"""Filling the database batch by batch, each in one transaction with the trail of what it holds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from atmp_portal.load import candidates, lives, lots, notices, threads
from atmp_portal.load.candidates import Made
from atmp_portal.load.chain import Chain
from atmp_portal.load.dossiers import Building, Built, may_be_filed
from atmp_portal.load.files import Files
from atmp_portal.load.filings import filing_of, operations_of, take_in
from atmp_portal.load.people import Authority, Hiring, Sponsor
from atmp_portal.load.reviews import Review, Reviewing
from atmp_portal.load.rows import pour
from atmp_portal.load.sizes import Sizes, shares
from dossiers.statuses import DossierStatus, Procedure

BATCH = 250
SINCE = timedelta(days=1200)
DOSSIERS_A_PRODUCT = 2
WEIGHTS = {Procedure.MAA: 10, Procedure.CERTIFICATION: 6, Procedure.CLASSIFICATION: 1}
TALKATIVE = {DossierStatus.DRAFT: 1, DossierStatus.FILED: 2}


@dataclass(frozen=True)
class _Plan:
    number: int
    status: DossierStatus
    procedure: Procedure
    documents: int
    comments: int


@dataclass
class Filling:
    """One filling of the database; the same seed gives the same sizes of everything."""

    sizes: Sizes
    seed: int
    is_demo: bool
    say: Callable[[str], None]
    now: datetime = field(default_factory=timezone.now)
    sponsors: list[Sponsor] = field(default_factory=list)
    products: dict[int, Made] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance, self.chain, self.files = Random(self.seed), Chain(), Files()  # noqa: S311  # a spread, no secret
        self.building = Building(self.chain, self.files, self.chance)

    def run(self) -> None:
        """Write everything, saying how far it is."""
        authority = self._people()
        reviewing = Reviewing(self.chain, authority, self.chance)
        plans = list(self._plans())
        for start in range(0, len(plans), BATCH):
            self._write(plans[start : start + BATCH], authority, reviewing)
            self.say(f"{min(start + BATCH, len(plans)):,} of {len(plans):,} dossiers")
        for place, number in enumerate(shares(self.sizes.lots, [1] * len(self.sponsors))):
            if number and place in self.products:
                with transaction.atomic():
                    lots.lots_of(self.sponsors[place], self.products[place].product, number, self.chance)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner of the database learns what there is now

    @transaction.atomic
    def _people(self) -> Authority:
        hiring = Hiring(self.chain, self.now - SINCE, self.is_demo)
        authority = hiring.authority()
        self.sponsors = [hiring.sponsor(number) for number in range(self.sizes.sponsors)]
        self.chain.write()
        return authority

    def _plans(self) -> Iterator[_Plan]:
        """Plan every dossier; the first is the big one when there is one."""
        sizes, number = self.sizes, self.sizes.dossiers
        statuses = lives.statuses(number, self.chance)
        procedures = [self._procedure(place) for place in range(number)]
        if sizes.big:
            statuses[0], procedures[0] = DossierStatus.RETURNED, Procedure.MAA
        weights = [WEIGHTS[procedure] * self.chance.uniform(0.7, 1.4) for procedure in procedures]
        weights[0] = 0 if sizes.big and number > 1 else weights[0]
        documents = shares(sizes.documents - sizes.big, weights)
        documents[0] += sizes.big
        talk = [TALKATIVE.get(status, 4) * self.chance.uniform(0.2, 1.8) for status in statuses]
        comments = shares(sizes.comments, talk)
        for place in range(number):
            yield _Plan(place, statuses[place], procedures[place], documents[place], comments[place])

    def _procedure(self, number: int) -> Procedure:
        """A certificate is for small enterprises; the others apply for an authorisation."""
        procedure = lives.procedure_of(number)
        is_open = self._sponsor(number).organisation.is_sme or procedure != Procedure.CERTIFICATION
        return procedure if is_open else Procedure.MAA

    def _sponsor(self, number: int) -> Sponsor:
        return self.sponsors[number // DOSSIERS_A_PRODUCT % len(self.sponsors)]

    @transaction.atomic
    def _write(self, plans: list[_Plan], authority: Authority, reviewing: Reviewing) -> None:
        built: list[tuple[_Plan, Built]] = [(plan, self._built(plan)) for plan in plans]
        pour(each.dossier for _, each in built)
        for noun in ("sections", "documents", "versions", "requirements"):
            pour(row for _, each in built for row in getattr(each, noun))
        filed = [(each, filing_of(each, self.chain)) for _, each in built if each.life.filed_at]
        pour(filing for _, filing in filed)
        pour(context for each, filing in filed for context in operations_of(each, filing))
        for plan, each in built:
            take_in(each, authority, self.chain)
            review = reviewing.review(each)
            pour(review.assignments, review.clock, review.parts, review.questions)
            self._talk(plan, each, review)
            pour(notices.notices_of(each, review, authority, self.now))
        self.chain.write()

    def _built(self, plan: _Plan) -> Built:
        sponsor = self._sponsor(plan.number)
        life = lives.life_of(plan.status, plan.procedure, self.now, self.chance)
        made = self._product(plan.number // DOSSIERS_A_PRODUCT, sponsor)
        if not may_be_filed(plan.procedure, made, plan.documents):
            life = lives.life_of(DossierStatus.DRAFT, plan.procedure, self.now, self.chance)
        return self.building.dossier(life, sponsor, made, plan.documents)

    def _product(self, number: int, sponsor: Sponsor) -> Made:
        if number not in self.products:
            made_at = self.now - SINCE + timedelta(days=self.chance.uniform(1, 20))
            made = candidates.product_of(sponsor, number, made_at, self.chain)
            pour([made.assessment], [made.product], [made.adoption])
            self.products[number] = made
        return self.products[number]

    def _talk(self, plan: _Plan, built: Built, review: Review) -> None:
        team = [duty.reviewer for duty in review.assignments]
        talk = threads.talk_about(
            built, team, plan.comments, now=self.now, chain=self.chain, chance=self.chance
        )
        pour(talk.threads, talk.comments)
