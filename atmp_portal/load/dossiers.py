"""Dossiers with the sections and requirements of their class, and the documents that answer them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle, islice
from random import Random
from uuid import UUID, uuid4

from atmp_portal.load.candidates import Made
from atmp_portal.load.chain import Chain
from atmp_portal.load.files import Files
from atmp_portal.load.lives import Life
from atmp_portal.load.people import Sponsor
from audit import trail
from audit.models import Audience
from dossiers import structure
from dossiers.actions.documents import facts
from dossiers.actions.dossiers import FIRST_NUMBER, new_requirements, new_sections
from dossiers.actions.requirements import in_answer
from dossiers.events import DossierEvent
from dossiers.models import Document, DocumentVersion, Dossier, Requirement, Section
from dossiers.readiness import CHECKED
from dossiers.statuses import RequirementState

REVISED = 10  # one document of so many has a second version
SUBJECTS = (
    "Manufacturing process", "Control of materials", "Viability and identity", "Potency assay validation",
    "Stability at 2 to 8 °C", "Biodistribution study", "Adventitious agents", "Batch analyses",
    "Container closure", "Tumourigenicity study", "Clinical study report", "Release testing",
)  # fmt: skip


@dataclass
class Built:
    """A dossier as it is planned, with all its rows that come before its filing."""

    life: Life
    sponsor: Sponsor
    dossier: Dossier
    filing_id: UUID | None
    sections: list[Section]
    requirements: list[Requirement]
    documents: list[Document]
    versions: list[DocumentVersion]

    @property
    def newest(self) -> list[DocumentVersion]:
        """The newest version of every document."""
        return list({version.document_id: version for version in self.versions}.values())


@dataclass
class Building:
    """Builds dossiers one after the other; their numbers run on."""

    chain: Chain
    files: Files
    chance: Random
    count: int = 0

    def dossier(self, life: Life, sponsor: Sponsor, made: Made, documents: int) -> Built:
        """Build a dossier with so many documents; a filed one has its expected sections filled first."""
        scope = structure.scope_of(life.procedure, made.product.outcome, made.assessment.answers)
        shape = _shape(scope)
        dossier = Dossier(
            number=f"H{FIRST_NUMBER + self.count:07}", product=made.product,
            organisation=sponsor.organisation,
            procedure=life.procedure, assessment=made.assessment, outcome_class=made.product.outcome,
            structure=structure.STATE, status=life.status, filed_at=life.filed_at,
            outcome="positive" if life.concluded_at else "", concluded_at=life.concluded_at,
            planned_on=(life.filed_at or life.prepared_until + timedelta(days=60)).date(),
            created_by=sponsor.lead, created_at=life.created_at, changed_at=life.changed_at,
        )  # fmt: skip
        self.count += 1
        sections = new_sections(dossier, shape.sections, shape, {})
        requirements = new_requirements(
            dossier, shape.requirements, {section.number: section.pk for section in sections}
        )
        built = Built(
            life, sponsor, dossier, uuid4() if life.filed_at else None, sections, requirements, [], []
        )
        self.chain.tell(
            DossierEvent.CREATED, dossier, at=life.created_at, by=sponsor.lead,
            sentence=f"Dossier made for {dossier.get_procedure_display()}, {dossier.class_in_words}",
            data={"structure": structure.STATE, "fits": sorted(scope.fits), "planned_on": dossier.planned_on},
            audience=Audience.SPONSOR,
        )  # fmt: skip
        self._fill(built, documents)
        self._answer(built)
        return built

    def _fill(self, built: Built, number: int) -> None:
        holding = [section for section in built.sections if section.holds_documents]
        first = [_place(section, holding) for section in built.sections if section.is_expected]
        rest = self.chance.sample(holding, len(holding))
        every = (built.life.prepared_until - built.life.created_at) / (number + 1)
        names: dict[UUID, int] = {}
        for place, section in enumerate(islice([*first, *islice(cycle(rest), number)], number), start=1):
            names[section.pk] = names.get(section.pk, 0) + 1
            self._document(built, section, names[section.pk], built.life.created_at + every * place, every)

    def _document(self, built: Built, section: Section, place: int, at: datetime, every: timedelta) -> None:
        subject = self.chance.choice(SUBJECTS)
        plain = "".join(sign if sign.isalnum() else "-" for sign in subject.lower() if sign.isascii())
        document = Document(
            dossier=built.dossier, section=section, file_name=f"{plain.replace('--', '-')}-{place}.pdf",
            title=f"{subject}, report {place}", created_at=at,
        )  # fmt: skip
        is_revised = self.chance.randrange(REVISED) == 0
        first = self._version(built, document, 1, at, is_newest=not is_revised)
        who = built.sponsor.contributor
        self.chain.tell(
            DossierEvent.DOCUMENT_ADDED, document, at=at, by=who, data=facts(first),
            sentence=f"Added {document.file_name} to {section.number}", audience=Audience.SPONSOR,
        )  # fmt: skip
        if is_revised:
            again = self._version(built, document, 2, at + every / 2, is_newest=True)
            self.chain.tell(
                DossierEvent.VERSION_ADDED, document, at=again.uploaded_at, by=who, why=again.note,
                sentence=f"Added version 2 of {document.file_name} in {section.number}",
                data=facts(again), audience=Audience.SPONSOR,
            )  # fmt: skip
        document.filed_in_id = built.filing_id
        built.documents.append(document)

    def _version(
        self, built: Built, document: Document, number: int, at: datetime, *, is_newest: bool
    ) -> DocumentVersion:
        stored = self.files.file(len(built.versions))
        checked = stored.checked
        version = DocumentVersion(
            document=document, number=number, file=stored.path, original_name=checked.name,
            sha256=checked.sha256, md5=checked.md5, size=checked.size, pages=checked.pages,
            pdf_version=checked.pdf_version, findings=checked.findings,
            note="Figures corrected" if number > 1 else "", uploaded_by=built.sponsor.contributor,
            uploaded_at=at, filed_in_id=built.filing_id if is_newest else None,
        )  # fmt: skip
        built.versions.append(version)
        return version

    def _answer(self, built: Built) -> None:
        """Answer what stops filing in a filed dossier, and half of it in a draft."""
        by_place = {document.section_id: document for document in built.documents}
        for place, requirement in enumerate(built.requirements):
            if requirement.trust != CHECKED or (not built.filing_id and place % 2):
                continue
            before = in_answer(requirement)
            document = by_place.get(requirement.section_id)
            answered: dict[str, object] = {"state": RequirementState.MET, "document": document, "page": 1}
            if document is None:
                answered = {
                    "state": RequirementState.NOT_APPLICABLE,
                    "reason": "Not for this product",
                }
            for name, value in {**answered, "edition": 2}.items():
                setattr(requirement, name, value)
            self.chain.tell(
                DossierEvent.REQUIREMENT_ANSWERED, requirement, at=built.life.prepared_until,
                by=built.sponsor.contributor, why=requirement.reason,
                sentence=f"{requirement.code}: {requirement.get_state_display().lower()}",
                data=trail.changes(before, in_answer(requirement)), audience=Audience.SPONSOR,
            )  # fmt: skip


def _place(section: Section, holding: list[Section]) -> Section:
    """The section itself, or the first below it that holds documents."""
    return next(each for each in holding if structure.is_within(each.number, section.number))


@cache
def _shape(scope: structure.Scope) -> structure.Structure:
    return structure.structure_of(scope)


def may_be_filed(procedure: str, made: Made, documents: int) -> bool:
    """Whether so many documents fill every section that is expected before filing."""
    scope = structure.scope_of(procedure, made.product.outcome, made.assessment.answers)
    return documents >= len(_shape(scope).expected)
