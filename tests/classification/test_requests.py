import pytest
from django.urls import reverse

from audit import trail
from audit.models import Audience, Event, Job
from audit.refusals import Refused
from classification import actions, permissions, queries
from classification.forms.requests import LONGEST_TEXT
from classification.models import ClassificationRequest
from classification.request_form import Entry, mark_of
from tests.factories import classification as cases
from tests.factories.races import database_on_disk, race

pytestmark = pytest.mark.django_db
EMPTY = mark_of("")
QUERIES = 7


@pytest.fixture
def draft(lead):
    return cases.answered(cases.CHONDROCYTES_ON_MEMBRANE, lead, code="NV-207", name="Chondrocytes")


def stands(assessment, key) -> tuple[str, str, bool]:
    assessment.refresh_from_db()
    state = queries.request_fields(queries.request_of(assessment))[key]
    return state.text, state.state, state.has_fallen_behind


def writing(assessment) -> Event:
    return Event.objects.filter(code="classification.request_written").order_by("seq").last()


class TestWriting:
    def test_nothing_is_kept_before_somebody_saves(self, draft, lead):
        assert stands(draft, "proposed_class") == ("tissue", "prefilled", False)
        assert stands(draft, "composition") == ("", "empty", False)
        assert not ClassificationRequest.objects.exists()

    def test_a_written_text_keeps_who_and_when_and_leaves_old_and_new(self, draft, contributor):
        written = cases.written(draft, contributor, applicant="Norvia SA", composition="10 million cells")
        written.refresh_from_db()
        assert (written.values, written.edition) == (
            {"applicant": "Norvia SA", "composition": "10 million cells"}, 2,
        )  # fmt: skip
        assert written.seen == {"applicant": mark_of("Norvia Therapeutics"), "composition": EMPTY}
        assert written.changed_in == {"applicant": 2, "composition": 2}
        assert (written.created_by, written.changed_by, str(written)) == (
            contributor, contributor, "Request to the CAT about NV-207",
        )  # fmt: skip
        event = writing(draft)
        assert (event.sentence, event.audience, event.root_id) == (
            "Request to the CAT, written: Applicant, Composition", Audience.SPONSOR, draft.pk,
        )  # fmt: skip
        assert event.data == {
            "applicant": {"old": "Norvia Therapeutics", "new": "Norvia SA"},
            "composition": {"old": "", "new": "10 million cells"},
        }
        assert stands(draft, "applicant") == ("Norvia SA", "written", False)

    def test_a_text_from_the_answers_that_is_saved_was_looked_at(self, draft, lead):
        cases.written(draft, lead, applicant="Norvia Therapeutics", composition="")
        assert stands(draft, "applicant") == ("Norvia Therapeutics", "taken", False)
        assert stands(draft, "composition") == ("", "empty", False)
        assert (writing(draft).sentence, writing(draft).data) == (
            "Request to the CAT, looked at: Applicant",
            {},
        )

    def test_saving_the_same_again_changes_nothing(self, draft, lead):
        first = cases.written(draft, lead, applicant="Norvia SA", composition="")
        again = cases.written(draft, lead, applicant="Norvia SA", composition="")
        assert (again.edition, again.changed_at) == (first.edition, first.changed_at)
        assert Event.objects.filter(code="classification.request_written").count() == 1

    def test_a_prefilled_text_can_be_taken_away(self, draft, lead):
        cases.written(draft, lead, applicant="")
        assert stands(draft, "applicant") == ("", "written", False)
        assert writing(draft).data == {"applicant": {"old": "Norvia Therapeutics", "new": ""}}

    def test_its_events_stand_in_the_history_of_the_classification(self, draft, lead):
        cases.written(draft, lead, applicant="Norvia SA")
        event, changes = queries.history(draft, lead)[0]
        assert event == writing(draft)
        assert [(change.what, change.old) for change in changes] == [("Applicant", "Norvia Therapeutics")]

    def test_the_history_shortens_long_texts_and_says_choices_in_words(self, draft, lead):
        cases.written(draft, lead, position="x" * 400, proposed_class="gene")
        cases.written(draft, lead, position="", proposed_class="none")
        _, changes = queries.history(draft, lead)[0]
        assert [(change.what, change.old) for change in changes] == [
            ("Applicant's position", "x" * 299 + "…"),
            ("Proposed classification", "Gene therapy medicinal product"),
        ]

    def test_the_trail_holds_with_long_texts(self, draft, lead):
        cases.written(
            draft, lead, **dict.fromkeys(["position", "overlap", "composition"], "x" * LONGEST_TEXT)
        )
        assert len(writing(draft).sentence) <= 300
        assert trail.verify().broken is None


