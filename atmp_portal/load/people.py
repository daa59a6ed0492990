"""The people of the load: sponsors with their teams, and one authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle, islice

from django.contrib.auth.hashers import make_password

from accounts.events import AccountsEvent
from accounts.models import Membership, Organisation, User
from accounts.roles import Role, Side
from atmp_portal.load.chain import Chain
from atmp_portal.load.rows import pour

COORDINATORS, REVIEWERS = 4, 40
TEAM = (
    Role.REGULATORY_LEAD,
    Role.CONTRIBUTOR,
    Role.READER,
    Role.QC_ANALYST,
    Role.QUALITY_ASSURANCE,
    Role.QUALIFIED_PERSON,
)
FIRST = ("Ana", "Bram", "Chiara", "Dario", "Elin", "Femke", "Goran", "Hana", "Ilse", "Jonas", "Katrin")
LAST = ("Aalto", "Bianchi", "Costa", "Dahl", "Eriksen", "Fischer", "Greco", "Horvat", "Ivanov", "Jansen",
        "Kovács", "Lindgren", "Moreau")  # fmt: skip
TOWNS = (
    "Aarhus",
    "Bergamo",
    "Coimbra",
    "Dresden",
    "Espoo",
    "Ghent",
    "Graz",
    "Leiden",
    "Lyon",
    "Porto",
    "Turku",
)
TRADES = ("Cell Works", "Gene Therapies", "Tissue Technologies", "Biologics", "Regenerative Medicine")


@dataclass(frozen=True)
class Sponsor:
    """A sponsor with one person in every role."""

    organisation: Organisation
    team: dict[Role, User]

    @property
    def lead(self) -> User:
        """Who files and signs."""
        return self.team[Role.REGULATORY_LEAD]

    @property
    def contributor(self) -> User:
        """Who prepares documents."""
        return self.team[Role.CONTRIBUTOR]


@dataclass(frozen=True)
class Authority:
    """The authority with its people."""

    organisation: Organisation
    coordinators: list[User]
    reviewers: list[User]


@dataclass
class Hiring:
    """Makes organisations and people, with the events that tell of them."""

    chain: Chain
    since: datetime
    is_demo: bool
    people: int = 0

    def sponsor(self, number: int) -> Sponsor:
        """Make a sponsor with its team; two of three are small enterprises."""
        town, trade = TOWNS[number % len(TOWNS)], TRADES[number // len(TOWNS) % len(TRADES)]
        rest = number // (len(TOWNS) * len(TRADES))
        name = f"{town} {trade}{f' {rest + 1}' if rest else ''}"
        home = self._organisation(name, Side.SPONSOR, is_sme=number % 3 != 2)
        return Sponsor(home, {role: self._person(home, role) for role in TEAM})

    def authority(self) -> Authority:
        """Make the authority, and an administrator of the site."""
        home = self._organisation("European Agency for Living Medicines", Side.AUTHORITY)
        coordinators = [self._person(home, Role.COORDINATOR) for _ in range(COORDINATORS)]
        reviewers = [self._person(home, Role.REVIEWER) for _ in range(REVIEWERS)]
        self._person(self._organisation("Administration", Side.ADMINISTRATION), Role.ADMINISTRATOR)
        return Authority(home, coordinators, reviewers)

    def _organisation(self, name: str, side: Side, *, is_sme: bool = False) -> Organisation:
        made = Organisation(name=name, side=side, is_sme=is_sme, created_at=self.since)
        pour([made])
        told = {"name": name, "side": side, "is_sme": is_sme}
        sentence = f"{made} created"
        self.chain.tell(
            AccountsEvent.ORGANISATION_CREATED, made, at=self.since, by=None, sentence=sentence, data=told
        )
        return made

    def _person(self, home: Organisation, role: Role) -> User:
        name = next(islice(_names(), self.people, None))
        self.people += 1
        person = User(
            email=f"{role.value.replace('_', '.')}.{self.people}@load.example",
            full_name=name,
            password=make_password(None),
            is_demo=self.is_demo,
            joined_at=self.since,
        )
        held = Membership(user=person, organisation=home, role=role, since=self.since)
        person.membership = held
        pour([person], [held])
        self.chain.tell(
            AccountsEvent.MEMBERSHIP_STARTED,
            person,
            at=self.since,
            by=None,
            sentence=f"Joined {home} as {role.label.lower()}",
            data={"organisation": home.name, "role": role},
        )
        return person


def _names() -> Iterator[str]:
    """Every first name with every last name, then once more with a letter between."""
    for turn in cycle(range(26)):
        middle = f" {chr(64 + turn)}." if turn else ""
        for place in range(len(FIRST) * len(LAST)):
            yield f"{FIRST[place % len(FIRST)]}{middle} {LAST[place % len(LAST)]}"
