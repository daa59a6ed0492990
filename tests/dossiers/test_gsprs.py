"""Device requirements, the matrix, conditions of the notified body and the way to conformity."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from atmp_portal.queries import waiting
from audit.models import Event
from audit.refusals import Refused, Stale
from dossiers import combined, permissions, workflow
from dossiers.actions import conformity, gsprs
from dossiers.actions import reviews as acts
from dossiers.clock import site_date
from dossiers.models import Condition, Conformity, Dossier
from dossiers.queries import combined_matrix as matrices
from dossiers.statuses import ConformityStatus, Discipline, Duty
from tests.factories import combined as parts
from tests.factories import dossiers as make
from tests.factories import reviews


@pytest.fixture
def dossier(lead) -> Dossier:
    return make.dossier(organisation=lead.organisation, outcome="combined-TEP")


def url(name: str, of: Dossier, *keys) -> str:
    return reverse(f"dossiers:{name}", args=[of.pk, *keys])


def gspr_url(of: Dossier, number: str) -> str:
    return url("gspr", of, parts.gspr(of, number).pk)


class TestAnswering:
    def test_a_requirement_applies_with_its_evidence(self, browser, contributor, dossier):
        document = make.document(dossier, "3.2.R.MD.3", name="tests.pdf")
        typed = {
            "applicability": "applies", "standard": "ISO 10993-1", "document": document.pk, "page": "5",
            "place": "4.2.3.7.7", "reason": "left out", "edition": "1",
        }  # fmt: skip
        response = browser(contributor).post(gspr_url(dossier, "10.1"), typed)
        assert response.headers["Location"] == f"{url('gspr_list', dossier)}#gspr-10.1"
        row = parts.gspr(dossier, "10.1")
        assert (row.applicability, row.standard, str(row.document), row.page, row.place, row.reason) == (
            "applies", "ISO 10993-1", "tests.pdf", 5, "4.2.3.7.7", "",
        )  # fmt: skip
        event = Event.objects.get(code="dossiers.gspr_answered")
        assert (event.sentence, event.data["10.1 page"]) == ("GSPR 10.1: applies", {"old": None, "new": 5})

    @pytest.mark.parametrize(
        ("typed", "errors"),
        [
            ({"applicability": "does_not_apply"}, {"reason": ["Say why it does not apply."]}),
            ({"applicability": "applies", "page": "2"}, {"document": ["Choose the document of this page."]}),
            ({"applicability": "sometimes"}, {
                "applicability": ["Select a valid choice. sometimes is not one of the available choices."],
            }),
        ],
    )  # fmt: skip
    def test_an_answer_without_its_ground_is_refused(self, browser, lead, dossier, typed, errors):
        response = browser(lead).post(gspr_url(dossier, "1"), {"edition": "1", **typed})
        assert (response.status_code, response.context["form"].errors) == (422, errors)

    def test_the_second_tab_gets_a_choice(self, browser, lead, dossier):
        parts.answer(dossier, "1", applicability="does_not_apply", reason="Saved first")
        typed = {"applicability": "does_not_apply", "reason": "Typed second", "edition": "1"}
        page = browser(lead).post(gspr_url(dossier, "1"), typed)
        text = page.content.decode()
        assert page.status_code == 409
        assert "Does not apply: Saved first" in text
        assert "Typed second" in text
        assert parts.gspr(dossier, "1").reason == "Saved first"
        assert browser(lead).post(gspr_url(dossier, "1"), {**typed, "edition": "2"}).status_code == 302
        assert parts.gspr(dossier, "1").reason == "Typed second"

    def test_the_action_refuses_a_bare_reason_and_an_old_edition(self, dossier):
        with pytest.raises(Refused, match="Say why GSPR 9 does not apply"):
            parts.answer(dossier, "9", applicability="does_not_apply", reason=" ")
        parts.answer(dossier, "9", applicability="applies")
        with pytest.raises(Stale):
            parts.answer(dossier, "9", applicability="not_decided", edition=1)

    def test_what_is_not_expected_is_set_aside_at_once_and_nothing_decided_is_touched(
        self, browser, lead, dossier
    ):
        parts.answer(dossier, "15", applicability="applies")
        browser(lead).post(url("gspr_set_aside", dossier))
        aside = dossier.gsprs.filter(applicability="does_not_apply").values_list("number", flat=True)
        assert list(aside) == ["9", "16", "17", "18", "19", "21", "22"]

    def test_only_what_is_open_is_listed(self, browser, lead, dossier):
        parts.set_all_aside(dossier)
        parts.answer(dossier, "6", applicability="applies")
        page = browser(lead).get(url("gspr_list", dossier), {"show": "open"}).context["page"]
        assert [line.row.number for _, lines in page.chapters for line in lines] == ["6"]
        assert (page.done, page.of) == (50, 51)


class TestAnsweringTogether:
    def answer(self, client, dossier, *numbers, **typed):
        rows = [parts.gspr(dossier, number).pk for number in numbers]
        return client.post(url("gsprs_answer", dossier), {"row": rows, "applicability": "applies", **typed})

    def test_one_document_shows_several_each_at_its_usual_place(self, browser, contributor, dossier):
        document = make.document(dossier, "3.2.R.MD.2", name="checklist.pdf")
        parts.answer(dossier, "10.1", applicability="applies", standard="ISO 10993-1", place="4.2.3.7.7")
        typed = {"document": document.pk, "page": "3"}
        response = self.answer(browser(contributor), dossier, "1", "10.1", **typed)
        assert response.headers["Location"] == url("gspr_list", dossier)
        rows = [parts.gspr(dossier, number) for number in ("1", "10.1")]
        assert [(str(row.document), row.page, row.standard, row.place) for row in rows] == [
            ("checklist.pdf", 3, "", "3.2.R.MD.2"), ("checklist.pdf", 3, "ISO 10993-1", "4.2.3.7.7"),
        ]  # fmt: skip
        event = Event.objects.filter(code="dossiers.gspr_answered").latest("pk")
        assert (event.sentence, event.actor_name) == ("GSPR 1, 10.1: answered", contributor.full_name)

    def test_one_reason_sets_several_aside(self, browser, lead, dossier):
        self.answer(browser(lead), dossier, "9", "15", applicability="does_not_apply", reason="No such part")
        assert {parts.gspr(dossier, number).reason for number in ("9", "15")} == {"No such part"}

    @pytest.mark.parametrize(
        ("numbers", "typed", "errors"),
        [
            ((), {"applicability": "does_not_apply", "reason": "x"}, {
                "row": ["Tick the open requirements that it answers."],
            }),
            (("1",), {}, {"document": ["Choose the document that shows it."]}),
            (("1",), {"applicability": "does_not_apply"}, {"reason": ["Say why they do not apply."]}),
        ],
    )  # fmt: skip
    def test_an_answer_without_its_ground_is_refused_and_the_ticks_stay(
        self, browser, lead, dossier, numbers, typed, errors
    ):
        response = self.answer(browser(lead), dossier, *numbers, **typed)
        assert (response.status_code, response.context["form"].errors) == (422, errors)
        assert response.content.decode().count("checked") == len(numbers) + 1

    def test_what_was_answered_meanwhile_is_not_overwritten(self, browser, lead, dossier):
        parts.answer(dossier, "1", applicability="does_not_apply", reason="Saved first")
        response = self.answer(
            browser(lead), dossier, "1", "2", applicability="does_not_apply", reason="Second"
        )
        assert response.context["form"].errors == {
            "row": ["Answered after you opened the list: 1. Nothing was changed."]
        }
        assert [parts.gspr(dossier, number).reason for number in ("1", "2")] == ["Saved first", ""]


class TestJudging:
    def test_the_device_assessor_judges_and_the_sponsor_reads_it_at_the_end(self, browser, lead, combined):
        eva = reviews.reviewer("Eva Rossi")
        typed = {"judgement": "does_not_comply", "remark": "No data beyond 14 days.", "edition": "1"}
        assert browser(eva).post(gspr_url(combined, "6"), typed).status_code == 302
        row = parts.gspr(combined, "6")
        assert (row.judgement, row.judged_by) == ("does_not_comply", eva)
        event = Event.objects.get(code="dossiers.gspr_judged")
        assert (event.audience, event.why) == ("authority", "No data beyond 14 days.")
        assert "No data beyond" not in browser(lead).get(url("gspr_list", combined)).content.decode()
        reviews.conclude(combined)
        assert "No data beyond" in browser(lead).get(url("gspr_list", combined)).content.decode()

    def test_a_refusal_needs_its_remark(self, browser, combined, reviewer):
        typed = {"judgement": "does_not_comply", "remark": " ", "edition": "1"}
        response = browser(reviewer).post(gspr_url(combined, "6"), typed)
        assert response.context["form"].errors == {"remark": ["Say why it does not comply."]}

    def test_another_discipline_does_not_judge(self, browser, combined, second_reviewer):
        reviews.assign(combined, second_reviewer, Duty.ASSESSOR, Discipline.CLINICAL)
        page = browser(second_reviewer).get(gspr_url(combined, "6"))
        assert "Only the lead and the assessor of the device judge its requirements." in page.content.decode()
        assert browser(second_reviewer).post(gspr_url(combined, "6"), {}).status_code == 409

    def test_a_signed_device_part_is_not_judged_on(self, combined, reviewer):
        reviews.conclude_part(reviews.write_part(combined, "device"))
        with pytest.raises(Refused, match="The device part is concluded"):
            gsprs.judge_gspr(
                parts.gspr(combined, "6"), judgement="complies", remark="", edition=1, by=reviewer
            )


class TestMatrix:
    def test_evidence_gaps_and_what_stands_elsewhere(self, browser, lead, dossier):
        device = make.document(dossier, "3.2.R.MD.3", name="device.pdf")
        other = make.document(dossier, "3.2.P.1", name="composition.pdf")
        parts.applies(dossier, "6", device, place="3.2.P.8.3")
        parts.applies(dossier, "10.2", device, place="3.2.R.MD.3")
        parts.applies(dossier, "23.1", other, place="1.3.1")
        page = matrices.matrix(dossier, lead)
        found = {
            row.code: ([cell.column.key for cell in row.found], [cell.column.key for cell in row.gaps])
            for _, rows in page.groups[:-1]
            for row in rows
        }
        assert found == {
            "6": (["3.2.R.MD.3"], ["3.2.P.8"]),
            "10.2": (["3.2.R.MD.3"], []),
            "23.1": ([], ["1.3.1"]),
        }
        assert page.groups[2][1][0].elsewhere == "3.2.P.1 composition.pdf"
        assert [title for title, _ in page.groups][-1] == "Interface"
        assert page.gaps == 12
        text = browser(lead).get(url("combined_matrix", dossier), {"show": "gaps"}).content.decode()
        assert "Contaminants and residues" not in text
        assert "Gap at P.8, stability" in text

    def test_nothing_decided_leaves_the_interface_alone(self, lead, dossier):
        page = matrices.matrix(dossier, lead, only_gaps=True)
        assert [title for title, _ in page.groups] == ["Interface"]


class TestConditions:
    def test_a_condition_is_written_changed_and_closed_with_a_document(self, browser, lead, dossier):
        typed = {"text": "Pull test", "due_on": "1 Dec 2026", "owner": lead.pk, "edition": "1"}
        assert browser(lead).post(url("condition_new", dossier), typed).status_code == 302
        found = Condition.objects.get()
        assert (found.text, found.due_on, found.owner) == ("Pull test", date(2026, 12, 1), lead)
        document = make.document(dossier, "3.2.R.MD.1", name="report.pdf")
        here = url("condition", dossier, found.pk)
        bare = browser(lead).post(here, {**typed, "closed_on": "25 Nov 2026"})
        assert bare.context["form"].errors == {"document": ["Choose the document that closes it."]}
        closing = {**typed, "closed_on": "25 Nov 2026", "document": document.pk}
        assert browser(lead).post(here, closing).status_code == 302
        event = Event.objects.get(code="dossiers.condition_closed")
        assert event.data["closed"] == {"old": None, "new": "2026-11-25"}
        stale = browser(lead).post(here, {**closing, "text": "Another"})
        assert stale.status_code == 409
        assert "The condition was changed after you opened it" in stale.content.decode()
        assert Condition.objects.get().text == "Pull test"

    def test_an_open_condition_warns_and_waits_for_its_owner(self, lead, contributor, dossier):
        today = site_date()
        parts.condition(dossier, text="Pull test", due_on=today - timedelta(days=1), owner=contributor)
        parts.condition(dossier, text="Far off", due_on=today + timedelta(days=60), owner=contributor)
        warned = [point.text for point in combined.points_of(dossier) if point.text.startswith("A condition")]
        assert [text.split(" is ")[1].split()[0] for text in warned] == ["overdue", "open,"]
        assert [task.note for task in waiting.tasks_of(contributor)] == ["Pull test"]
        assert waiting.tasks_of(lead) == []


class TestConformity:
    def test_the_lead_declares_what_is_complete(self, browser, lead, contributor, dossier):
        move = url("conformity_move", dossier, "declare_opinion")
        assert browser(lead).post(move).status_code == 409
        parts.write(dossier, **parts.OPINION)
        assert browser(contributor).post(move).status_code == 409
        assert browser(lead).post(move).status_code == 302
        assert Conformity.objects.get(dossier=dossier).status == ConformityStatus.OPINION
        parts.write(dossier, route="certificate")
        stops = [point.text for point in combined.points_of(dossier) if point.is_stop]
        assert combined.NOT_DECLARED in stops

    @pytest.mark.parametrize(
        ("days", "text", "is_stop"),
        [
            (-1, "The certificate or opinion expired on", True),
            (30, "The certificate or opinion expires", False),
        ],
    )
    def test_a_certificate_that_ends_warns_or_stops(self, lead, dossier, days, text, is_stop):
        expiry = site_date() + timedelta(days=days)
        parts.write(dossier, **{**parts.CERTIFICATE, "expiry_date": expiry.isoformat()})
        found = [point for point in combined.points_of(dossier) if point.text.startswith(text)]
        assert [point.is_stop for point in found] == [is_stop]
        assert [task.due for task in waiting.tasks_of(lead)] == [expiry]

    def test_another_intended_purpose_stops(self, dossier):
        parts.write(dossier, **{**parts.CERTIFICATE, "intended_purpose_matches_maa": "no"})
        with pytest.raises(Refused, match="for another intended purpose"):
            parts.declare(dossier)

    def test_a_clean_opinion_is_needed_before_the_end(self, lead, coordinator, reviewer):
        draft = make.dossier(organisation=lead.organisation, outcome="combined-TEP")
        parts.write(draft, **{**parts.OPINION, "conditions_open": "listed"})
        parts.condition(draft, text="Pull test", due_on=site_date())
        parts.declare(draft, workflow.DECLARE_OPINION)
        make.make_ready(draft)
        make.file(draft)
        acts.validate(draft, by=coordinator)
        reviews.assign(draft)
        reviews.assign(draft, reviews.reviewer("Eva Rossi"), Duty.ASSESSOR, Discipline.DEVICE)
        made = acts.start_review(draft, by=coordinator)
        opinion = Conformity.objects.get(dossier=made)
        with pytest.raises(Refused, match="a clean opinion is needed"):
            conformity.move_conformity(opinion, workflow.ACCEPT_OPINION, by=reviewer)
        held = conformity.move_conformity(opinion, workflow.HOLD_CONDITIONS, by=reviewer)
        assert held.status == ConformityStatus.CONDITIONS
        reviews.conclude_parts(made)
        refusal = "The conformity of the device is not shown yet: a clean opinion is needed before the end."
        assert permissions.why_not_outcome(made, "positive") == refusal
        assert permissions.why_not_outcome(made, "negative") is None

    def test_a_notified_body_that_is_asked_has_a_month(self, combined, coordinator):
        found = Conformity.objects.get(dossier=combined)
        asked = conformity.move_conformity(found, workflow.ASK_ABOUT, by=coordinator)
        assert asked.answer_due_on == conformity.one_month_after(site_date())
        due = [
            task.due for task in waiting.tasks_of(coordinator) if task.what == "Answer of the notified body"
        ]
        assert due == [asked.answer_due_on]

    @pytest.mark.parametrize(
        ("day", "due"),
        [
            (date(2026, 1, 31), date(2026, 2, 28)),
            (date(2028, 1, 30), date(2028, 2, 29)),
            (date(2026, 12, 15), date(2027, 1, 15)),
            (date(2026, 5, 31), date(2026, 6, 30)),
        ],
    )
    def test_a_month_ends_on_the_same_day_or_the_last(self, day, due):
        assert conformity.one_month_after(day) == due

    def test_a_move_that_is_none_is_not_found(self, browser, lead, dossier):
        assert browser(lead).post(url("conformity_move", dossier, "bribe")).status_code == 404
