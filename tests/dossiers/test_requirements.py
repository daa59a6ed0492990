import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused, Stale
from dossiers.actions import requirements
from tests.factories import dossiers as make


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation, procedure="classification")


@pytest.fixture
def requirement(dossier):
    return dossier.requirements.select_related("section").get(code="CR-01")


def _url(requirement, back=""):
    url = reverse("dossiers:requirement_answer", args=[requirement.dossier_id, requirement.pk])
    return f"{url}{back}"


def _answer(client, requirement, back="", **fields):
    posted = {"state": "open", "document": "", "page": "", "reason": "", "edition": requirement.edition}
    return client.post(_url(requirement, back), {**posted, **fields})


def _state(requirement):
    requirement.refresh_from_db()
    return (requirement.state, str(requirement.document or ""), requirement.page, requirement.reason)


def test_a_document_and_page_answer_a_requirement(browser, contributor, dossier, requirement):
    document = make.document(dossier, "1.2", name="form.pdf")
    response = _answer(
        browser(contributor),
        requirement,
        "?from=list",
        state="met",
        document=document.pk,
        page="4",
        reason="x",
    )
    assert response.headers["Location"] == (
        f"{reverse('dossiers:requirement_list', args=[dossier.pk])}#CR-01"
    )
    assert _state(requirement) == ("met", "form.pdf", 4, "")
    assert requirement.edition == 2
    event = Event.objects.get(code="dossiers.requirement_answered")
    assert (event.sentence, event.audience) == ("CR-01: answered by a document", "sponsor")
    assert event.data == {
        "state": {"old": "open", "new": "met"},
        "document": {"old": "", "new": "form.pdf"},
        "page": {"old": None, "new": 4},
    }


def test_a_reason_sets_a_requirement_aside_and_it_can_be_opened_again(browser, lead, requirement):
    response = _answer(browser(lead), requirement, state="not_applicable", reason="No device")
    assert response.headers["Location"] == f"{requirement.section.get_absolute_url()}#CR-01"
    assert _state(requirement) == ("not_applicable", "", None, "No device")
    _answer(browser(lead), requirement, state="open", reason="No device")
    assert _state(requirement) == ("open", "", None, "")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"state": "met"}, {"document": ["Choose the document that answers it."]}),
        ({"state": "not_applicable"}, {"reason": ["Say why it does not apply."]}),
        ({"state": "not_applicable", "reason": "   "}, {"reason": ["Say why it does not apply."]}),
        ({"state": "met", "page": "0"}, {
            "document": ["Choose the document that answers it."],
            "page": ["Ensure this value is greater than or equal to 1."],
        }),
        ({"state": ""}, {"state": ["This field is required."]}),
    ],
)  # fmt: skip
def test_an_answer_without_its_ground_is_refused(browser, lead, requirement, fields, errors):
    response = _answer(browser(lead), requirement, **fields)
    assert (response.status_code, response.context["form"].errors) == (422, errors)
    assert _state(requirement)[0] == "open"


