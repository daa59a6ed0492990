"""The pages of the classification, as a browser without scripts uses them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from audit import issuing
from audit.models import Job, Signature
from classification import actions, queries, tasks
from classification.engine.facts import KEYS
from classification.engine.questions import QUESTION_OF
from classification.models import Assessment
from tests.factories import classification as cases
from tests.factories import people

pytestmark = pytest.mark.django_db


def url(name: str, assessment: Assessment, *args: str) -> str:
    return reverse(f"classification:{name}", args=[assessment.pk, *args])


def text_of(response) -> str:
    """What a reader of the page reads, without tags and with single spaces."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    bare = re.sub(r"<[^>]+>", " ", main[0] if main else response.content.decode())
    return " ".join(bare.replace("&#x27;", "'").split())


def ticked(response) -> list[str]:
    return re.findall(r'name="answer"[^>]* value="([^"]*)" checked', response.content.decode())


def edition_of(response) -> str:
    return re.search(r'name="edition" value="(\d+)"', response.content.decode())[1]


def post_answer(client: Client, address: str, answer: str | list[str], **more: str):
    """Open a question and answer it as its form would."""
    page = client.get(address)
    chosen = ["none"] if answer == [] else answer
    return client.post(address, {"edition": edition_of(page), "answer": chosen, **more})


def walk(client: Client, assessment: Assessment, case: cases.Answers) -> list[str]:
    """Answer what is asked until the wizard leads to the check page; returns the questions put."""
    put = []
    while True:
        onward = client.get(url("question_next", assessment))
        if onward.url == url("assessment_check", assessment):
            return put
        key = onward.url.rstrip("/").rpartition("/")[2]
        put.append(key)
        assert post_answer(client, onward.url, case[key]).status_code == 302


@pytest.fixture
def draft(lead) -> Assessment:
    return cases.assessment(lead, code="NV-410")


@pytest.fixture
def client(browser, lead) -> Client:
    return browser(lead)


class TestList:
    address = reverse("classification:assessment_list")

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries_do_not_grow_with_the_rows(self, client, lead, rows, django_assert_num_queries):
        for _ in range(rows):
            cases.answered(cases.FAT_GRAFT, lead)
        with django_assert_num_queries(7):
            client.get(self.address)

    def test_it_shows_the_own_candidates_only(self, client, lead, other_lead):
        cases.finalised(cases.CAR_T, lead, code="NV-300", name="CAR-T cells", indication="lymphoma")
        cases.finalised(cases.FAT_GRAFT, other_lead, code="OC-77", name="Their fat")
        text = text_of(client.get(self.address))
        assert "NV-300 CAR-T cells lymphoma GTMP Signed" in text
        assert "OC-77" not in text
        assert "Their fat" not in text
        assert "All 1 Not signed 0 Signed 1" in text

    def test_it_is_cut_into_pages(self, client, lead):
        for number in range(26):
            cases.assessment(lead, code=f"NV-{number:02}")
        assert "1 to 25 of 26" in text_of(client.get(self.address))
        second = client.get(self.address, {"page": "2", "q": "nv"})
        assert "NV-00" in text_of(second)

    def test_a_search_of_a_thousand_words_is_answered(self, client, lead):
        cases.assessment(lead, code="NV-410")
        words = " ".join(["nv-410"] * 1200)
        assert "NV-410" in text_of(client.get(self.address, {"q": words}))

    def test_the_empty_list_says_what_comes_here(self, client):
        text = text_of(client.get(self.address))
        assert "No candidates yet." in text

    def test_a_filter_without_hits_leads_back_to_all(self, client, draft):
        assert "No candidate fits this filter. Show all candidates" in text_of(
            client.get(self.address, {"q": "islets"})
        )

    def test_a_reader_is_told_why_not(self, browser, reader):
        text = text_of(browser(reader).get(self.address))
        assert "Only a sponsor's regulatory lead or contributor can classify a candidate." in text

    @pytest.mark.parametrize("who", ["reviewer", "coordinator"])
    def test_the_authority_sees_no_candidates(self, browser, who, draft, request):
        text = text_of(browser(request.getfixturevalue(who)).get(self.address))
        assert "NV-410" not in text
        assert "No candidates to see." in text


