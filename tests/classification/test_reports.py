from datetime import UTC, datetime

import pytest
import time_machine

from classification import reports
from classification.engine import RULESETS
from classification.models import Assessment
from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


def test_a_draft_says_that_nobody_signed_it(lead):
    draft = cases.answered(cases.FAT_GRAFT, lead, code="NV-422", name="Fat", indication="scar")
    content = reports.rationale(draft, lead).content
    assert content["notice"] == {
        "title": "Draft, not signed",
        "text": "Nobody has adopted this classification. Answers and verdict can still change.",
    }
    assert content["facts"] == [
        {"term": "Class", "text": "Not an ATMP: tissues and cells"},
        {"term": "State", "text": "Draft"},
        {"term": "Rules", "text": f"EU-2009, version {RULESETS['EU-2009'].version}, in force"},
        {"term": "Answered", "text": "7 of 7, none unknown"},
    ]
    assert content["signatures"] == []
    assert content["path"][0] == {"id": "Q01", "question": "Is it a medicine for people?", "answer": "Yes"}
    assert [step["id"] for step in content["path"]] == ["Q01", "Q02", "Q07", "Q09", "Q12", "Q12", "Q15"]
    assert content["findings"][-1] == {
        "rule": "ENG-4",
        "because": "The cells are not engineered: they were not substantially manipulated,"
        " and they keep their essential function.",
        "citation": "Reg (EC) 1394/2007, Annex I; EMA/CAT/600280/2010, essential function;"
        " Dir 2004/23/EC, Art 2(1) (article named, wording still to be checked)",
    }


def test_a_draft_without_all_answers_has_no_verdict(lead):
    content = reports.rationale(cases.assessment(lead), lead).content
    assert content["verdict"]["label"] == "No verdict yet"
    assert content["facts"][0]["term"] == "Still possible"
    assert (content["path"], content["flags"], content["changes"]) == ([], [], [])
    assert (content["not_taken"], content["precedents"]) == ([], [])


def test_it_tells_the_branches_not_taken_what_flags_oblige_to_and_the_precedents(lead):
    words = {"name": "Chondrocytes on a collagen membrane", "indication": "Cartilage defects of the knee"}
    final = cases.finalised(cases.CHONDROCYTES_ON_MEMBRANE, lead, code="NV-440", **words)
    content = reports.rationale(final, lead).content
    why = [branch["because"] for branch in content["not_taken"]]
    assert any(line.startswith("Why not a somatic cell therapy medicinal product? ") for line in why)
    duties = {flag["title"]: flag["duties"] for flag in content["flags"]}
    assert duties["Evidence for the device part"]
    nearest = content["precedents"][0]
    assert (nearest["ref"], nearest["outcome"]) == ("AUT-027", "Combined TEP")


@time_machine.travel(datetime(2026, 11, 23, 16, 52, tzinfo=UTC), tick=False)
def test_a_signed_rationale_carries_the_signature_in_local_time_and_utc(lead):
    final = cases.finalised(cases.CAR_T, lead)
    content = reports.rationale(final, lead).content
    (signature,) = content["signatures"]
    assert content["notice"] is None
    assert (signature["name"], signature["role"], signature["meaning"]) == (
        "Ines Halvorsen", "Norvia Therapeutics, regulatory lead", "classification adopted",
    )  # fmt: skip
    assert (signature["at"], signature["utc"]) == ("23 Nov 2026, 17:52 CET", "16:52 UTC")


def test_a_signed_rationale_prints_what_was_signed(lead):
    final = cases.finalised(cases.CAR_T, lead)
    Assessment.objects.filter(pk=final.pk).update(verdict={**final.verdict, "label": "As it was signed"})
    final.refresh_from_db()
    assert reports.rationale(final, lead).content["verdict"]["label"] == "As it was signed"


def test_a_superseded_rationale_says_so(lead):
    final = cases.finalised(cases.CAR_T, lead)
    cases.signed(cases.revised(final, lead), lead)
    final.refresh_from_db()
    assert reports.rationale(final, lead).content["notice"]["title"] == "Superseded"
