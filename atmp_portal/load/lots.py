"""Lots in quarantine against a specification in force, registered one by one by those who do that."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import Notice
from accounts.roles import Role
from atmp_portal.load.people import Sponsor
from audit.signing import Proof, shown_hash
from dossiers.models import Product
from qc import actions, signed
from qc.models import Specification
from qc.statuses import Category, CriterionKind

SHELF_LIFE = 72
TESTS: tuple[dict[str, Any], ...] = (
    {
        "category": Category.VIABILITY, "name": "Viability", "method": "Ph. Eur. 2.7.29",
        "criterion": CriterionKind.MIN, "lower": Decimal(80), "unit": "%", "turnaround_hours": Decimal(1),
    },
    {
        "category": Category.STERILITY, "name": "Sterility", "method": "Ph. Eur. 2.6.1",
        "criterion": CriterionKind.ABSENT, "turnaround_hours": Decimal(336), "may_follow_release": True,
    },
)  # fmt: skip


def lots_of(sponsor: Sponsor, product: Product, number: int, chance: Random) -> None:
    """Bring a specification of the product into force and register so many lots against it."""
    specification = _in_force(sponsor, product)
    for place in range(1, number + 1):
        made_at = timezone.now() - timedelta(hours=chance.uniform(1, SHELF_LIFE))
        actions.register_lot(
            specification, number=f"LD-{place:05}", manufactured_at=made_at,
            patient_pseudonym=f"P-{chance.randrange(10**6):06}", by=sponsor.team[Role.QC_ANALYST],
        )  # fmt: skip


def _in_force(sponsor: Sponsor, product: Product) -> Specification:
    analyst, approver = sponsor.team[Role.QC_ANALYST], sponsor.team[Role.QUALITY_ASSURANCE]
    drafted = actions.draft_specification(product, code="SP-001", shelf_life_hours=SHELF_LIFE, by=analyst)
    for fields in TESTS:
        actions.add_test(drafted, fields, by=analyst)
    drafted = Specification.objects.get(pk=drafted.pk)
    proof = Proof(approver.pk, shown_hash(signed.specification_content(drafted)))
    approved = actions.approve_specification(drafted, by=approver, proof=proof)
    told = Notice.objects.filter(path=approved.get_absolute_url(), mailed_at=None)
    told.update(mailed_at=timezone.now())  # nobody is at these addresses
    return approved