class TestAnswersThatChange:
    def change(self, draft, lead):
        actions.answer(draft, "source", "allogeneic", by=lead, edition=99)

    def test_a_field_nobody_wrote_in_follows(self, draft, lead):
        self.change(draft, lead)
        assert stands(draft, "donor") == ("From another person (allogeneic).", "prefilled", False)

    def test_a_field_that_was_looked_at_follows_and_is_to_be_looked_at_again(self, draft, lead):
        cases.written(draft, lead, donor="From the patient (autologous).")
        self.change(draft, lead)
        assert stands(draft, "donor") == ("From another person (allogeneic).", "prefilled", False)
        cases.written(draft, lead, donor="From another person (allogeneic).")
        assert stands(draft, "donor") == ("From another person (allogeneic).", "taken", False)

    def test_a_written_text_stays_until_it_is_looked_at_again(self, draft, lead):
        cases.written(draft, lead, donor="From her knee.")
        self.change(draft, lead)
        assert stands(draft, "donor") == ("From her knee.", "written", True)
        cases.written(draft, lead, donor="From her knee.")
        assert stands(draft, "donor") == ("From her knee.", "written", False)
        assert writing(draft).sentence == "Request to the CAT, looked at: Donor"

    def test_a_page_opened_before_saves_what_was_not_touched_as_not_looked_at(self, draft, lead):
        opened = cases.entries(queries.request_of(draft), donor="From the patient (autologous).")
        self.change(draft, lead)
        actions.write_request(draft, opened, by=lead, edition=1)
        assert stands(draft, "donor") == ("From another person (allogeneic).", "prefilled", False)

    def test_a_text_written_on_a_page_opened_before_is_told_of_the_change(self, draft, lead):
        opened = cases.entries(queries.request_of(draft), donor="From her knee.")
        self.change(draft, lead)
        actions.write_request(draft, opened, by=lead, edition=1)
        assert stands(draft, "donor") == ("From her knee.", "written", True)


class TestTwoTabs:
    def test_two_fields_of_one_part_both_stay(self, draft, lead, contributor):
        mine = cases.entries(queries.request_of(draft), applicant="Norvia Therapeutics", descriptor="Mine")
        cases.written(draft, contributor, applicant="Theirs", descriptor="Chondrocytes")
        written = actions.write_request(draft, mine, by=lead, edition=1)
        assert (written.values["applicant"], written.values["descriptor"]) == ("Theirs", "Mine")

    def test_the_same_field_is_not_overwritten(self, draft, lead, contributor):
        mine = cases.entries(queries.request_of(draft), applicant="Mine", descriptor="Mine too")
        cases.written(draft, contributor, applicant="Theirs")
        with pytest.raises(actions.RequestOvertaken) as overtaken:
            actions.write_request(draft, mine, by=lead, edition=1)
        assert overtaken.value.keys == ["applicant"]
        assert queries.request_of(draft).values == {"applicant": "Theirs"}

    def test_the_same_text_is_no_conflict(self, draft, lead, contributor):
        mine = cases.entries(queries.request_of(draft), applicant="Norvia SA")
        cases.written(draft, contributor, applicant="Norvia SA")
        assert actions.write_request(draft, mine, by=lead, edition=1).edition == 2


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_two_first_texts_both_stay(self, draft, lead, contributor, tmp_path):
        with database_on_disk(tmp_path):
            race(
                lambda: cases.written(draft, lead, applicant="Norvia SA"),
                lambda: cases.written(draft, contributor, composition="10 million cells"),
            )
            written = ClassificationRequest.objects.get()
            assert written.values == {"applicant": "Norvia SA", "composition": "10 million cells"}
            assert sorted(written.changed_in.values()) == [2, 3]
            assert trail.verify().broken is None

    def test_of_two_texts_in_one_field_one_is_told(self, draft, lead, contributor, tmp_path):
        with database_on_disk(tmp_path):
            opened = [
                cases.entries(queries.request_of(draft), applicant="Mine"),
                cases.entries(queries.request_of(draft), applicant="Theirs"),
            ]
            outcomes = race(
                lambda: actions.write_request(draft, opened[0], by=lead, edition=1),
                lambda: actions.write_request(draft, opened[1], by=contributor, edition=1),
            )
            assert sorted(type(outcome).__name__ for outcome in outcomes) == [
                "ClassificationRequest",
                "RequestOvertaken",
            ]
            assert ClassificationRequest.objects.get().values["applicant"] in {"Mine", "Theirs"}


