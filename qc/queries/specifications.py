"""Reads of the specification pages and lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from accounts.models import User
from audit import signing, trail
from audit.models import Event, Signature
from classification.models import Assessment
from dossiers.models import Product
from qc import cautions, permissions, signed, workflow
from qc.cautions import Caution
from qc.models import Specification, SpecificationTest
from qc.statuses import SpecificationStatus

PER_PAGE = 25
TRAIL_SHOWN = 8

# A template's source begins with how far it can be trusted: V was read there, K is common knowledge.
RATED = re.compile(r"(?P<trust>[VK])(?:[:;]\s*|\s+(?=\()|$)(?P<rest>.*)")
TRUST = {"V": "Read in the source", "K": "Typical value, to be checked"}

TONES = {
    SpecificationStatus.DRAFT: "open",
    SpecificationStatus.EFFECTIVE: "ok",
    SpecificationStatus.SUPERSEDED: "none",
    SpecificationStatus.WITHDRAWN: "locked",
}


@dataclass(frozen=True)
class SpecificationList:
    """A page of specifications, each with the tone of its state."""

    page: Page[Specification]
    rows: list[tuple[Specification, str]]


def specification_list(user: User, *, number: str | None) -> SpecificationList:
    """Return a page of the specifications a person may see, with how many tests and lots they have."""
    rows = (
        Specification.objects.visible_to(user)
        .select_related("product")
        .annotate(
            test_count=Count("tests", distinct=True),
            lot_count=Count("lots", distinct=True),
        )
        .order_by("code", "-version")
    )
    page = Paginator(rows, PER_PAGE).get_page(number)
    return SpecificationList(page, [(row, TONES[SpecificationStatus(row.status)]) for row in page])


def products_for_specifications(user: User) -> QuerySet[Product]:
    """Return the products for which a person may draft a specification: those of their own organisation."""
    return Product.objects.visible_to(user).filter(organisation_id=user.organisation_id)


@dataclass(frozen=True)
class Line:
    """A line of the table of tests."""

    test: SpecificationTest
    trust: str
    source: str


@dataclass(frozen=True)
class SpecificationPage:
    """Everything the page of a specification shows."""

    specification: Specification
    tone: str
    lines: list[Line]
    templates: int
    cautions: list[Caution]
    mechanism: str
    classification: Assessment
    content: dict[str, object]
    statement: str
    why_not_change: str | None
    why_not_revise: str | None
    why_not_approve: str | None
    versions: QuerySet[Specification]
    signatures: list[Signature]
    events: Sequence[Event]


def specification_page(specification: Specification, user: User) -> SpecificationPage:
    """Gather the page of a specification: its lines, what does not fit, versions, signatures and trail."""
    specification = (
        Specification.objects.select_related(
            "product__assessment", "organisation", "approved_by", "created_by"
        )
        .prefetch_related("tests")
        .get(pk=specification.pk)
    )
    tests = list(specification.tests.all())
    return SpecificationPage(
        specification=specification,
        tone=TONES[SpecificationStatus(specification.status)],
        lines=[_line(test) for test in tests],
        templates=sum(test.is_template for test in tests),
        cautions=cautions.cautions_about(specification, tests),
        mechanism=specification.product.assessment.get_mechanism_display(),
        classification=specification.product.assessment,
        content=signed.specification_content(specification),
        statement=signed.approval_statement(specification),
        why_not_change=permissions.why_not_change(specification, user),
        why_not_revise=permissions.why_not_revise(specification, user),
        why_not_approve=_why_not_approve(specification, user),
        versions=Specification.objects.filter(
            organisation_id=specification.organisation_id, code=specification.code
        ),
        signatures=signing.signatures_on(specification),
        events=list(trail.events_about(specification, user)[:TRAIL_SHOWN]),
    )


def _why_not_approve(specification: Specification, user: User) -> str | None:
    if user.role not in permissions.APPROVERS:
        return "Quality assurance or a Qualified Person approves a specification."
    return workflow.APPROVE.why_not(specification, user)


def _line(test: SpecificationTest) -> Line:
    rated = RATED.fullmatch(test.source)
    if rated is None:
        return Line(test, "", test.source)
    return Line(test, TRUST[rated["trust"]], rated["rest"])
