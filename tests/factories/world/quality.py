"""Specifications and lots at every point of their way."""

from dossiers.models import Product
from qc.statuses import LotStatus
from tests.factories import qc
from tests.factories.world.keys import Keys


def specifications(product: Product) -> dict[str, Keys]:
    """A specification in force, and a draft that its writer cannot approve."""
    in_force = {"pk": qc.specification_in_force(product, code="NV-SPEC-01").pk}
    drafted = qc.draft(product, code="NV-SPEC-02")
    draft = {"pk": drafted.pk}
    return {
        "qc:specification": in_force,
        "qc:specification_trail": in_force,
        "qc:specification_revise": in_force,
        "qc:specification_edit": draft,
        "qc:specification_withdraw": draft,
        "qc:specification_approve": draft,
        "qc:test_new": draft,
        "qc:test_edit": {**draft, "test_pk": drafted.tests.first().pk},
        "qc:test_take_over": draft,
        "qc:test_remove": draft,
    }


def lots(product: Product) -> dict[str, Keys]:
    """A lot at work, one that can be released with results pending, and one whose results are all in."""
    specification = product.specifications.in_force().get()
    checked, running, sterility = specification.tests.all()
    at_work = qc.lot(specification, number="NTG-26-0417")
    result = qc.result(at_work, checked)
    unchecked = qc.result(at_work, running, is_checked=False)
    here = {"pk": at_work.pk}
    releasable = qc.lot_at(LotStatus.UNDER_REVIEW, specification)
    complete = qc.lot_at(
        LotStatus.RELEASED_INITIAL,
        qc.specification_in_force(organisation=product.organisation, lines=qc.LINES[:2]),
    )
    qc.result(complete, complete.specification.tests.get(may_follow_release=True))
    return {
        "qc:lot": here,
        "qc:lot_trail": here,
        "qc:lot_contact": here,
        "qc:lot_submit": here,
        "qc:lot_reject": here,
        "qc:lot_certificate": here,
        "qc:lot_certify": {"pk": releasable.pk},
        "qc:lot_certify_final": {"pk": complete.pk},
        "qc:result_new": {**here, "test_pk": sterility.pk},
        "qc:result_review": {**here, "result_pk": unchecked.pk},
        "qc:result_correct": {**here, "result_pk": result.pk},
    }
