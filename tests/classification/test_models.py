import pytest
from django.db import IntegrityError

from classification.models import Assessment, AssessmentStatus
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lead) -> Assessment:
    return cases.assessment(lead, code="NV-410")


def test_every_role_of_the_sponsor_sees_its_own_candidates(
    draft, other_lead, lead, contributor, reader, analyst, quality, qualified_person
):
    cases.assessment(other_lead, code="OC-1")
    for person in (lead, contributor, reader, analyst, quality, qualified_person):
        assert list(Assessment.objects.visible_to(person)) == [draft]


def test_nobody_else_sees_a_candidate(draft, other_lead, reviewer, coordinator, administrator):
    for person in (other_lead, reviewer, coordinator, administrator):
        assert list(Assessment.objects.visible_to(person)) == []


def test_a_later_version_says_so_in_its_name(draft):
    assert str(draft) == "NV-410"
    draft.version = 2
    assert str(draft) == "NV-410 version 2"


def test_a_code_and_version_name_one_assessment_only(draft, lead):
    with pytest.raises(IntegrityError, match="assessment_code_version"):
        Assessment.objects.create(
            organisation=draft.organisation, code="nv-410", name="x", indication="y", created_by=lead
        )


def test_a_final_assessment_needs_the_person_and_the_time_of_signing(draft):
    with pytest.raises(IntegrityError, match="assessment_final_is_signed"):
        Assessment.objects.filter(pk=draft.pk).update(status=AssessmentStatus.FINALISED)


def test_answers_of_a_closed_branch_do_not_count():
    answers = {**cases.CHONDROCYTES_ON_MEMBRANE, **cases.CAR_T}
    both = Assessment(answers=answers)
    assert both.facts.to_exchange() == cases.CAR_T
    assert [question.key for question in both.asked] == list(cases.CAR_T)
    assert both.unanswered == ()


def test_a_closed_branch_closes_the_question_about_the_donor_behind_it():
    vector = {**cases.CAR_T, "active_part": ["recombinant_nucleic_acid"], "viable_cells": "yes"}
    in_vivo = Assessment(answers=vector)
    assert in_vivo.facts.viable_cells is None
    assert in_vivo.facts.source is None
    assert "source" not in [question.key for question in in_vivo.asked]


def test_an_answer_of_unknown_is_an_answer():
    unknown = Assessment(answers={**cases.CAR_T, "source": "unknown"})
    assert unknown.facts.source is None
    assert unknown.unanswered == ()


def test_an_unknown_answer_can_open_further_questions():
    unknown = Assessment(answers={**cases.CAR_T, "integral_device": "unknown"})
    assert [question.key for question in unknown.unanswered] == ["viable_cells", "non_viable_role"]


def test_a_new_candidate_has_every_question_before_it():
    assert len(Assessment().unanswered) == 19