class TestPermission:
    def test_writers_write_about_drafts_and_signed_ones(self, draft, lead, contributor):
        assert permissions.why_not_write_request(draft, contributor) is None
        assert permissions.why_not_write_request(cases.signed(draft, lead), lead) is None

    def test_readers_read(self, draft, reader):
        reason = "Only your regulatory lead or a contributor can write the request."
        assert permissions.why_not_write_request(draft, reader) == reason
        with pytest.raises(Refused, match=reason):
            cases.written(draft, reader, applicant="Mine")
        assert not ClassificationRequest.objects.exists()

    def test_every_question_is_answered_first(self, lead):
        fresh = cases.assessment(lead)
        assert permissions.why_not_write_request(fresh, lead) == (
            "19 questions are not answered yet; the request is written from the answers."
        )
        one_left = cases.answered({**cases.FAT_GRAFT, "source": "autologous"}, lead)
        del one_left.answers["source"]
        assert permissions.why_not_request(one_left) == (
            "One question is not answered yet; the request is written from the answers."
        )

    def test_a_superseded_version_stays_as_it_was_asked_about(self, draft, lead):
        first = cases.signed(draft, lead)
        cases.signed(cases.revised(first, lead), lead)
        first.refresh_from_db()
        assert permissions.why_not_write_request(first, lead) == (
            "NV-207 is superseded. Ask the CAT about the version that took its place."
        )
        assert permissions.why_not_request(first) is None


class TestScope:
    def test_a_sponsor_sees_its_own_only(self, draft, lead, reader, other_lead, coordinator, administrator):
        written = cases.written(draft, lead, applicant="Norvia SA")
        everything = ClassificationRequest.objects
        assert list(everything.visible_to(reader)) == [written]
        for person in (other_lead, coordinator, administrator):
            assert list(everything.visible_to(person)) == []

    @pytest.mark.parametrize("person", ["other_lead", "coordinator", "reviewer", "administrator"])
    def test_to_others_it_is_not_there(self, request, browser, draft, lead, person):
        cases.written(draft, lead, applicant="Secret SA")
        client = browser(request.getfixturevalue(person))
        url = reverse("classification:request", args=[draft.pk])
        for answer in (
            client.get(url),
            client.get(part_url(draft)),
            client.post(part_url(draft), {"applicant": "Mine", "edition": "2"}),
            client.post(f"{url}pdf/"),
            client.post(f"{url}docx/"),
        ):
            assert answer.status_code == 404
            assert b"Secret SA" not in answer.content
        assert queries.request_of(draft).values == {"applicant": "Secret SA"}
        assert not Job.objects.exists()


def part_url(draft, part="request"):
    return reverse("classification:request_part", args=[draft.pk, part])


def sent(page, **texts) -> dict[str, str]:
    """What a browser sends from a page, with these texts typed in."""
    form = page.context["form"]
    return {field.name: "" if field.value() is None else str(field.value()) for field in form} | texts