class TestNew:
    address = reverse("classification:assessment_new")
    typed = {"code": "NV-1", "name": "Fat cells", "indication": "scar", "description": ""}

    def test_it_leads_to_the_first_question(self, client):
        response = client.post(self.address, self.typed, follow=True)
        assessment = Assessment.objects.get()
        assert response.redirect_chain[-1][0] == url("question", assessment, "is_medicine")
        assert "Is it a medicine for people?" in text_of(response)

    def test_a_code_twice_is_refused_with_all_input_kept(self, client, lead):
        cases.assessment(lead, code="NV-1")
        response = client.post(self.address, self.typed)
        assert response.status_code == 422
        assert "Your organisation already has a candidate NV-1." in text_of(response)
        assert 'value="Fat cells"' in response.content.decode()

    @pytest.mark.parametrize("role", [Role.READER, Role.QC_ANALYST, Role.QUALIFIED_PERSON])
    def test_others_are_refused(self, browser, norvia, role):
        other = browser(people.person("Someone Else", norvia, role))
        for response in (other.get(self.address), other.post(self.address, self.typed)):
            assert response.status_code == 409
        assert not Assessment.objects.exists()


class TestWizard:
    def test_a_car_t_is_gene_therapy(self, client, draft):
        assert walk(client, draft, cases.CAR_T) == list(cases.CAR_T)
        text = text_of(client.get(draft.get_absolute_url()))
        assert "Gene therapy medicinal product" in text
        assert "GT-3" in text
        assert "10 of 10, none unknown" in text

    def test_a_fat_graft_leads_out(self, client, draft):
        assert walk(client, draft, cases.FAT_GRAFT) == list(cases.FAT_GRAFT)
        text = text_of(client.get(draft.get_absolute_url()))
        assert "Tissues and cells (SoHO)" in text
        assert "Not an ATMP: tissues and cells" in text

    def test_cartilage_on_a_membrane_is_combined(self, client, draft):
        put = walk(client, draft, cases.CHONDROCYTES_ON_MEMBRANE)
        assert put[-4:] == ["integral_device", "source", "hospital_custom_made", "sme"]
        text = text_of(client.get(draft.get_absolute_url()))
        assert "Combined ATMP (tissue engineered)" in text
        assert "Evidence for the device part" in text

    def test_place_and_function_are_two_pages(self, client, draft):
        put = walk(client, draft, cases.MSC_GVHD)
        assert put[put.index("same_location") + 1] == "same_function"

    def test_going_back_shows_the_answer_and_loses_none(self, client, draft):
        walk(client, draft, cases.CAR_T)
        page = client.get(url("question", draft, "infection_claim"))
        assert f'href="{url("question", draft, "effect_from_sequence")}"' in page.content.decode()
        back = client.get(url("question", draft, "effect_from_sequence"))
        assert ticked(back) == ["yes"]
        draft.refresh_from_db()
        assert draft.answers == cases.CAR_T

    def test_ticks_come_back(self, client, draft):
        walk(client, draft, cases.CHONDROCYTES_ON_MEMBRANE)
        page = client.get(url("question", draft, "process_steps"))
        assert ticked(page) == ["expansion", "enzymatic_dissociation"]

    def test_answers_outlive_the_session(self, client, draft, browser, lead):
        address = url("question", draft, "is_medicine")
        post_answer(client, address, "yes")
        client.logout()
        assert ticked(browser(lead).get(address)) == ["yes"]
        assert browser(lead).get(url("question_next", draft)).url == url("question", draft, "active_part")

    def test_a_closed_branch_is_kept_and_comes_back(self, client, draft):
        walk(client, draft, cases.CHONDROCYTES_ON_MEMBRANE)
        post_answer(client, url("question", draft, "active_part"), ["gm_cells"])
        walk(client, draft, {**cases.CAR_T, "integral_device": "yes"})
        check = text_of(client.get(url("assessment_check", draft)))
        kept = check.partition("Kept, not counted")[2]
        assert "What do the cells do in the patient? Q13 They regenerate, repair or replace tissue" in kept
        closed = text_of(client.get(url("question", draft, "claimed_action")))
        assert "This question is not asked now" in closed
        assert "GTMP" in text_of(client.get(draft.get_absolute_url()))

        post_answer(client, url("question", draft, "active_part"), ["viable_cells_or_tissue"])
        assert walk(client, draft, {}) == []
        assert "Combined ATMP (tissue engineered)" in text_of(client.get(draft.get_absolute_url()))

    def test_unknown_is_kept_as_an_answer(self, client, draft):
        address = url("question", draft, "process_steps")
        post_answer(client, address, "unknown")
        draft.refresh_from_db()
        assert draft.answers == {"process_steps": "unknown"}
        assert ticked(client.get(address)) == ["unknown"]

    def test_none_of_these_is_kept_as_an_empty_list(self, client, draft):
        address = url("question", draft, "process_steps")
        post_answer(client, address, [])
        draft.refresh_from_db()
        assert draft.answers == {"process_steps": []}
        assert ticked(client.get(address)) == ["none"]

    def test_silence_is_asked_again_with_a_message(self, client, draft):
        response = client.post(url("question", draft, "is_medicine"), {"edition": "1"})
        assert response.status_code == 422
        assert "Choose an answer, or say that you do not know." in text_of(response)
        assert b"<title>Error: " in response.content

    def test_a_contradiction_is_shown_with_the_ticks_kept(self, client, draft):
        response = client.post(
            url("question", draft, "process_steps"), {"edition": "1", "answer": ["cutting", "none"]}
        )
        assert response.status_code == 422
        assert ticked(response) == ["cutting", "none"]

    def test_save_and_leave_keeps_the_answer(self, client, draft):
        response = post_answer(client, url("question", draft, "is_medicine"), "yes", leave="1")
        assert response.url == draft.get_absolute_url()
        draft.refresh_from_db()
        assert draft.answers == {"is_medicine": "yes"}

    def test_leaving_without_an_answer_asks_nothing(self, client, draft):
        response = client.post(url("question", draft, "is_medicine"), {"edition": "1", "leave": "1"})
        assert response.url == draft.get_absolute_url()
        draft.refresh_from_db()
        assert draft.answers == {}

    def test_change_returns_to_the_check_page(self, client, draft):
        walk(client, draft, cases.CAR_T)
        address = url("question", draft, "sme") + "?return=check"
        assert address in client.get(url("assessment_check", draft)).content.decode()
        assert post_answer(client, address, "no").url == url("assessment_check", draft)

    def test_a_change_that_opens_questions_shows_them_on_the_check_page(self, client, draft):
        walk(client, draft, cases.FAT_GRAFT)
        address = url("question", draft, "same_location") + "?return=check"
        assert post_answer(client, address, "no").url == url("assessment_check", draft)
        text = text_of(client.get(url("assessment_check", draft)))
        assert "What do the cells do in the patient? Q13 Not answered Answer" in text
        assert "Go on, 4 questions left" in text

    def test_a_conflict_met_from_the_check_page_leads_back_to_it(self, client, draft, contributor):
        walk(client, draft, cases.CAR_T)
        address = url("question", draft, "sme") + "?return=check"
        edition = edition_of(client.get(address))
        actions.answer(draft, "sme", "unknown", by=contributor, edition=int(edition))
        conflict = client.post(address, {"edition": edition, "answer": "no"})
        assert conflict.status_code == 409
        assert f'href="{url("assessment_check", draft)}"' in conflict.content.decode()
        mine = {"edition": edition_of(conflict), "answer": "no"}
        assert client.post(address, mine).url == url("assessment_check", draft)
        draft.refresh_from_db()
        assert draft.answers["sme"] == "no"

    def test_a_page_loaded_again_shows_the_saved_answer_and_no_message_of_loss(self, client, draft):
        address = url("question", draft, "is_medicine")
        post_answer(client, address, "yes")
        assert ticked(client.get(address)) == ticked(client.get(address)) == ["yes"]
        page = client.get(address)
        assert f'href="{draft.get_absolute_url()}"' in page.content.decode()
        assert "Saved" in text_of(page)

    def test_topics_say_where_one_is(self, client, draft):
        for key in ("is_medicine", "active_part", "made_recombinantly"):
            post_answer(client, url("question", draft, key), cases.CAR_T[key])
        text = text_of(client.get(url("question", draft, "aims_at_sequence")))
        assert "Purpose 1 of 1 Active part 1 of 1 Genes 1 of 4" in text
        assert "Topic 3 of 10" in text
        post_answer(client, url("question", draft, "active_part"), ["viable_cells_or_tissue"])
        text = text_of(client.get(url("question", draft, "viable_cells")))
        assert "Genes not asked Cells 0 of 2" in text

    def test_wording_is_quoted_only_where_it_was_checked(self, client, draft):
        checked = text_of(client.get(url("question", draft, "is_medicine")))
        recalled = text_of(client.get(url("question", draft, "claimed_action")))
        assert QUESTION_OF["is_medicine"].citation.gist in checked
        assert "Checked against the text" in checked
        assert QUESTION_OF["claimed_action"].citation.gist not in recalled
        assert "Regulation (EC) No 1394/2007 on advanced therapies, Art 2(4)" in recalled
        assert "The article is named; its wording is still to be checked." in recalled

    def test_the_thirteen_steps_of_annex_i_are_marked(self, client, draft):
        text = text_of(client.get(url("question", draft, "process_steps")))
        annex_i = text.partition("On the list of Annex I: not substantial")[2].partition("Not on that list")[
            0
        ]
        assert annex_i.startswith(" Cutting Example: Skin cut to the size of a graft. Grinding Example: ")
        assert annex_i.endswith("Vitrification Example: Ovarian tissue cooled without ice. ")
        others = text.partition("Not on that list")[2]
        assert "Differentiation Counts as substantial. Example: Retinal pigment cells" in others
        assert "Labelling Judged case by case. Example: Leukocytes labelled with a tracer" in others

    @pytest.mark.parametrize("key", KEYS)
    def test_each_question_says_why_on_what_ground_by_which_case_and_what_a_doubt_does(
        self, client, draft, key
    ):
        asked = QUESTION_OF[key]
        text = text_of(client.get(url("question", draft, key)))
        assert f"Why we ask {asked.why}" in text
        assert f"{asked.citation.instrument.title}, {asked.citation.article}" in text
        for choice in asked.choices:
            assert f"Example: {choice.example}" in text
        doubt = queries.consequence_of_doubt(draft, asked)
        assert doubt.startswith(("Leaves", "Changes nothing"))
        assert f"I do not know {doubt} To find out: {asked.find_out}" in text

    def test_every_answer_is_tied_to_its_example_for_screen_readers(self, client, draft):
        page = client.get(url("question", draft, "claimed_action")).content.decode()
        described = re.findall(r'aria-describedby="(id_answer_\d-hint)"', page)
        assert described == [f"id_answer_{number}-hint" for number in range(5)]
        assert all(f'id="{hint}"' in page for hint in described)

    def test_a_question_that_does_not_exist_is_not_found(self, client, draft):
        assert client.get(url("question", draft, "shoe_size")).status_code == 404

    def test_a_reader_reads_and_cannot_answer(self, browser, reader, draft):
        read = browser(reader)
        assert read.get(url("question_next", draft)).url == url("assessment_check", draft)
        address = url("question", draft, "is_medicine")
        assert "Only your regulatory lead or a contributor can change" in text_of(read.get(address))
        assert read.post(address, {"edition": "1", "answer": "yes"}).status_code == 409
        draft.refresh_from_db()
        assert draft.answers == {}


