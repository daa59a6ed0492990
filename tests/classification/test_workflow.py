"""Every status, every move, every role."""

from itertools import product

import pytest

from accounts.roles import Role
from classification import workflow
from classification.models import Assessment, AssessmentStatus
from tests.factories import classification as cases
from tests.factories import people

pytestmark = pytest.mark.django_db

ALLOWED = {
    (AssessmentStatus.DRAFT, "finalise", Role.REGULATORY_LEAD),
    (AssessmentStatus.FINALISED, "supersede", Role.REGULATORY_LEAD),
}


@pytest.fixture
def at(lead):
    """Give an assessment of two versions, the first of them in the status asked for."""

    def make(status: str) -> Assessment:
        if status == AssessmentStatus.DRAFT:
            return cases.answered(cases.CAR_T, lead)
        first = cases.finalised(cases.CAR_T, lead)
        second = cases.revised(first, lead)
        if status == AssessmentStatus.SUPERSEDED:
            cases.signed(second, lead)
        else:  # the moment between the signature on the second version and the move of the first
            Assessment.objects.filter(pk=second.pk).update(
                status=AssessmentStatus.FINALISED, finalised_by=lead, finalised_at=second.created_at
            )
        return Assessment.objects.get(pk=first.pk)

    return make


@pytest.mark.parametrize("status", AssessmentStatus)
def test_moves_belong_to_one_role_and_one_status(at, status, norvia):
    assessment = at(status)
    everyone = {role: people.person(f"Person {role}", norvia, role) for role in Role}
    found = {
        (status, move.verb, role)
        for move, role in product(workflow.ASSESSMENT_MOVES, Role)
        if move.why_not(assessment, everyone[role]) is None
    }
    assert found == {row for row in ALLOWED if row[0] == status}


def test_a_refusal_names_the_state(at, lead):
    assessment = at(AssessmentStatus.FINALISED)
    assert workflow.FINALISE.why_not(assessment, lead) == (
        f"{assessment} is signed; this cannot be done now."
    )


def test_a_contributor_cannot_sign(at, contributor):
    assert workflow.FINALISE.why_not(at(AssessmentStatus.DRAFT), contributor) == (
        "Your role does not allow you to finalise this."
    )
