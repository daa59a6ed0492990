"""Products, dossiers and documents for tests, made by the real actions; a classification is set by hand."""

from io import BytesIO
from itertools import count

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import Role
from audit.signing import Proof, shown_hash
from classification.engine import ProductFacts, classify
from classification.models import Assessment, AssessmentStatus, Mechanism
from dossiers import uploads
from dossiers.actions import documents, dossiers, filings, products, requirements
from dossiers.models import Document, Dossier, Filing, Product
from dossiers.queries.content import content_of, next_place
from dossiers.readiness import CHECKED, expected_sections
from dossiers.statuses import DossierStatus, FilingKind, Procedure, RequirementState
from tests.factories import combined, people

_numbers = count(1)

_CELLS = {
    "is_medicine": "yes",
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": "yes",
    "process_steps": ["expansion"],
    "property_altered": "yes",
    "infection_claim": "no",
    "integral_device": "no",
    "source": "autologous",
}
ANSWERS = {
    "GTMP": {
        "is_medicine": "yes",
        "active_part": ["gm_cells"],
        "made_recombinantly": "yes",
        "aims_at_sequence": "yes",
        "effect_from_sequence": "yes",
        "infection_claim": "no",
        "viable_cells": "yes",
        "process_steps": ["genetic_modification", "expansion"],
        "integral_device": "no",
        "source": "autologous",
    },
    "GTMP in vivo": {
        "is_medicine": "yes",
        "active_part": ["recombinant_nucleic_acid"],
        "made_recombinantly": "yes",
        "aims_at_sequence": "yes",
        "effect_from_sequence": "yes",
        "infection_claim": "no",
        "viable_cells": "no",
        "integral_device": "no",
    },
    "sCTMP": {**_CELLS, "claimed_action": "pim"},
    "TEP": {**_CELLS, "claimed_action": "regenerate"},
    "combined-TEP": {**_CELLS, "claimed_action": "regenerate", "integral_device": "yes"},
    "not a medicine": {"is_medicine": "no"},
}

CLAIMS = {
    "GTMP": Mechanism.KILLS_TARGETS,
    "GTMP in vivo": Mechanism.MAKES_PROTEIN,
    "sCTMP": Mechanism.CALMS_IMMUNITY,
    "TEP": Mechanism.FORMS_TISSUE,
    "combined-TEP": Mechanism.FORMS_TISSUE,
}


def writer(organisation: Organisation, role: Role = Role.REGULATORY_LEAD) -> User:
    """The person of a sponsor who holds a role, made when there is none."""
    found = User.objects.filter(memberships__organisation=organisation, memberships__role=role).first()
    return found or people.person(f"{role.label} {next(_numbers)}", organisation, role)


def signed_assessment(
    organisation: Organisation,
    outcome: str = "GTMP",
    *,
    name: str = "Nortagen",
    code: str = "",
    status: str = AssessmentStatus.FINALISED,
    supersedes: Assessment | None = None,
    mechanism: str | None = None,
) -> Assessment:
    """A classification with real answers and a real verdict, signed without its password."""
    by = writer(organisation)
    verdict = classify(ProductFacts.from_exchange(ANSWERS[outcome]))
    if supersedes:
        Assessment.objects.filter(pk=supersedes.pk).update(status=AssessmentStatus.SUPERSEDED)
    is_signed = status != AssessmentStatus.DRAFT
    return Assessment.objects.create(
        organisation=organisation,
        code=code or (supersedes.code if supersedes else f"CL-{next(_numbers):04}"),
        version=supersedes.version + 1 if supersedes else 1,
        supersedes=supersedes,
        name=name,
        indication="Relapsed large B-cell lymphoma",
        description="Autologous T cells that carry a receptor",
        mechanism=CLAIMS.get(outcome, "") if mechanism is None else mechanism,
        answers=ANSWERS[outcome],
        status=status,
        outcome=str(verdict.outcome) if is_signed else "",
        verdict=verdict.to_json() if is_signed else None,
        created_by=by,
        finalised_by=by if is_signed else None,
        finalised_at=timezone.now() if is_signed else None,
    )


def reclassified(of: Product, outcome: str, *, by: User | None = None, **said: str) -> Assessment:
    """A newer signed classification of a product's candidate, adopted by its lead."""
    newer = signed_assessment(of.organisation, outcome, supersedes=of.assessment, **said)
    of.assessment = products.adopt(of, newer, by=by or writer(of.organisation)).assessment
    return newer


def product(
    organisation: Organisation | None = None, *, outcome: str = "GTMP", name: str = "", by: User | None = None
) -> Product:
    """A product that adopted a signed classification."""
    organisation = organisation or people.sponsor("Norvia Therapeutics")
    name = name or f"Nortagen {next(_numbers)}"
    return products.create(
        signed_assessment(organisation, outcome, name=name),
        name=name,
        descriptor="nortagen autoleucel",
        indication="Relapsed large B-cell lymphoma",
        by=by or writer(organisation),
    )


def dossier(
    of: Product | None = None,
    *,
    procedure: str = Procedure.MAA,
    organisation: Organisation | None = None,
    outcome: str = "GTMP",
    by: User | None = None,
) -> Dossier:
    """A draft with its sections and requirements, without documents."""
    of = of or product(organisation, outcome=outcome, by=by)
    return dossiers.create(of, procedure=procedure, by=by or writer(of.organisation))


def pdf(pages: int = 1, *, text: str = "", **save: object) -> bytes:
    """A small PDF; every call gives other bytes, unless a text is given."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    made.docinfo["/Title"] = text or f"Document {next(_numbers)}"
    stream = BytesIO()
    made.save(stream, **{"min_version": "1.7", "deterministic_id": "encryption" not in save, **save})
    return stream.getvalue()


def upload(name: str = "report.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def document(
    of: Dossier,
    number: str = "3.2.S.2.3",
    *,
    name: str = "report.pdf",
    content: bytes | None = None,
    by: User | None = None,
    **fields: object,
) -> Document:
    """A document in a section of a dossier that can still be changed."""
    checked = uploads.check(upload(name, content), number)
    section = of.sections.get(number=number)
    return documents.add(section, checked, by=by or writer(of.organisation), **fields)


def make_ready(of: Dossier, *, by: User | None = None) -> Dossier:
    """Fill every expected section and answer every requirement that stops filing."""
    by = by or writer(of.organisation)
    for section in expected_sections(of):
        if not section.is_filled:
            document(of, section.number, name=f"{section.number}.pdf", by=by)
    for requirement in of.requirements.filter(state=RequirementState.OPEN, trust=CHECKED):
        requirements.answer(
            requirement,
            state=RequirementState.NOT_APPLICABLE,
            reason="Not for this product",
            edition=requirement.edition,
            by=by,
        )
    combined.make_ready(of, by=by)
    return of


def file(of: Dossier, *, by: User | None = None) -> Filing:
    """File a dossier that is ready, with the signature of its lead."""
    by = by or writer(of.organisation)
    content = content_of(of, next_place(of, FilingKind.APPLICATION))
    return filings.file(of, by=by, proof=Proof(by.pk, shown_hash(content)))


def dossier_at(
    status: str, organisation: Organisation | None = None, *, outcome: str = "GTMP", **fields: object
) -> Dossier:
    """A dossier walked through the real actions as far as filing."""
    made = dossier(organisation=organisation, outcome=outcome, **fields)
    if status != DossierStatus.DRAFT:
        make_ready(made)
        file(made)
    return Dossier.objects.get(pk=made.pk)