class TestTwoTabs:
    def test_different_questions_merge(self, client, draft, contributor):
        one, other = url("question", draft, "is_medicine"), url("question", draft, "sme")
        edition = edition_of(client.get(one))
        actions.answer(draft, "sme", "yes", by=contributor, edition=1)
        assert client.post(one, {"edition": edition, "answer": "yes"}).status_code == 302
        assert ticked(client.get(other)) == ["yes"]

    @pytest.mark.parametrize("query", ["", "?return=check"])
    def test_the_same_question_shows_both_answers_and_a_choice(self, client, draft, contributor, query):
        address = url("question", draft, "process_steps") + query
        edition = edition_of(client.get(address))
        actions.answer(draft, "process_steps", ["cutting"], by=contributor, edition=1)

        response = client.post(address, {"edition": edition, "answer": ["expansion", "freezing"]})
        assert response.status_code == 409
        text = text_of(response)
        assert "Saved now Cutting Tomasz Wierzba" in text
        assert "Yours, not saved Culture that expands the cells; Freezing" in text
        draft.refresh_from_db()
        assert draft.answers == {"process_steps": ["cutting"]}

        onward = url("assessment_check" if query else "question_next", draft)
        assert f'href="{onward}"' in response.content.decode()
        mine = {"edition": edition_of(response), "answer": ["expansion", "freezing"]}
        assert client.post(address, mine).url == onward
        draft.refresh_from_db()
        assert draft.answers == {"process_steps": ["freezing", "expansion"]}

    def test_the_description_shows_both_texts_and_a_choice(self, client, draft, contributor):
        address = url("assessment_describe", draft)
        page = client.get(address)
        actions.describe(draft, by=contributor, edition=1, name="Their cells")
        mine = {"code": "NV-410", "name": "My cells", "indication": "stroke", "description": "In a bag."}

        response = client.post(address, {**mine, "edition": edition_of(page)})
        assert response.status_code == 409
        html = response.content.decode()
        assert "Their cells" in text_of(response)
        assert 'value="My cells"' in html
        assert "In a bag." in html
        draft.refresh_from_db()
        assert draft.name == "Their cells"

        assert client.post(address, {**mine, "edition": edition_of(response)}).status_code == 302
        draft.refresh_from_db()
        assert (draft.name, draft.indication, draft.description) == ("My cells", "stroke", "In a bag.")


