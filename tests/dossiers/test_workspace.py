"""Working notes and who is editing: editions, choices, colleagues only."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from audit.refusals import Refused, Stale
from dossiers.actions import editing, notes
from dossiers.jobs import forget_silent_editors
from dossiers.models import Editing, SectionNote
from dossiers.queries import workspace
from tests.factories import dossiers as make
from tests.factories import people
from tests.factories.races import database_on_disk, race

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation, procedure="classification")


@pytest.fixture
def section(dossier):
    return dossier.sections.get(number="1.2")


def _url(name, section):
    return reverse(f"dossiers:{name}", args=[section.dossier_id, section.number])


def _saved(section):
    return list(SectionNote.objects.filter(section=section).values_list("text", "edition"))


def test_notes_are_saved_without_a_script_and_leave_the_form(browser, lead, section):
    client = browser(lead)
    client.get(_url("section_notes", section))
    assert Editing.objects.count() == 1
    response = client.post(_url("section_notes", section), {"text": "Ask\r\nthe lab.", "edition": 0})
    assert response.headers["Location"] == f"{section.get_absolute_url()}#notes"
    assert (_saved(section), Editing.objects.count()) == ([("Ask\nthe lab.", 1)], 0)
    event = Event.objects.get(code="dossiers.notes_written")
    assert (event.sentence, event.audience, event.data) == (
        "Notes on 1.2 written, version 1",
        "sponsor",
        {"text": {"old": "", "new": "Ask\nthe lab."}},
    )


def test_notes_saved_by_themselves_answer_with_the_time_and_the_next_edition(browser, lead, section):
    client = browser(lead)
    response = client.post(_url("section_notes", section), {"text": "Ask.", "edition": 0}, **HTMX)
    text = response.content.decode()
    written = timezone.localtime(SectionNote.objects.get().written_at)
    assert 'name="edition" type="hidden" value="1"' in text
    assert "Saved " in text
    assert f"{written:%M}" in text
    assert "<textarea" not in text


def test_the_same_text_sent_again_changes_nothing(lead, section):
    for _ in range(2):
        notes.write(section, text="Ask.", edition=0, by=lead)
    assert (_saved(section), Event.objects.filter(code="dossiers.notes_written").count()) == (
        [("Ask.", 1)],
        1,
    )


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_second_tab_gets_both_texts_and_the_choice(browser, lead, contributor, section, headers):
    notes.write(section, text="Theirs.", edition=0, by=contributor)
    client = browser(lead)
    url = _url("section_notes", section)
    response = client.post(url, {"text": "Mine.", "edition": 0}, **headers)
    text = response.content.decode()
    assert response.status_code == 409
    assert ("Theirs." in text, "Save mine instead" in text, "Tomasz Wierzba" in text) == (True, True, True)
    assert ("Mine." in text) == (not headers)  # with htmx the field is left as it is
    assert 'name="edition" type="hidden" value="0"' in text  # so that nothing goes through by itself
    assert _saved(section) == [("Theirs.", 1)]
    client.post(url, {"text": "Mine.", "edition": 0, "over": 1}, **headers)
    assert _saved(section) == [("Mine.", 2)]


def test_a_choice_made_on_an_older_text_is_asked_again(browser, lead, contributor, section):
    notes.write(section, text="One.", edition=0, by=contributor)
    notes.write(section, text="Two.", edition=1, by=contributor)
    response = browser(lead).post(_url("section_notes", section), {"text": "Mine.", "edition": 0, "over": 1})
    assert (response.status_code, _saved(section)) == (409, [("Two.", 2)])


def test_notes_that_are_too_long_are_refused_and_kept_in_the_field(browser, lead, section):
    response = browser(lead).post(_url("section_notes", section), {"text": "x" * 20_001, "edition": 0})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "text": ["Ensure this value has at most 20000 characters (it has 20001)."]
    }
    assert _saved(section) == []


def test_notes_are_read_by_colleagues_and_by_nobody_else(
    browser, lead, reader, other_lead, coordinator, dossier, section
):
    make.make_ready(dossier)
    make.file(dossier)
    notes.write(section, text="The vendor is late.", edition=0, by=lead)
    page = section.get_absolute_url()
    reads = {
        who.full_name: b"The vendor is late." in browser(who).get(page).content
        for who in (lead, reader, other_lead, coordinator)
    }
    assert reads == {
        "Ines Halvorsen": True,
        "Jun Sato": True,
        "Petra Svobodová": False,
        "Clara Weiss": False,
    }
    assert b"Notes between us" not in browser(coordinator).get(page).content
    assert browser(coordinator).get(_url("section_notes", section)).status_code == 404
    assert browser(other_lead).get(_url("section_notes", section)).status_code == 404
    with pytest.raises(Refused, match="write working notes"):
        notes.write(section, text="x", edition=1, by=reader)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_given_the_choice(lead, contributor, tmp_path):
    with database_on_disk(tmp_path):
        dossier = make.dossier(organisation=lead.organisation, procedure="classification")
        section = dossier.sections.get(number="1.2")
        outcomes = race(
            lambda: notes.write(section, text="Mine.", edition=0, by=lead),
            lambda: notes.write(section, text="Theirs.", edition=0, by=contributor),
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["SectionNote", "Stale"]
        assert [edition for _, edition in _saved(section)] == [1]


def test_stale_notes_say_what_happened(lead, contributor, section):
    notes.write(section, text="Theirs.", edition=0, by=contributor)
    with pytest.raises(Stale, match=r"The notes on 1\.2 were changed after you opened them\."):
        notes.write(section, text="Mine.", edition=0, by=lead)


def test_notes_that_only_go_on_overwrite_nothing(lead, section):
    notes.write(section, text="Mi", edition=0, by=lead)
    assert notes.write(section, text="Mine.", edition=0, by=lead).edition == 2
    notes.write(section, text="", edition=2, by=lead)
    with pytest.raises(Stale):
        notes.write(section, text="Mine again.", edition=2, by=lead)


def _editors(thing, user):
    return [editor.name for editor in workspace.editors(thing, user)]


def test_who_opens_a_form_is_named_to_colleagues_and_to_nobody_else(
    browser, lead, contributor, other_lead, coordinator, dossier, section
):
    make.make_ready(dossier)
    make.file(dossier)
    browser(lead).get(_url("section_notes", section))
    assert _editors(section, contributor) == ["I. Halvorsen"]
    assert [_editors(section, who) for who in (lead, other_lead, coordinator)] == [[], [], []]
    assert b"I. Halvorsen is editing since" in browser(contributor).get(section.get_absolute_url()).content
    assert b"is editing" not in browser(coordinator).get(section.get_absolute_url()).content
    assert browser(other_lead).post(_url("section_editing", section)).status_code == 404
    assert browser(coordinator).post(_url("section_editing", section)).status_code == 404
    assert Editing.objects.count() == 1


def test_somebody_of_another_sponsor_at_the_same_time_is_not_named(lead, contributor, ostrava, section):
    elsewhere = make.dossier(organisation=ostrava, procedure="classification")
    theirs = elsewhere.sections.get(number="1.2")
    editing.give_sign(theirs, by=people.person("Radka Malá", ostrava, Role.CONTRIBUTOR))
    editing.give_sign(section, by=lead)
    assert _editors(section, contributor) == ["I. Halvorsen"]
    assert _editors(theirs, contributor) == []


def test_a_warning_stops_nobody_and_ends_with_the_answer(browser, lead, contributor, dossier):
    requirement = dossier.requirements.get(code="CR-01")
    url = reverse("dossiers:requirement_answer", args=[dossier.pk, requirement.pk])
    browser(lead).get(url)
    client = browser(contributor)
    assert b"I. Halvorsen is editing since" in client.get(url).content
    fields = {"state": "not_applicable", "reason": "None", "edition": requirement.edition}
    assert client.post(url, fields).status_code == 302
    assert _editors(requirement, contributor) == ["I. Halvorsen"]
    assert _editors(requirement, lead) == []
    sign = client.post(reverse("dossiers:requirement_editing", args=[dossier.pk, requirement.pk]))
    assert b"I. Halvorsen is editing since" in sign.content


def test_a_silent_person_is_forgotten_after_two_minutes(lead, contributor, section):
    editing.give_sign(section, by=lead)
    assert (forget_silent_editors(), _editors(section, contributor)) == (0, ["I. Halvorsen"])
    long_ago = timezone.now() - timedelta(minutes=3)
    Editing.objects.update(since=long_ago, seen_at=long_ago)
    assert _editors(section, contributor) == []
    assert editing.give_sign(section, by=lead).since > long_ago
    Editing.objects.update(seen_at=long_ago)
    assert (forget_silent_editors(), Editing.objects.count()) == (1, 0)


def test_a_sign_given_in_time_keeps_since_when(lead, section):
    first = editing.give_sign(section, by=lead)
    again = editing.give_sign(section, by=lead)
    assert (again.pk, again.since) == (first.pk, first.since)
    assert again.seen_at > first.seen_at


@pytest.mark.django_db(transaction=True)
def test_two_signs_of_one_person_at_once_are_one(lead, tmp_path):
    with database_on_disk(tmp_path):
        dossier = make.dossier(organisation=lead.organisation, procedure="classification")
        section = dossier.sections.get(number="1.2")
        outcomes = race(*[lambda: editing.give_sign(section, by=lead)] * 2)
        assert [type(outcome).__name__ for outcome in outcomes] == ["Editing", "Editing"]
        assert Editing.objects.count() == 1


def test_the_history_tells_saves_in_a_row_once_and_only_what_one_may_read(
    browser, lead, coordinator, dossier, section
):
    make.make_ready(dossier)
    make.file(dossier)
    for edition, text in enumerate(("A", "B", "C")):
        notes.write(section, text=text, edition=edition, by=lead)
    lines = browser(lead).get(section.get_absolute_url()).context["page"].history
    assert (lines[0].event.sentence, lines[0].times) == ("Notes on 1.2 written, version 3", 3)
    theirs = browser(coordinator).get(section.get_absolute_url()).context["page"].history
    assert [line.event.code for line in theirs if line.event.audience == "sponsor"] == []
