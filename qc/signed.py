"""What people sign in quality control: the content shown beside the password, and the words of the act."""

from typing import Any

from qc.models import Result, Specification, SpecificationTest
from qc.standing import LotStanding, Standing

APPROVED = "approved"
REVIEWED = "reviewed"
CERTIFIED_INITIAL = "certified-initial"
CERTIFIED_FINAL = "certified-final"
REJECTED = "rejected"


def specification_content(specification: Specification) -> dict[str, Any]:
    """Return what the approver of a specification signs: its head and every line."""
    return {
        "specification": str(specification),
        "product": specification.product.name,
        "shelf_life_hours": specification.shelf_life_hours,
        "storage": specification.storage,
        "dossier_section": specification.dossier_section,
        "tests": [line_content(test) for test in specification.tests.all()],
    }


def line_content(test: SpecificationTest) -> dict[str, Any]:
    """Return one line of a specification as it is signed and as the trail keeps it."""
    return {
        "category": test.category,
        "name": test.name,
        "method": test.method,
        "criterion": test.limit_in_words,
        "unit": test.unit,
        "turnaround_hours": f"{test.turnaround_hours.normalize():f}",
        "may_follow_release": test.may_follow_release,
        "read_days": test.read_days,
        "alternative": test.alternative,
        "mechanism": test.get_mechanism_display(),
        "source": test.source,
        "is_template": test.is_template,
    }


def lot_content(standing: LotStanding) -> dict[str, Any]:
    """Return what is signed on a lot: what it is, its results and what is pending."""
    lot = standing.lot
    return {
        "lot": lot.number,
        "product": lot.product.name,
        "specification": str(lot.specification),
        "patient": lot.patient_pseudonym,
        "chain_of_identity": lot.chain_of_identity,
        "containers": lot.containers,
        "manufactured_at": lot.manufactured_at,
        "expires_at": lot.expires_at,
        "clinical_contact": lot.clinical_contact,
        "status": lot.status,
        "results": [_standing_content(each) for each in standing.standings],
        "pending": [each.test.name for each in standing.pending],
    }


def _standing_content(standing: Standing) -> dict[str, Any]:
    rows = [*standing.reads, *([standing.final] if standing.final else [])]
    return {
        "test": standing.test.name,
        "method": standing.test.method,
        "criterion": standing.test.limit_in_words,
        "unit": standing.test.unit,
        "conclusion": standing.conclusion,
        "readings": [_reading_content(row) for row in rows],
    }


def _reading_content(row: Result) -> dict[str, Any]:
    return {
        "result": row.shown,
        "is_final": row.is_final,
        "day": row.read_on_day,
        "conclusion": row.conclusion,
        "analyst": row.analyst.full_name,
        "checked_by": row.reviewed_by.full_name if row.reviewed_by else "",
    }


def approval_statement(specification: Specification) -> str:
    """Return what the approval of a specification says."""
    product = specification.product
    return f"I approve {specification}. Lots of {product} registered from now on are judged against it."


def lot_statement(standing: LotStanding, meaning: str) -> str:
    """Return what a signature on a lot says; of an initial certification, how many results are awaited."""
    lot = standing.lot
    made = f"I certify that lot {lot} was made and tested in accordance with its authorisation and GMP"
    match meaning:
        case "reviewed":
            return f"I reviewed the batch record and the audit trail of lot {lot}. Both are complete."
        case "certified-initial":
            return f"{made}, with {results_in_words(len(standing.pending))} pending."
        case "certified-final":
            return f"{made}. Every result is final and complies."
        case _:
            return f"I reject lot {lot}. It must not be given to anybody."


def results_in_words(count: int) -> str:
    """Count results in words: "1 result", "4 results"."""
    return f"{count} result{'' if count == 1 else 's'}"