def test_the_second_tab_gets_a_choice_and_nothing_is_overwritten(browser, lead, contributor, requirement):
    stale = requirement.edition
    requirements.answer(
        requirement, state="not_applicable", reason="Saved first", edition=stale, by=contributor
    )
    response = _answer(
        browser(lead), requirement, state="not_applicable", reason="Typed second", edition=stale
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "This answer was changed after you opened it" in page
    assert "Does not apply: Saved first" in page
    assert "Typed second" in page
    assert _state(requirement)[3] == "Saved first"
    mine = _answer(
        browser(lead), requirement, state="not_applicable", reason="Typed second", edition=stale + 1
    )
    assert mine.status_code == 302
    assert _state(requirement)[3] == "Typed second"


def test_the_page_saves_itself_once_the_answer_is_complete(browser, lead, requirement):
    client = browser(lead)
    part = _answer(client, requirement, state="not_applicable", autosave="1")
    assert (part.status_code, _state(requirement)[0]) == (422, "open")
    assert "Not saved yet. Say why it does not apply." in part.content.decode()
    done = _answer(client, requirement, state="not_applicable", reason="No device", autosave="1")
    text = done.content.decode()
    assert (done.status_code, _state(requirement)[0], _state(requirement)[3]) == (
        200, "not_applicable", "No device",
    )  # fmt: skip
    assert ": does not apply</p>" in text
    assert 'name="edition" id="CR-01-edition" value="2"' in text


def test_the_page_that_saves_itself_asks_before_it_replaces_a_newer_answer(
    browser, lead, contributor, requirement
):
    requirements.answer(requirement, state="not_applicable", reason="First", edition=1, by=contributor)
    typed = {"state": "not_applicable", "reason": "Second", "edition": 1, "autosave": "1"}
    choice = _answer(browser(lead), requirement, **typed)
    text = choice.content.decode()
    assert (choice.status_code, _state(requirement)[3]) == (409, "First")
    assert "Does not apply: First" in text
    assert 'name="over" value="2"' in text
    assert _answer(browser(lead), requirement, **typed, over=2).status_code == 200
    assert _state(requirement)[3] == "Second"


def test_a_choice_made_on_an_older_answer_is_asked_again(browser, lead, contributor, requirement):
    for edition, reason in ((1, "First"), (2, "Newer")):
        requirements.answer(
            requirement, state="not_applicable", reason=reason, edition=edition, by=contributor
        )
    choice = _answer(browser(lead), requirement, state="not_applicable", reason="Mine", edition=1, over=2)
    assert (choice.status_code, _state(requirement)[3]) == (409, "Newer")
    assert choice.context["form"]["over"].value() == ""


def test_the_form_of_a_stale_page_carries_the_new_edition(browser, lead, requirement):
    requirements.answer(requirement, state="not_applicable", reason="First", edition=1, by=lead)
    response = _answer(browser(lead), requirement, state="open", edition=1)
    assert 'name="edition" value="2"' in response.content.decode()


def test_the_action_itself_refuses_an_edition_that_is_gone(lead, requirement):
    requirements.answer(requirement, state="not_applicable", reason="First", edition=1, by=lead)
    with pytest.raises(Stale, match=r"The answer to CR-01 was changed after you opened it\."):
        requirements.answer(requirement, state="open", edition=1, by=lead)


def test_a_reason_that_only_goes_on_overwrites_nothing(lead, requirement):
    requirements.answer(requirement, state="not_applicable", reason="No dev", edition=1, by=lead)
    requirements.answer(requirement, state="not_applicable", reason="No device", edition=1, by=lead)
    assert (_state(requirement)[3], requirement.edition) == ("No device", 3)


def test_the_same_answer_twice_leaves_one_line(lead, requirement):
    for edition in (1, 2):
        requirements.answer(requirement, state="not_applicable", reason="None", edition=edition, by=lead)
    assert Event.objects.filter(code="dossiers.requirement_answered").count() == 1


def test_a_document_of_another_dossier_answers_nothing(browser, lead, other_lead, requirement):
    ours = make.document(make.dossier(organisation=lead.organisation))
    theirs = make.document(make.dossier(organisation=other_lead.organisation))
    for document in (ours, theirs):
        response = _answer(browser(lead), requirement, state="met", document=document.pk)
        assert list(response.context["form"].errors) == ["document"]
        with pytest.raises(Refused, match="is not in this dossier"):
            requirements.answer(requirement, state="met", document=document, edition=1, by=lead)


@pytest.mark.parametrize("fields", [{"state": "met"}, {"state": "not_applicable"}])
def test_the_action_itself_asks_for_the_ground(lead, requirement, fields):
    with pytest.raises(Refused):
        requirements.answer(requirement, **fields, edition=1, by=lead)


def test_who_only_reads_answers_nothing(browser, reader, requirement):
    page = browser(reader).get(_url(requirement))
    assert page.context["form"] is None
    assert _answer(browser(reader), requirement, state="open").status_code == 409


def test_another_sponsors_requirement_is_not_found(browser, other_lead, requirement):
    assert browser(other_lead).get(_url(requirement)).status_code == 404
    theirs = make.dossier(organisation=other_lead.organisation)
    through_own = reverse("dossiers:requirement_answer", args=[theirs.pk, requirement.pk])
    assert browser(other_lead).get(through_own).status_code == 404


def test_the_list_is_filtered_by_state(browser, lead, dossier, requirement):
    requirements.answer(requirement, state="not_applicable", reason="None", edition=1, by=lead)
    url = reverse("dossiers:requirement_list", args=[dossier.pk])

    def shown(show):
        page = browser(lead).get(url, {"show": show}).context["page"]
        return [
            row.answer.requirement.code
            for module in page.modules
            for group in module.groups
            for row in group.rows
        ]

    assert shown("aside") == ["CR-01"]
    assert shown("answered") == []
    assert shown("open") == ["CR-02", "CR-03", "CR-04", "CR-05", "CR-06", "CR-07"]
    assert len(shown("")) == len(shown("nonsense")) == 7
    page = browser(lead).get(url).context["page"]
    assert page.summary == "1 of 7 answered, 1 does not apply"


def test_what_is_not_checked_yet_says_so(browser, lead, dossier):
    page = browser(lead).get(reverse("dossiers:requirement_list", args=[dossier.pk])).content.decode()
    assert page.count("content to be checked against the source") == 3


def test_htmx_gets_the_form_and_then_the_row_and_the_new_read_out(browser, lead, requirement):
    client = browser(lead)
    form = client.get(_url(requirement), headers={"HX-Request": "true"})
    assert form.templates[0].name == "dossiers/_requirement_form.html"
    assert b"<html" not in form.content
    posted = {"state": "not_applicable", "reason": "No device", "edition": 1}
    row = client.post(_url(requirement), posted, headers={"HX-Request": "true"}).content.decode()
    assert "Does not apply: No device" in row
    assert '<div id="readout" hx-swap-oob="true">' in row
    assert "of 7 requirements answered" in row


@pytest.mark.parametrize("procedure", ["classification", "maa"])
def test_the_list_takes_the_same_queries_for_any_number(browser, lead, procedure, django_assert_num_queries):
    dossier = make.dossier(organisation=lead.organisation, procedure=procedure)
    client = browser(lead)
    with django_assert_num_queries(16):
        client.get(reverse("dossiers:requirement_list", args=[dossier.pk]))
