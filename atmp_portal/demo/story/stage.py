"""The stage of the demo story: its people, its things, and the hour at which a chapter plays."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone

from accounts.models import Notice, User
from atmp_portal.demo import people
from atmp_portal.demo.documents import DEMO_DOCUMENTS
from atmp_portal.demo.filing import DemoDocument
from audit.signing import Proof, shown_hash
from classification import actions as classifying
from classification import queries as classified
from classification.models import Assessment
from classification.request_form import Entry, mark_of
from dossiers import pagetexts, uploads
from dossiers.actions import documents, filings, requirements
from dossiers.models import Document, DocumentVersion, Dossier, Product, Thread
from dossiers.queries.content import content_of, next_place
from dossiers.statuses import FilingKind, RequirementState

STORY = UUID("5f0c9d3e-6a1b-4c0e-9d56-1f2f8a7b4c01")
Answers = dict[str, str | list[str]]


@dataclass(frozen=True)
class Chapter:
    """Something that happened a number of hours ago."""

    hours_ago: float
    play: Callable[["Stage"], None]


def days(number: float) -> float:
    """Return days as the hours that chapters are ordered by."""
    return number * 24


@dataclass
class Stage:
    """What the chapters share; keys are the first names of people and the short names of things."""

    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    forms: int = 0

    @classmethod
    def with_its_people(cls) -> "Stage":
        """Open the stage with the people of the story, half a year ago."""
        stage = cls(timezone.now())
        with stage.at(days(200)):
            everyone = people.create()
        stage.people = {name.removeprefix("Dr ").split()[0]: person for name, person in everyone.items()}
        return stage

    @contextmanager
    def at(self, hours_ago: float) -> Iterator[None]:
        """Play at that hour; the clock goes on from there."""
        with time_machine.travel(self.now - timedelta(hours=hours_ago), tick=True):
            yield

    def who(self, name: str) -> User:
        """Return a person by first name."""
        return self.people[name]

    def form_key(self) -> UUID:
        """Return the key of a form that has never been sent before."""
        self.forms += 1
        return uuid5(STORY, str(self.forms))

    def classify(self, who: str, code: str, answers: Answers, **words: str) -> Assessment:
        """Put the questions one after the other until the answers of the story run out."""
        person = self.who(who)
        candidate = classifying.start(by=person, code=code, **words)
        while (question := classified.question_to_put(candidate)) and question.key in answers:
            value: Any = answers[question.key]
            candidate = classifying.answer(
                candidate, question.key, value, by=person, edition=candidate.edition
            )
        return candidate

    def write_request(self, who: str, candidate: Assessment, **texts: str) -> None:
        """Write fields of the request to the CAT on a page that was opened just now."""
        opened = classified.request_of(candidate)
        states = classified.request_fields(opened)
        entries = {
            key: Entry(text, shown=mark_of(states[key].text), prefilled=mark_of(states[key].from_answers))
            for key, text in texts.items()
        }
        classifying.write_request(candidate, entries, by=self.who(who), edition=opened.edition)

    def sign_rationale(self, who: str, candidate: Assessment) -> Assessment:
        """Sign the rationale of a candidate."""
        person = self.who(who)
        return classifying.finalise(
            candidate, by=person, proof=self.proof(person, classified.content_to_sign(candidate))
        )

    def proof(self, person: User, shown: Mapping[str, Any]) -> Proof:
        """Return the proof that a person of the story signs what is shown."""
        return Proof(person.pk, shown_hash(shown))

    def dossier(self, name: str) -> Dossier:
        """Return a dossier as it stands now."""
        return Dossier.objects.select_related("product", "organisation").get(pk=self.dossiers[name].pk)

    def upload(self, who: str, name: str) -> None:
        """Put the demo documents of a product into its dossier; each answers what its section requires."""
        dossier, person = self.dossier(name), self.who(who)
        for demo in DEMO_DOCUMENTS:
            if (demo.product_key, demo.version) != (name, 1):
                continue
            section = dossier.sections.filter(number=demo.section_number, holds_documents=True).first()
            if section:
                documents.add(
                    section,
                    uploads.check(self.file(demo), section.number),
                    title=demo.title,
                    answers=section.requirements.filter(state=RequirementState.OPEN),
                    by=person,
                )

    def new_version(self, who: str, name: str, number: str, *, note: str) -> DocumentVersion:
        """Put the second version of a demo document in the place of the first."""
        demo = next(
            demo
            for demo in DEMO_DOCUMENTS
            if (demo.product_key, demo.section_number, demo.version) == (name, number, 2)
        )
        document = self.document(name, number)
        checked = uploads.check(self.file(demo), number)
        return documents.add_version(document, checked, note=note, by=self.who(who))

    def file(self, demo: DemoDocument) -> SimpleUploadedFile:
        """Return a demo document as a browser would send it."""
        return SimpleUploadedFile(demo.original_name, demo.build(), "application/pdf")

    def document(self, name: str, number: str) -> Document:
        """Return the document of a section."""
        found: Document = self.dossier(name).documents.filter(section__number=number).latest("created_at")
        return found

    def answer_requirements(self, who: str, name: str, by_module: Mapping[int, str]) -> None:
        """Answer what is still open by the summary of its module."""
        dossier, person = self.dossier(name), self.who(who)
        summaries = {module: self.document(name, number) for module, number in by_module.items()}
        for requirement in dossier.requirements.filter(state=RequirementState.OPEN).select_related("section"):
            summary = summaries.get(requirement.section.module)
            if summary:
                requirements.answer(
                    requirement,
                    state=RequirementState.MET,
                    document=summary,
                    edition=requirement.edition,
                    by=person,
                )

    def file_dossier(self, who: str, name: str) -> None:
        """File a dossier with the signature of its lead."""
        dossier, person = self.dossier(name), self.who(who)
        shown = content_of(dossier, next_place(dossier, FilingKind.APPLICATION))
        filings.file(dossier, by=person, proof=self.proof(person, shown))

    def read_texts(self) -> None:
        """Have the words of every document found at once, without waiting for a worker."""
        for version_id in pagetexts.unread().values_list("pk", flat=True):
            pagetexts.read(version_id)

    def settle_notices(self) -> None:
        """Leave the inbox as it would be: old notices read, and no mail about the past."""
        Notice.objects.filter(told_at__lt=self.now - timedelta(days=12)).update(read_at=F("told_at"))
        Notice.objects.update(mailed_at=F("told_at"))