class TestDescribe:
    def test_it_is_saved(self, client, draft):
        typed = {"code": "NV-411", "name": "Other", "indication": "stroke", "description": "", "edition": "1"}
        response = client.post(url("assessment_describe", draft), typed)
        assert response.url == draft.get_absolute_url()
        draft.refresh_from_db()
        assert str(draft) == "NV-411"

    def test_an_empty_name_is_refused_with_the_rest_kept(self, client, draft):
        typed = {"code": "NV-410", "name": "", "indication": "stroke", "edition": "1"}
        response = client.post(url("assessment_describe", draft), typed)
        assert response.status_code == 422
        assert 'value="stroke"' in response.content.decode()

    def test_what_is_signed_cannot_be_described_anew(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        assert client.get(url("assessment_describe", final)).status_code == 409


class TestCheck:
    def test_every_asked_question_stands_there_with_its_answer(self, client, draft):
        post_answer(client, url("question", draft, "is_medicine"), "yes")
        text = text_of(client.get(url("assessment_check", draft)))
        assert "Is it a medicine for people? Q01 Yes Change" in text
        assert "What is the active part? Q02 Not answered Answer" in text
        assert "Go on, 18 questions left" in text

    def test_the_verdict_is_seen_when_all_is_answered(self, client, lead):
        draft = cases.answered(cases.CAR_T, lead)
        text = text_of(client.get(url("assessment_check", draft)))
        assert "See the verdict" in text
        assert "left" not in text

    def test_a_signed_classification_has_no_links_to_change(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        assert "Change" not in text_of(client.get(url("assessment_check", final)))


class TestVerdict:
    def test_a_new_candidate_has_none(self, client, draft):
        text = text_of(client.get(draft.get_absolute_url()))
        assert "No verdict yet" in text
        assert "19 of about 19 questions are not answered" in text
        assert "Start the questions" in text

    def test_the_way_findings_and_changes_are_shown(self, client, lead):
        draft = cases.answered({**cases.MSC_GVHD, "claimed_action": "both"}, lead)
        text = text_of(client.get(draft.get_absolute_url()))
        for words in (
            "Q13 What do the cells do in the patient? Both of these, and both are claimed Otherwise: sCTMP",
            "PRE-4 Both actions are claimed",
            "Reg (EC) 1394/2007, Art 2(4) (article named, wording still to be checked)",
            "Ask the CAT: both actions are claimed. A request under Article 17 takes 60 days.",
            "Q13 Answered: Both of these, and both are claimed Somatic cell therapy medicinal",
            "The pharmaceutical reform were in force Draft, not yet law TEP, unchanged",
            "4 other answers would change nothing",
        ):
            assert words in text

    def test_undetermined_names_the_classes_and_the_question_that_decides(self, client, lead):
        draft = cases.answered({**cases.CHONDROCYTES_ON_MEMBRANE, "integral_device": "unknown"}, lead)
        response = client.get(draft.get_absolute_url())
        text = text_of(response)
        assert "None of them is chosen for you" in text
        fixed = "Is a device fixed to the product and still doing a device's job?"
        assert (
            "Tissue engineered product It is an ATMP, and on the market it needs a central authorisation."
            f" {fixed} No Q14 Combined ATMP (tissue engineered) It is an ATMP, and on the market it needs"
            f" a central authorisation. {fixed} Yes Q14"
        ) in text
        assert QUESTION_OF["integral_device"].find_out in text
        assert "The first question that decides is Q14" in text
        assert "ask the CAT" in text
        assert url("question", draft, "integral_device") + "?return=check" in response.content.decode()
        assert 'name="password"' not in response.content.decode()

    @pytest.mark.parametrize(
        ("name", "args"),
        [
            ("assessment", []),
            ("assessment_describe", []),
            ("question_next", []),
            ("question", ["sme"]),
            ("assessment_check", []),
        ],
    )
    @pytest.mark.parametrize("who", ["other_lead", "reviewer", "coordinator", "administrator"])
    def test_pages_of_another_sponsor_are_not_found(self, browser, draft, name, args, who, request):
        other = browser(request.getfixturevalue(who))
        assert other.get(url(name, draft, *args)).status_code == 404

    @pytest.mark.parametrize(
        ("name", "args"),
        [
            ("assessment_describe", []),
            ("question", ["sme"]),
            ("assessment_finalise", []),
            ("assessment_revise", []),
            ("assessment_rationale", []),
        ],
    )
    def test_acts_on_another_sponsor_are_not_found(self, browser, lead, other_lead, name, args):
        final = cases.finalised(cases.CAR_T, lead)
        response = browser(other_lead).post(url(name, final, *args), {"password": people.PASSWORD})
        assert response.status_code == 404
        final.refresh_from_db()
        assert (final.status, Assessment.objects.count(), Job.objects.count()) == ("finalised", 1, 0)

    @pytest.mark.parametrize("name", ["assessment_finalise", "assessment_revise", "assessment_rationale"])
    def test_acts_are_posted(self, client, draft, name):
        assert client.get(url(name, draft)).status_code == 405


class TestFinalise:
    @pytest.fixture
    def answered(self, lead) -> Assessment:
        return cases.answered(cases.CAR_T, lead, code="NV-300")

    def sign(self, client, assessment, password=people.PASSWORD, page=None):
        page = page or client.get(assessment.get_absolute_url())
        shown = re.search(r'name="shown" value="([^"]+)"', page.content.decode())
        data = {"password": password, "shown": shown[1] if shown else ""}
        return client.post(url("assessment_finalise", assessment), data)

    def test_the_lead_signs_with_the_password(self, client, answered):
        response = self.sign(client, answered)
        assert response.url == answered.get_absolute_url()
        answered.refresh_from_db()
        assert (answered.status, answered.outcome) == ("finalised", "GTMP")
        page = client.get(answered.get_absolute_url())
        assert "You signed the classification of NV-300." in text_of(page)
        assert f"{reverse('dossiers:product_new')}?assessment={answered.pk}" in page.content.decode()

    def test_a_wrong_password_signs_nothing(self, client, answered):
        response = self.sign(client, answered, password="wrong")
        assert response.status_code == 422
        assert "This is not your password. Nothing was signed." in text_of(response)
        answered.refresh_from_db()
        assert answered.status == "draft"
        assert not Signature.objects.exists()

    def test_a_page_out_of_date_signs_nothing(self, client, answered, contributor):
        page = client.get(answered.get_absolute_url())
        actions.answer(answered, "sme", "no", by=contributor, edition=answered.edition)
        response = self.sign(client, answered, page=page)
        assert response.status_code == 409
        assert "The record changed after you opened it. Nothing was signed" in text_of(response)
        answered.refresh_from_db()
        assert answered.status == "draft"

    def test_a_contributor_sees_why_not_and_is_refused(self, browser, contributor, answered):
        other = browser(contributor)
        page = other.get(answered.get_absolute_url())
        assert "Your role does not allow you to finalise this." in text_of(page)
        assert 'name="password"' not in page.content.decode()
        response = other.post(
            url("assessment_finalise", answered), {"password": people.PASSWORD, "shown": "0" * 64}
        )
        assert response.status_code == 409

    def test_a_way_out_leads_to_no_product(self, client, lead):
        final = cases.finalised(cases.FAT_GRAFT, lead)
        page = client.get(final.get_absolute_url())
        assert "Create the product" not in text_of(page)
        assert "the law on tissues and cells applies" in text_of(page)

    def test_nothing_changes_after_signing(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        before = text_of(client.get(final.get_absolute_url()))
        response = client.post(
            url("question", final, "infection_claim"), {"edition": final.edition, "answer": "yes"}
        )
        assert response.status_code == 409
        assert text_of(client.get(final.get_absolute_url())) == before

    def test_a_changed_rule_set_is_said_and_changes_nothing(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        then = {**final.verdict, "outcome": "TEP", "outcomes": ["TEP"], "label": "Tissue engineered product"}
        Assessment.objects.filter(pk=final.pk).update(verdict=then, outcome="TEP")
        text = text_of(client.get(final.get_absolute_url()))
        assert "With the rules of today the same answers lead to: Gene therapy medicinal product." in text
        assert "Class TEP" in text


class TestRevise:
    def test_a_new_version_starts_at_the_check_page(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead, code="NV-300")
        response = client.post(url("assessment_revise", final), follow=True)
        draft = Assessment.objects.get(version=2)
        assert response.redirect_chain[-1][0] == url("assessment_check", draft)
        assert "A new version is in work" in text_of(client.get(final.get_absolute_url()))
        assert "will take the place of the signed version" in text_of(client.get(draft.get_absolute_url()))

    def test_a_superseded_version_leads_to_the_later_one(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        cases.signed(cases.revised(final, lead), lead)
        text = text_of(client.get(final.get_absolute_url()))
        assert "A later version is signed and has taken the place of this one." in text
        assert "Create the product" not in text

    def test_twice_is_refused(self, client, lead):
        final = cases.finalised(cases.CAR_T, lead)
        client.post(url("assessment_revise", final))
        assert client.post(url("assessment_revise", final)).status_code == 409
        assert Assessment.objects.count() == 2


class TestRationale:
    def test_it_is_asked_for_once_and_listed_when_made(self, client, lead, draft):
        first = client.post(url("assessment_rationale", draft))
        second = client.post(url("assessment_rationale", draft))
        job = Job.objects.get()
        assert first.url == second.url == reverse("job", args=[job.pk])
        assert (job.title, job.task) == (
            "Classification rationale of NV-410",
            "classification.tasks.make_rationale",
        )
        tasks.make_rationale(str(job.pk))
        page = client.get(draft.get_absolute_url())
        (report,) = issuing.reports_on(draft, lead)
        assert reverse("report_download", args=[report.pk]) in page.content.decode()

    def test_a_reader_may_ask_too(self, browser, reader, draft):
        assert browser(reader).post(url("assessment_rationale", draft)).status_code == 302


def test_only_those_who_may_make_the_product_are_led_to_it(browser, lead, analyst):
    signed = cases.finalised(cases.CAR_T, lead)
    link = f"/products/new/?assessment={signed.pk}"
    assert link in browser(lead).get(signed.get_absolute_url()).content.decode()
    assert link not in browser(analyst).get(signed.get_absolute_url()).content.decode()
