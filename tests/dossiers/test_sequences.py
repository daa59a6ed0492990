from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from audit import trail
from audit.models import Event
from audit.refusals import Refused
from audit.signing import Proof, shown_hash
from dossiers import workflow
from dossiers.actions import filings, sequences
from dossiers.actions import reviews as taking_in
from dossiers.clock import site_date
from dossiers.models import Carried, Dossier, Sequence
from dossiers.queries.carried import next_page, waiting, warnings
from dossiers.queries.content import content_of
from dossiers.queries.filings import coming_place
from tests.factories import combined, reviews
from tests.factories import dossiers as make


@pytest.fixture
def filed(lead):
    return make.dossier_at("filed", lead.organisation, procedure="classification")


def fresh(dossier):
    return Dossier.objects.with_product().get(pk=dossier.pk)


def file_next(dossier, by):
    dossier = fresh(dossier)
    content = content_of(dossier, coming_place(dossier))
    return filings.file_next(dossier, by=by, proof=Proof(by.pk, shown_hash(content)))


def add_version(document, by):
    checked = make.uploads.check(make.upload(), document.section.number)
    return make.documents.add_version(document, checked, note="", by=by)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("filed", "validation"),
        ("validated", "supplement"),
        ("in_review", "supplement"),
        ("clock_stopped", "responses"),
    ],
)
def test_the_next_sequence_is_of_the_kind_that_the_state_asks_for(lead, status, kind):
    dossier = reviews.dossier_at("in_review", lead.organisation, procedure="classification")
    Dossier.objects.filter(pk=dossier.pk).update(status=status)
    sequence = sequences.open_next(dossier, answers_to="Letter of 3 May", by=lead)
    assert (sequence.name, sequence.kind, sequence.answers_to) == ("0001", kind, "Letter of 3 May")
    assert fresh(dossier).next_sequence == sequence
    event = Event.objects.get(code="dossiers.sequence_opened")
    assert (event.audience, event.data["sequence"], event.data["carried"]) == ("sponsor", 1, 6)


@pytest.mark.parametrize(
    ("status", "reason"),
    [("draft", "is draft; no next sequence is filed now."), ("withdrawn", "is withdrawn; no next sequence")],
)
def test_no_next_sequence_before_the_first_or_after_the_end(lead, status, reason):
    dossier = reviews.dossier_at(status, lead.organisation, procedure="classification")
    with pytest.raises(Refused, match=reason):
        sequences.open_next(dossier, by=lead)


def test_documents_can_be_changed_only_while_the_next_sequence_is_open(lead, filed):
    document = filed.documents.first()
    with pytest.raises(Refused, match="its documents cannot be changed now"):
        add_version(document, lead)
    sequences.open_next(filed, by=lead)
    document = filed.documents.first()
    assert add_version(document, lead).number == 2
    with pytest.raises(Refused, match="The next sequence is open already"):
        sequences.open_next(filed, by=lead)
    file_next(filed, lead)
    with pytest.raises(Refused, match="its documents cannot be changed now"):
        add_version(filed.documents.first(), lead)


def test_a_response_to_the_validation_waits_with_the_application(lead, coordinator, filed):
    sequences.open_next(filed, by=lead)
    document = filed.documents.get(section__number="1.0")
    add_version(document, lead)
    filing = file_next(filed, lead)
    assert (filing.place, filing.kind_in_words) == ("sequence 0001", "Response to the validation")
    assert fresh(filed).status == "filed"
    operations = {row["file_name"]: (row["operation"], row["since"]) for row in filing.content["documents"]}
    assert operations == {"10.pdf": ("replace", "0001"), "12.pdf": ("unchanged", "0000")}
    event = Event.objects.get(code="dossiers.sequence_filed")
    assert event.sentence == "Filed as sequence 0001: response to the validation"
    assert event.data == {"sequence": 1, "attempt": 1, "hash": filing.content_hash}
    taking_in.validate(fresh(filed), by=coordinator)
    assert list(filed.filings.values_list("sequence__number", "result")) == [(0, "accepted"), (1, "accepted")]
    assert trail.verify().broken is None


def test_what_was_sent_back_keeps_its_number_whatever_it_is(lead, coordinator, filed):
    sequences.open_next(filed, by=lead)
    file_next(filed, lead)
    taking_in.send_back(fresh(filed), why="The form is unsigned", by=coordinator)
    again = make.file(fresh(filed), by=lead)
    assert (again.place, again.sequence.kind) == ("sequence 0001, second attempt", "validation")
    assert [(filing.place, filing.result) for filing in filed.filings.all()] == [
        ("sequence 0000", "waiting"),
        ("sequence 0001", "sent_back"),
        ("sequence 0001, second attempt", "waiting"),
    ]
    assert again.content["earlier_sequence"] == "0000"
    assert Sequence.objects.count() == 2