class TestPage:
    def test_it_names_the_empty_mandatory_fields_with_links(self, browser, draft, lead):
        page = browser(lead).get(reverse("classification:request", args=[draft.pk]))
        assert [state.field.key for state in page.context["page"].missing] == ["finished_product"]
        assert "1 mandatory field is empty" in page.content.decode()
        assert (
            f'<a href="{part_url(draft)}#id_finished_product">Finished product in brief</a>'
            in page.content.decode()
        )
        assert [(row.part.key, row.filled, row.standing) for row in page.context["page"].rows] == [
            ("request", 7, "1 mandatory empty"),
            ("summary", 2, "2 not looked at yet"),
            ("position", 2, "2 not looked at yet"),
            ("substance", 4, "4 not looked at yet"),
            ("product", 0, "Empty"),
            ("mechanism", 4, "4 not looked at yet"),
            ("development", 0, "Empty"),
            ("law", 10, "10 not looked at yet"),
            ("administration", 5, "5 not looked at yet"),
        ]

    def test_it_tells_of_answers_that_changed_and_of_parts_that_are_done(self, browser, draft, lead):
        client = browser(lead)
        client.post(
            part_url(draft, "substance"), sent(client.get(part_url(draft, "substance")), donor="Her knee")
        )
        actions.answer(draft, "source", "allogeneic", by=lead, edition=99)
        client.post(part_url(draft, "administration"), sent(client.get(part_url(draft, "administration"))))
        page = client.get(reverse("classification:request", args=[draft.pk]))
        standing = {row.part.key: (row.tone, row.standing) for row in page.context["page"].rows}
        assert standing["substance"] == ("warn", "Answers have changed since")
        assert standing["administration"] == ("ok", "Looked at")
        assert "The answers have changed since" in page.content.decode()
        assert "Last saved by Ines Halvorsen" in page.content.decode()

    def test_a_reader_reads_without_links_to_write(self, browser, draft, reader):
        page = browser(reader).get(reverse("classification:request", args=[draft.pk])).content.decode()
        assert "Only your regulatory lead or a contributor can write the request." in page
        assert part_url(draft) not in page
        assert "We hold that NV-207 is classified as" in page

    def test_the_files_wait_for_the_answers(self, browser, lead):
        fresh = cases.assessment(lead)
        page = browser(lead).get(reverse("classification:request", args=[fresh.pk])).content.decode()
        assert page.count('aria-disabled="true"') == 2
        answer = browser(lead).post(reverse("classification:request_pdf", args=[fresh.pk]))
        assert (answer.status_code, "19 questions are not answered yet" in answer.content.decode()) == (
            409,
            True,
        )

    def test_it_costs_the_same_whatever_is_in_it(self, browser, draft, lead, django_assert_num_queries):
        client, url = browser(lead), reverse("classification:request", args=[draft.pk])
        with django_assert_num_queries(QUERIES):
            client.get(url)
        cases.written(draft, lead, applicant="Norvia SA", composition="10 million cells")
        with django_assert_num_queries(QUERIES):
            client.get(url)

    def test_the_page_of_the_verdict_leads_there(self, browser, draft, lead):
        url = reverse("classification:request", args=[draft.pk])
        assert url in browser(lead).get(draft.get_absolute_url()).content.decode()
        fresh = cases.assessment(lead)
        assert "/request/" not in browser(lead).get(fresh.get_absolute_url()).content.decode()


