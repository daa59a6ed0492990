"""Whether a dossier can be filed: what stops it, what warns, and how complete it is."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from classification.models import AssessmentStatus
from dossiers import combined, reclassification, repetitions
from dossiers.findings import named
from dossiers.models import Document, DocumentVersion, Dossier, Requirement
from dossiers.statuses import Procedure, RequirementState
from dossiers.structure import with_outer

CHECKED = "V"


@dataclass(frozen=True)
class Stopper:
    """One thing that stops a filing, or warns: what, where it is put right, how, and by which rule."""

    text: str
    url: str
    hint: str
    rule: str
    group: str = "Other"


@dataclass(frozen=True)
class Completeness:
    """How many requirements are answered, and how many expected sections hold a document."""

    met: int
    total: int
    filled: int = 0
    expected: int = 0


def stoppers(dossier: Dossier) -> list[Stopper]:
    """Return everything that stops the filing of a dossier, in the order in which it is put right."""
    return [
        *_class_stoppers(dossier),
        *_empty_sections(dossier),
        *_bad_documents(dossier, "stop"),
        *_open_requirements(dossier.requirements.filter(trust=CHECKED)),
        *_combined(dossier, stops=True),
    ]


def warnings(dossier: Dossier) -> list[Stopper]:
    """Return what does not stop the filing and will be asked about."""
    return [
        *_class_warnings(dossier),
        *_bad_documents(dossier, "warn"),
        *_open_requirements(dossier.requirements.exclude(trust=CHECKED)),
        *_combined(dossier, stops=False),
        *_unnamed_branches(dossier),
    ]


def completeness(dossier: Dossier) -> dict[int, Completeness]:
    """Return how complete each module is; key 0 holds the whole dossier."""
    answered = {
        row["section__module"]: (row["met"], row["total"])
        for row in dossier.requirements.order_by()
        .values("section__module")
        .annotate(met=Count("pk", filter=~Q(state=RequirementState.OPEN)), total=Count("pk"))
    }
    expected: dict[int, list[bool]] = {}
    for section in expected_sections(dossier):
        expected.setdefault(section.module, []).append(section.is_filled)
    modules = sorted(set(dossier.sections.order_by().values_list("module", flat=True).distinct()))
    parts = {
        module: Completeness(
            *answered.get(module, (0, 0)),
            filled=sum(expected.get(module, [])),
            expected=len(expected.get(module, [])),
        )
        for module in modules
    }
    whole = Completeness(
        *(sum(getattr(part, name) for part in parts.values()) for name in Completeness.__dataclass_fields__)
    )
    return {0: whole, **parts}


@dataclass(frozen=True)
class ExpectedSection:
    """A section that must hold a document before filing, itself or in a section below it."""

    number: str
    title: str
    module: int
    why: str
    is_filled: bool
    url: str


def expected_sections(dossier: Dossier) -> list[ExpectedSection]:
    """Return the sections that must hold a document, and whether they do."""
    filled = with_outer(filled_numbers(dossier))
    return [
        ExpectedSection(
            section.number,
            section.title,
            section.module,
            section.why_expected,
            section.number in filled,
            section.get_absolute_url(),
        )
        for section in dossier.sections.filter(is_expected=True)
    ]


def filled_numbers(dossier: Dossier) -> set[str]:
    """Return the numbers of the sections that hold a document which a filing now does not delete."""
    places = Document.objects.to_stay().filter(dossier=dossier).order_by()
    return set(places.values_list("section__number", flat=True).distinct())


def _class_stoppers(dossier: Dossier) -> list[Stopper]:
    found = []
    if not reclassification.follows_its_product(dossier):
        found.append(
            Stopper(
                reclassification.sentence_about(dossier),
                reverse("dossiers:dossier_class", args=[dossier.pk]),
                "Bring the dossier to the new class: its sections and requirements follow from it.",
                "Class",
                "Class and procedure",
            )
        )
    if dossier.procedure == Procedure.CERTIFICATION and not dossier.organisation.is_sme:
        found.append(
            Stopper(
                f"{dossier.organisation} is not registered as a small or medium-sized enterprise.",
                dossier.get_absolute_url(),
                "Ask the administrator to record the status, or use another procedure.",
                "Reg (EC) 1394/2007 Art 18",
                "Class and procedure",
            )
        )
    return found


def _class_warnings(dossier: Dossier) -> list[Stopper]:
    if dossier.product.assessment.status != AssessmentStatus.SUPERSEDED:
        return []
    return [
        Stopper(
            f"The classification {dossier.product.assessment} was superseded.",
            dossier.product.get_absolute_url(),
            "Adopt the newer one when it is signed.",
            "Class",
            "Class and procedure",
        )
    ]


def _empty_sections(dossier: Dossier) -> list[Stopper]:
    return [
        Stopper(
            f"{section.number} {section.title} holds no document.",
            section.url,
            section.why,
            "Expected before filing",
            "Sections without a document",
        )
        for section in expected_sections(dossier)
        if not section.is_filled
    ]


def _unnamed_branches(dossier: Dossier) -> list[Stopper]:
    """Name the branches that the eCTD knows by attributes which nobody gave yet."""
    rows = {number: row for number, row in repetitions.repeatables().items() if row.required}
    return [
        Stopper(
            f"{section} does not say its {rows[section.number].what}.",
            section.get_absolute_url(),
            "The eCTD asks for it. Once a document of the section is filed it cannot be changed.",
            rows[section.number].citation,
        )
        for section in dossier.sections.in_tree().filter(number__in=rows, attributes={})
    ]


def newest_versions(dossier: Dossier) -> QuerySet[DocumentVersion]:
    """Return the newest version of every document in place: what a filing now would contain."""
    newer = DocumentVersion.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    staying = Document.objects.to_stay().filter(dossier=dossier).order_by()
    return (
        DocumentVersion.objects.filter(~Exists(newer), document__in=staying)
        .select_related("document__section", "uploaded_by")
        .order_by("document__section__position", "document__file_name")
    )


def _bad_documents(dossier: Dossier, level: str) -> list[Stopper]:
    return [
        Stopper(
            f"{version.document.section.number}, {version.document.file_name}: {finding['text']}",
            version.document.section.get_absolute_url(),
            finding["hint"],
            named(finding["rule"]),
            "Checks of the files",
        )
        for version in newest_versions(dossier).exclude(findings=[])
        for finding in version.findings
        if finding["level"] == level
    ]


def _open_requirements(requirements: QuerySet[Requirement]) -> list[Stopper]:
    return [
        Stopper(
            f"{requirement.code} is open: {requirement.text}",
            reverse("dossiers:requirement_answer", args=[requirement.dossier_id, requirement.pk]),
            "Name the document that answers it, or say why it does not apply.",
            requirement.citation,
            "Open requirements",
        )
        for requirement in requirements.filter(state=RequirementState.OPEN)
    ]


def _combined(dossier: Dossier, *, stops: bool) -> list[Stopper]:
    points = combined.points_of(dossier)
    return [
        Stopper(point.text, point.url, point.hint, point.rule) for point in points if point.is_stop == stops
    ]
