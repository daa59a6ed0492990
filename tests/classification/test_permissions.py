import pytest

from accounts.roles import SPONSOR_WRITERS, Role
from classification import actions, permissions
from tests.factories import classification as cases
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_leads_and_contributors_bring_in_candidates(role, norvia):
    refusal = permissions.why_not_start(people.person("Someone", norvia, role))
    expected = "Only a sponsor's regulatory lead or contributor can classify a candidate."
    assert refusal == (None if role in SPONSOR_WRITERS else expected)


@pytest.mark.parametrize("role", Role)
def test_leads_and_contributors_change_a_draft(role, norvia, lead):
    refusal = permissions.why_not_change(cases.assessment(lead), people.person("Someone", norvia, role))
    expected = "Only your regulatory lead or a contributor can change a classification."
    assert refusal == (None if role in SPONSOR_WRITERS else expected)


def test_nobody_changes_what_is_signed(lead):
    signed = cases.finalised(cases.FAT_GRAFT, lead, code="NV-422")
    assert permissions.why_not_change(signed, lead) == (
        "NV-422 is signed, and what was signed stays. Start a new version to change it."
    )


def test_a_verdict_needs_every_answer(lead):
    draft = cases.assessment(lead)
    assert permissions.why_not_finalise(draft, lead) == (
        "19 questions are not answered. “I do not know” is an answer too."
    )


def test_one_missing_answer_is_named(lead):
    draft = cases.answered({**cases.CAR_T}, lead)
    del draft.answers["source"]
    assert permissions.why_not_finalise(draft, lead) == (
        "One question is not answered: Where do the cells or the tissue come from?"
        " “I do not know” is an answer too."
    )


def test_an_undetermined_verdict_cannot_be_adopted(lead):
    draft = cases.answered({**cases.CHONDROCYTES_ON_MEMBRANE, "integral_device": "unknown"}, lead)
    assert permissions.why_not_finalise(draft, lead) == (
        "The answers leave 2 classes possible, and only one class can be adopted. Answer Q14, or ask the CAT."
    )


def test_an_unknown_that_changes_nothing_does_not_hinder(lead):
    draft = cases.answered({**cases.CAR_T, "source": "unknown", "sme": "unknown"}, lead)
    assert permissions.why_not_finalise(draft, lead) is None


def test_a_class_that_is_no_atmp_can_be_adopted(lead):
    assert permissions.why_not_finalise(cases.answered(cases.FAT_GRAFT, lead), lead) is None


def test_a_signed_version_stands_until_the_next_is_signed(lead):
    signed = cases.finalised(cases.CAR_T, lead, code="NV-300")
    actions.revise(signed, by=lead)
    assert permissions.why_not_supersede(signed, lead) == (
        "No later version of NV-300 is signed, so this one stands."
    )


def test_a_new_version_starts_from_a_signed_one_and_only_once(lead, contributor, reader):
    draft = cases.answered(cases.CAR_T, lead, code="NV-300")
    assert permissions.why_not_revise(draft, lead) == (
        "NV-300 is draft; a new version starts from the signed one."
    )
    signed = cases.signed(draft, lead)
    assert permissions.why_not_revise(signed, reader) == (
        "Only your regulatory lead or a contributor can start a new version."
    )
    assert permissions.why_not_revise(signed, contributor) is None
    actions.revise(signed, by=lead)
    assert permissions.why_not_revise(signed, lead) == "Version 2 is already in work."