class TestPart:
    def test_each_text_says_where_it_comes_from(self, browser, draft, lead):
        page = browser(lead).get(part_url(draft, "substance"))
        assert page.context["form"]["donor"].value() == "From the patient (autologous)."
        assert page.content.decode().count("From the answers, not looked at yet") == 4

    def test_it_says_what_the_fields_rest_on(self, browser, draft, lead):
        client = browser(lead)
        page = " ".join(client.get(part_url(draft, "substance")).content.decode().split())
        assert "no version of its own was found. Checked 2026-11." in page
        assert "Still to be checked against that form: Donor; Tissue of origin; Process steps;" in page
        assert page.count("(mandatory)") == 1
        assert "Still to be checked" not in client.get(part_url(draft)).content.decode()

    def test_it_is_saved_with_empty_mandatory_fields_and_leads_on(self, browser, draft, lead):
        client = browser(lead)
        answer = client.post(
            part_url(draft), {**sent(client.get(part_url(draft)), applicant="Norvia SA"), "next": "1"}
        )
        assert answer.url == part_url(draft, "summary")
        assert stands(draft, "applicant") == ("Norvia SA", "written", False)
        assert stands(draft, "finished_product") == ("", "empty", False)
        assert "From the answers, looked at." in client.get(part_url(draft)).content.decode()

    def test_the_last_part_leads_to_the_whole(self, browser, draft, lead):
        client = browser(lead)
        url = part_url(draft, "administration")
        answer = client.post(url, {**sent(client.get(url)), "next": "1"})
        assert answer.url == reverse("classification:request", args=[draft.pk])

    def test_what_a_browser_makes_of_line_ends_is_no_change(self, browser, draft, lead):
        client, url = browser(lead), part_url(draft, "law")
        data = {name: text.replace("\n", "\r\n") for name, text in sent(client.get(url)).items()}
        client.post(url, data)
        assert writing(draft).data == {}
        assert stands(draft, "as_combined")[1] == "taken"

    def test_errors_stand_at_their_fields_and_nothing_typed_is_lost(self, browser, draft, lead):
        client = browser(lead)
        data = sent(
            client.get(part_url(draft)), applicant="x" * 301, proposed_class="vaccine", descriptor="Kept"
        )
        answer = client.post(part_url(draft), {**data, "shown-contact": ""})
        assert (answer.status_code, answer.context["form"].errors) == (
            422,
            {
                "applicant": ["Ensure this value has at most 300 characters (it has 301)."],
                "proposed_class": ["Select a valid choice. vaccine is not one of the available choices."],
                "shown-contact": ["The page was sent in part. Load it again."],
            },
        )
        assert 'value="Kept"' in answer.content.decode()
        assert not ClassificationRequest.objects.exists()

    def test_two_tabs_show_both_texts_and_lose_neither(self, browser, draft, lead, contributor):
        client = browser(lead)
        opened = sent(client.get(part_url(draft)), applicant="Mine", descriptor="Mine too")
        cases.written(draft, contributor, applicant="Theirs", contact="Tomasz Wierzba")
        answer = client.post(part_url(draft), opened)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert '<dt>Applicant</dt><dd class="text-break">Theirs</dd>' in page
        assert '<p class="meta">Tomasz Wierzba, <time' in page
        form = answer.context["form"]
        assert {name: form[name].value() for name in ("applicant", "descriptor", "contact")} == {
            "applicant": "Mine", "descriptor": "Mine too", "contact": "Tomasz Wierzba",
        }  # fmt: skip
        again = client.post(part_url(draft), sent(answer))
        assert again.status_code == 302
        values = queries.request_of(draft).values
        assert (values["applicant"], values["descriptor"], values["contact"]) == (
            "Mine",
            "Mine too",
            "Tomasz Wierzba",
        )

    def test_a_changed_answer_is_shown_beside_what_was_written(self, browser, draft, lead):
        cases.written(draft, lead, donor="Her knee", sme_status="no")
        actions.answer(draft, "source", "allogeneic", by=lead, edition=99)
        actions.answer(draft, "sme", "unknown", by=lead, edition=99)
        page = " ".join(browser(lead).get(part_url(draft, "substance")).content.decode().split())
        assert "They say now: From another person (allogeneic)." in page
        page = browser(lead).get(part_url(draft, "administration")).content.decode()
        assert "They say now: nothing" in page

    def test_markup_stays_text(self, browser, draft, lead):
        cases.written(draft, lead, position="<script>alert(1)</script>")
        for url in (part_url(draft, "position"), reverse("classification:request", args=[draft.pk])):
            page = browser(lead).get(url).content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page

    def test_there_is_no_other_part(self, browser, draft, lead):
        assert browser(lead).get(part_url(draft, "nothing")).status_code == 404
        assert browser(lead).put(part_url(draft)).status_code == 405

    def test_a_reader_does_not_write(self, browser, draft, reader):
        answer = browser(reader).post(part_url(draft), {"applicant": "Mine", "edition": "1"})
        assert answer.status_code == 409
        assert not ClassificationRequest.objects.exists()


def test_an_entry_with_other_marks_counts_as_written(draft, lead):
    actions.write_request(
        draft, {"donor": Entry("From the patient (autologous).", "", "")}, by=lead, edition=1
    )
    assert stands(draft, "donor") == ("From the patient (autologous).", "written", True)