def test_sending_back_drops_the_sequence_that_was_open(lead, coordinator, filed):
    sequences.open_next(filed, by=lead)
    taking_in.send_back(filed, why="Wrong form", by=coordinator)
    assert (fresh(filed).next_sequence, Sequence.objects.count(), Carried.objects.count()) == (None, 1, 0)
    event = Event.objects.get(code="dossiers.sequence_dropped")
    assert (event.why, event.audience) == ("The filing before it was sent back", "sponsor")


def test_responses_take_the_sequence_that_was_opened_before_the_questions_came(lead):
    dossier = reviews.dossier_at("in_review", lead.organisation, procedure="classification")
    opened = sequences.open_next(dossier, by=lead)
    Dossier.objects.filter(pk=dossier.pk).update(status="clock_stopped")
    filing = filings.file_responses(fresh(dossier), by=lead)
    assert (filing.sequence, filing.sequence.kind, filing.result) == (opened, "responses", "accepted")
    assert fresh(dossier).next_sequence is None


def test_what_is_carried_over_is_looked_at_line_by_line_or_by_section(browser, lead, filed):
    sequences.open_next(filed, by=lead)
    dossier = fresh(filed)
    assert [point.text for point in warnings(dossier)] == ["6 carried-over lines were not looked at again."]
    lines = list(waiting(dossier).filter(section__number="1.0").values_list("pk", flat=True))
    response = browser(lead).post(reverse("dossiers:look_at", args=[filed.pk]), {"lines": lines})
    assert response.headers["Location"] == reverse("dossiers:next_sequence", args=[filed.pk])
    assert waiting(dossier).count() == 6 - len(lines)
    event = Event.objects.get(code="dossiers.carried_looked_at")
    assert (event.data["sections"], event.audience) == (["1.0"], "sponsor")
    assert set(event.data["lines"]) == {
        str(c.document or c.requirement) for c in Carried.objects.filter(pk__in=lines)
    }
    assert Carried.objects.filter(looked_by=lead).count() == len(lines)
    assert sequences.look_at(dossier, lines, by=lead) == 0


def test_what_was_changed_since_needs_no_second_look(lead, filed):
    sequences.open_next(filed, by=lead)
    document = filed.documents.get(section__number="1.0")
    add_version(document, lead)
    requirement = filed.requirements.get(code="CR-01")
    make.requirements.answer(
        requirement, state="met", document=document, edition=requirement.edition, by=lead
    )
    page = next_page(fresh(filed), lead)
    settled = {shown.name.partition(":")[0]: shown.settled for part in page.sections for shown in part.lines}
    assert (settled["10.pdf"], settled["CR-01"], settled["12.pdf"]) == (
        "Replaced by version 2",
        "Answered anew",
        "",
    )
    assert (page.waiting, page.total) == (4, 6)


def test_an_answer_whose_document_changed_and_an_old_document_say_so(lead):
    with time_machine.travel("2024-02-01 10:00+00:00", tick=False):
        dossier = make.dossier(organisation=lead.organisation, procedure="classification")
        old = make.document(dossier, "1.0", name="cover.pdf")
        requirement = dossier.requirements.get(code="CR-01")
        make.requirements.answer(requirement, state="met", document=old, edition=1, by=lead)
        make.make_ready(dossier, by=lead)
        make.file(dossier, by=lead)
    sequences.open_next(fresh(dossier), by=lead)
    whys = {line.document.file_name: line.why for line in Carried.objects.exclude(document=None)}
    assert whys["cover.pdf"] == "Older than a year: uploaded 01 Feb 2024"
    add_version(dossier.documents.get(pk=old.pk), lead)
    lines = [shown for part in next_page(fresh(dossier), lead).sections for shown in part.lines]
    assert {shown.why for shown in lines if shown.name.startswith("CR-01")} == {
        "The document that answers it has a newer version"
    }


def test_open_conditions_of_a_notified_body_are_looked_at_again(browser, lead):
    dossier = make.dossier(organisation=lead.organisation, outcome="combined-TEP")
    today = site_date()
    due = {"Sterilant residues": -1, "Degradation of the membrane": 30, "Label": 60, "Closed before": 90}
    conditions = {
        text: combined.condition(dossier, text=text, due_on=today + timedelta(days=days), by=lead)
        for text, days in due.items()
    }
    combined.write(dossier, by=lead, **combined.OPINION | {"conditions_open": "listed"})
    document = make.document(dossier, "3.2.R.MD.1", name="opinion.pdf")
    combined.close(conditions["Closed before"], document, by=lead)
    combined.declare(dossier, workflow.DECLARE_OPINION, by=lead)
    make.make_ready(dossier, by=lead)
    make.file(dossier, by=lead)
    sequences.open_next(fresh(dossier), by=lead)
    combined.close(conditions["Label"], document, by=lead)
    page = next_page(fresh(dossier), lead)
    (section,) = [part for part in page.sections if part.number == "3.2.R.MD.1"]
    found = {each.name: each for each in section.lines if each.line.condition}
    assert {name: each.settled for name, each in found.items()} == {
        "Sterilant residues": "",
        "Degradation of the membrane": "",
        "Label": f"Closed on {today:%d %b %Y}",
    }
    assert found["Sterilant residues"].why == (
        f"Condition of the notified body, overdue since {today - timedelta(days=1):%d %b %Y}"
    )
    line = found["Degradation of the membrane"]
    assert line.why == f"Open condition of the notified body, due {today + timedelta(days=30):%d %b %Y}"
    assert line.url == reverse("dossiers:condition", args=[dossier.pk, line.line.condition_id])
    url = reverse("dossiers:next_sequence", args=[dossier.pk])
    assert line.name in browser(lead).get(url).content.decode()
    assert sequences.look_at(dossier, [each.line.pk for each in found.values()], by=lead) == 2
    assert not waiting(fresh(dossier)).filter(kind="condition").exists()


def test_filing_warns_of_what_nobody_looked_at_and_files(browser, lead, filed):
    sequences.open_next(filed, by=lead)
    page = browser(lead).get(reverse("dossiers:file", args=[filed.pk])).context["page"]
    assert (page.warnings[0].group, page.refusal, page.place.name) == ("Carried over", None, "0001")
    assert file_next(filed, lead).result == "waiting"


def test_dropping_frees_the_number(browser, lead, filed):
    sequences.open_next(filed, by=lead)
    browser(lead).post(reverse("dossiers:drop_next", args=[filed.pk]))
    assert Sequence.objects.count() == 1
    assert sequences.open_next(fresh(filed), by=lead).name == "0001"


def test_only_the_sponsor_sees_the_next_sequence(browser, lead, coordinator, reader, other_lead, filed):
    sequences.open_next(filed, by=lead)
    url = reverse("dossiers:next_sequence", args=[filed.pk])
    assert browser(coordinator).get(url).status_code == 409
    assert browser(other_lead).get(url).status_code == 404
    with pytest.raises(Refused, match="Only the sponsor's regulatory lead and contributors do this"):
        sequences.look_at(filed, [], by=reader)


def test_only_the_lead_files_the_next_sequence(lead, contributor, filed):
    sequences.open_next(filed, by=contributor)
    with pytest.raises(Refused, match="Only the sponsor's regulatory lead files the next sequence"):
        file_next(filed, contributor)


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_of_the_next_sequence_takes_the_same_queries(lead, filed, lines, django_assert_num_queries):
    for number in range(lines):
        make_more = Dossier.objects.filter(pk=filed.pk)
        make_more.update(status="draft")
        make.document(fresh(filed), "1.2", name=f"annex-{number}.pdf")
    Dossier.objects.filter(pk=filed.pk).update(status="returned")
    make.file(fresh(filed), by=lead)
    sequences.open_next(fresh(filed), by=lead)
    dossier = Dossier.objects.with_product().select_related("next_sequence").get(pk=filed.pk)
    with django_assert_num_queries(QUERIES):
        assert next_page(dossier, lead).total == 6 + lines


QUERIES = 6


@pytest.mark.django_db(transaction=True)
def test_filings_are_divided_into_sequences_and_joined_again(lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    taking_in.send_back(dossier, why="Wrong form", by=coordinator)
    make.file(fresh(dossier), by=lead)
    taking_in.validate(fresh(dossier), by=coordinator)
    now = list(
        dossier.filings.values_list("sequence__number", "attempt", "result", "result_reason", "filed_by_role")
    )
    try:
        call_command("migrate", "dossiers", "0002", verbosity=0)
        old = MigrationExecutor(connection).loader.project_state(
            [("dossiers", "0002_reclassified_structure")]
        )
        rows = old.apps.get_model("dossiers", "Filing").objects.order_by("attempt")
        assert list(rows.values_list("sequence", "attempt", "kind")) == [
            (0, 1, "application"),
            (0, 2, "application"),
        ]
    finally:
        call_command("migrate", "dossiers", verbosity=0)
    again = list(
        dossier.filings.values_list("sequence__number", "attempt", "result", "result_reason", "filed_by_role")
    )
    assert (
        again
        == now
        == [
            (0, 1, "sent_back", "Wrong form", "Norvia Therapeutics, regulatory lead"),
            (0, 2, "accepted", "", "Norvia Therapeutics, regulatory lead"),
        ]
    )
    assert list(dossier.filings.values_list("document_count", flat=True)) == [2, 2]
