"""What another class of the product means for its dossiers, and bringing a draft to it."""

import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import permissions, readiness, reclassification
from dossiers.actions import documents, dossiers, products, requirements, reviews
from dossiers.models import Document, Dossier
from dossiers.queries.filings import content_of, next_place
from dossiers.statuses import FilingKind, PartKind, RequirementState
from tests.factories import dossiers as make
from tests.factories import reviews as review

DEVICE_SECTIONS = ["3.2.R.MD", "3.2.R.MD.1", "3.2.R.MD.2", "3.2.R.MD.3"]
DEVICE_CODES = [
    "CB-09", "CB-11", "CB-31", "CL-08",
    "DV-01", "DV-02", "DV-03", "DV-04", "DV-05", "DV-06", "DV-09", "DV-10",
]  # fmt: skip


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.with_product().get(pk=dossier.pk)


def url(name: str, dossier: Dossier) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.pk])


def due_of(dossier: Dossier) -> reclassification.Consequences:
    dossier = fresh(dossier)
    return reclassification.consequences_of([dossier], dossier.product.assessment)[0]


def numbers(dossier: Dossier) -> set[str]:
    return set(dossier.sections.in_tree().values_list("number", flat=True))


def answers(dossier: Dossier) -> dict[str, tuple]:
    rows = dossier.requirements.values_list("code", "state", "document", "page", "reason")
    return {code: tuple(row) for code, *row in rows}


@pytest.fixture
def alone(lead) -> Dossier:
    """A draft of a tissue engineered product whose candidate is now a combined product."""
    dossier = make.dossier(make.product(lead.organisation, outcome="TEP", name="Chondrafix"))
    make.reclassified(dossier.product, "combined-TEP")
    return fresh(dossier)


@pytest.fixture
def combined(lead) -> Dossier:
    """A draft of a combined product with a document of its device and an answer by it; now a TEP alone."""
    dossier = make.dossier(make.product(lead.organisation, outcome="combined-TEP", name="Chondrafix"))
    conformity = make.document(dossier, "3.2.R.MD.1", name="conformity.pdf")
    evidence = dossier.requirements.get(code="DV-04")
    requirements.answer(evidence, state=RequirementState.MET, document=conformity, page=3, edition=1, by=lead)
    opinion = dossier.requirements.get(code="DV-06")
    no_body = {"state": RequirementState.NOT_APPLICABLE, "reason": "No notified body was asked"}
    requirements.answer(opinion, **no_body, edition=1, by=lead)
    make.reclassified(dossier.product, "TEP")
    return fresh(dossier)


class TestConsequences:
    def test_a_device_that_is_integral_brings_sections_requirements_and_parts(self, alone):
        due = due_of(alone)
        assert [row.number for row in due.lacking] == DEVICE_SECTIONS
        assert [placed.row.code for placed in due.applying] == DEVICE_CODES
        assert (due.leaving, due.falling) == ([], [])
        assert (due.opening, due.closing) == (["Device part", "Interface"], [])

    def test_a_device_that_is_none_leaves_what_is_in_its_sections(self, combined):
        due = due_of(combined)
        assert (due.lacking, due.applying) == ([], [])
        assert [(each.section.number, each.documents, each.is_kept) for each in due.leaving] == [
            ("3.2.R.MD", 0, True),
            ("3.2.R.MD.1", 1, True),
            ("3.2.R.MD.2", 0, False),
            ("3.2.R.MD.3", 0, False),
        ]
        falling = [requirement.code for requirement in due.falling]
        assert falling == [code for code in DEVICE_CODES if code != "DV-06"]
        assert (due.opening, due.closing) == ([], ["Device part", "Interface"])

    def test_a_comment_keeps_a_section(self, combined, lead):
        review.thread(combined, lead, "sponsor_team", "Who writes this?", on_section=True)
        section = combined.sections.get(number="3.2.R.MD.2")
        combined.threads.update(section=section)
        kept = {each.section.number for each in due_of(combined).leaving if each.is_kept}
        assert kept == {"3.2.R.MD", "3.2.R.MD.1", "3.2.R.MD.2"}

    def test_other_answers_of_the_same_class_count_too(self, lead):
        dossier = make.dossier(make.product(lead.organisation, outcome="GTMP", name="Nortagen"))
        make.reclassified(dossier.product, "GTMP in vivo")
        dossier = fresh(dossier)
        assert not reclassification.follows_its_product(dossier)
        assert {requirement.code[:3] for requirement in due_of(dossier).falling} == {"CB-", "ATM"}
        assert readiness.stoppers(dossier)[0].text == (
            "Nortagen was classified anew as GTMP; other sections and requirements follow from the new "
            "answers."
        )

    def test_a_newer_version_with_the_same_answers_changes_nothing(self, lead):
        dossier = make.make_ready(make.dossier(make.product(lead.organisation, outcome="TEP")))
        make.reclassified(dossier.product, "TEP")
        dossier = fresh(dossier)
        assert reclassification.follows_its_product(dossier)
        assert due_of(dossier).is_empty
        assert readiness.stoppers(dossier) == []


class TestRestructure:
    def test_it_adds_what_the_class_asks_for(self, browser, alone, contributor):
        new_like_this = make.dossier(alone.product)
        assert browser(contributor).post(url("restructure", alone)).url == url("dossier_class", alone)
        alone = fresh(alone)
        assert (alone.outcome_class, alone.assessment) == ("combined-TEP", alone.product.assessment)
        of_a_section = ("number", "parent__number", "position", "depth", "is_expected", "why_expected")
        made, brought = (list(each.sections.values_list(*of_a_section)) for each in (new_like_this, alone))
        assert brought == made
        of_a_requirement = ("code", "section__number", "position", "text", "state")
        made, brought = (
            list(each.requirements.values_list(*of_a_requirement)) for each in (new_like_this, alone)
        )
        assert brought == made
        event = Event.objects.get(code="dossiers.restructured")
        version = str(alone.assessment)
        assert (event.sentence, event.actor_name, event.audience) == (
            f"Brought to the class Combined TEP, {version}", "Tomasz Wierzba", "sponsor",
        )  # fmt: skip
        assert event.data == {
            "class": {"old": "TEP", "new": "combined-TEP"},
            "classification": {"old": alone.assessment.code, "new": version},
            "sections added": ", ".join(DEVICE_SECTIONS),
            "requirements added": ", ".join(DEVICE_CODES),
        }

    def test_it_deletes_nothing(self, combined, lead):
        there = (combined.sections.count(), combined.requirements.count(), Document.objects.count())
        before = answers(combined)
        combined = dossiers.restructure(combined, by=lead)
        assert (combined.sections.count(), combined.requirements.count(), Document.objects.count()) == there
        assert numbers(combined) & set(DEVICE_SECTIONS) == {"3.2.R.MD", "3.2.R.MD.1"}
        assert not combined.sections.filter(number__in=DEVICE_SECTIONS, is_expected=True).exists()
        reason = f"Not asked of the class TEP, which Chondrafix carries since {combined.product.assessment}."
        after = answers(combined)
        assert {code for code in after if after[code] != before[code]} == set(DEVICE_CODES) - {"DV-06"}
        assert after["DV-04"] == after["DV-01"] == ("not_applicable", None, None, reason)
        event = Event.objects.get(code="dossiers.restructured")
        assert event.data["requirements set aside"] == (
            "CB-09 (open), CB-11 (open), CB-31 (open), CL-08 (open), "
            "DV-01 (open), DV-02 (open), DV-03 (open), DV-04 (met), DV-05 (open), "
            "DV-09 (open), DV-10 (open)"
        )
        assert event.data["sections left out"] == "3.2.R.MD.2, 3.2.R.MD.3"
        assert event.data["sections kept with what is in them"] == "3.2.R.MD, 3.2.R.MD.1"

    def test_the_way_back_brings_sections_and_answers_back(self, combined, lead):
        before = answers(combined)
        dossiers.restructure(combined, by=lead)
        make.reclassified(fresh(combined).product, "combined-TEP")
        combined = dossiers.restructure(combined, by=lead)
        assert answers(combined) == before
        assert set(DEVICE_SECTIONS) <= numbers(combined)
        expected = combined.sections.filter(number__in=DEVICE_SECTIONS, is_expected=True)
        assert [section.number for section in expected] == ["3.2.R.MD.1", "3.2.R.MD.2"]

    def test_an_answer_by_a_document_that_was_removed_meanwhile_is_open_again(self, combined, lead):
        dossiers.restructure(combined, by=lead)
        documents.remove(Document.objects.get(), why="Not needed", by=lead)
        make.reclassified(fresh(combined).product, "combined-TEP")
        combined = dossiers.restructure(combined, by=lead)
        assert answers(combined)["DV-04"] == ("open", None, None, "")

    def test_what_the_sponsor_answers_afterwards_is_the_sponsors(self, combined, lead):
        combined = dossiers.restructure(combined, by=lead)
        device = combined.requirements.get(code="DV-01")
        own = {"state": RequirementState.NOT_APPLICABLE, "reason": "There is no device"}
        requirements.answer(device, **own, edition=device.edition, by=lead)
        make.reclassified(fresh(combined).product, "combined-TEP")
        combined = dossiers.restructure(combined, by=lead)
        assert answers(combined)["DV-01"] == ("not_applicable", None, None, "There is no device")

    def test_a_second_click_changes_nothing(self, browser, alone, lead):
        for _ in range(2):
            assert browser(lead).post(url("restructure", alone)).status_code == 302
        assert Event.objects.filter(code="dossiers.restructured").count() == 1
        assert alone.sections.filter(number="3.2.R.MD").count() == 1

    def test_it_stops_filing_until_it_is_done(self, lead):
        dossier = make.make_ready(make.dossier(make.product(lead.organisation, outcome="TEP", name="Solo")))
        make.reclassified(dossier.product, "combined-TEP")
        (stopper,) = readiness.stoppers(fresh(dossier))
        assert (stopper.text, stopper.url) == (
            "Solo is now classified as Combined TEP; this dossier was made for TEP.",
            url("dossier_class", dossier),
        )
        assert permissions.why_not_file(fresh(dossier), lead) == "One point stops filing."
        dossiers.restructure(dossier, by=lead)
        make.make_ready(fresh(dossier))
        assert readiness.stoppers(fresh(dossier)) == []
        filed = make.file(fresh(dossier))
        assert (filed.content["class"], filed.content["classification"]["label"]) == (
            "combined-TEP", "Combined ATMP (tissue engineered)",
        )  # fmt: skip

    def test_the_review_opens_the_parts_of_the_new_class(self, alone, lead, coordinator, reviewer):
        dossiers.restructure(alone, by=lead)
        make.make_ready(fresh(alone))
        make.file(fresh(alone))
        reviews.validate(alone, by=coordinator)
        review.assign(alone, reviewer)
        review.assign(alone, review.reviewer("Eva Rossi"), "assessor", "device")
        reviews.start_review(fresh(alone), by=coordinator)
        assert set(alone.parts.values_list("kind", flat=True)) == set(PartKind)

    def test_a_dossier_that_was_sent_back_can_be_brought_to_it(self, lead, coordinator):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        reviews.send_back(dossier, why="The form is missing", by=coordinator)
        make.reclassified(fresh(dossier).product, "combined-TEP")
        assert dossiers.restructure(dossier, by=lead).outcome_class == "combined-TEP"

    def test_the_authority_reads_the_requirements_that_were_filed(self, browser, lead, coordinator):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        reviews.send_back(dossier, why="The form is missing", by=coordinator)
        make.reclassified(fresh(dossier).product, "combined-TEP")
        dossiers.restructure(dossier, by=lead)
        modules = browser(coordinator).get(url("requirement_list", dossier)).context["page"].modules
        rows = [row for module in modules for group in module.groups for row in group.rows]
        codes = {row.answer.requirement.code for row in rows}
        filed = {row["code"] for row in dossier.filings.get().content["requirements"]}
        assert codes == filed
        assert "DV-02" not in codes

    def test_a_filed_dossier_stays_and_says_what_the_authority_has_to_hear(self, browser, lead):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        before = answers(dossier)
        newer = make.reclassified(fresh(dossier).product, "combined-TEP")
        assert browser(lead).post(url("restructure", dossier)).status_code == 409
        with pytest.raises(Refused, match="is filed; what was filed is not made anew"):
            dossiers.restructure(dossier, by=lead)
        assert answers(dossier) == before
        page = browser(lead).get(url("dossier_class", dossier)).context["page"]
        assert page.to_tell == (
            f"{dossier.product} is classified as Combined TEP ({newer}).",
            "The dossier was filed for TEP.",
            "Requirements that newly apply and are not answered: 12. That no longer apply: 0.",
            "The assessment would also have: device part, interface.",
            "Ask whether the procedure goes on; otherwise withdraw, and file a dossier of the new class.",
        )

    def test_what_goes_with_responses_names_the_classification_it_stands_on(self, lead):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        make.reclassified(fresh(dossier).product, "combined-TEP")
        dossier = fresh(dossier)
        content = content_of(dossier, next_place(dossier, FilingKind.RESPONSES))
        assert (content["class"], content["classification"]["label"]) == ("TEP", "Tissue engineered product")

    def test_a_section_that_left_the_tree_takes_no_document(self, browser, combined, lead):
        section = combined.sections.get(number="3.2.R.MD.2")
        dossiers.restructure(combined, by=lead)
        with pytest.raises(Refused, match="is not asked for with the class of the product any more"):
            make.document(combined, "3.2.R.MD.2")
        response = browser(lead).get(section.get_absolute_url())
        assert response.context["form"] is None
        assert "Not in the tree any more" in response.content.decode()
        tree = browser(lead).get(reverse("dossiers:section", args=[combined.pk, "3.2.R"])).content.decode()
        assert section.get_absolute_url() not in tree

    @pytest.mark.parametrize("who", ["reader", "analyst", "quality"])
    def test_those_who_only_read_do_not_do_it(self, browser, alone, who, request):
        assert browser(request.getfixturevalue(who)).post(url("restructure", alone)).status_code == 409
        assert fresh(alone).outcome_class == "TEP"

    def test_another_sponsor_neither_finds_nor_does_it(self, browser, alone, other_lead):
        assert browser(other_lead).get(url("dossier_class", alone)).status_code == 404
        assert browser(other_lead).post(url("restructure", alone)).status_code == 404
        with pytest.raises(Refused, match="Only the sponsor sees what it prepares"):
            dossiers.restructure(alone, by=other_lead)


class TestNotice:
    PAGES = (
        "dossier", "requirement_list", "document_list", "question_list", "thread_list", "people",
        "dossier_reports", "trail", "file",
    )  # fmt: skip

    @pytest.mark.parametrize("name", PAGES)
    def test_every_page_of_the_dossier_leads_to_what_it_means(self, browser, alone, reader, name):
        page = browser(reader).get(url(name, alone)).content.decode()
        assert "Chondrafix is now classified as Combined TEP; this dossier was made for TEP." in page
        assert url("dossier_class", alone) in page

    def test_it_goes_once_the_dossier_follows(self, browser, alone, lead):
        dossiers.restructure(alone, by=lead)
        assert "is now classified as" not in browser(lead).get(alone.get_absolute_url()).content.decode()
        page = browser(lead).get(url("dossier_class", alone))
        assert page.context["page"].consequences is None
        assert "Brought to the class Combined TEP" in page.content.decode()

    def test_the_authority_learns_nothing_of_a_class_that_the_sponsor_has_not_told(
        self, browser, lead, coordinator
    ):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        make.reclassified(fresh(dossier).product, "combined-TEP")
        page = browser(coordinator).get(dossier.get_absolute_url()).content.decode()
        assert "Combined TEP" not in page
        assert browser(coordinator).get(url("dossier_class", dossier)).status_code == 409

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_page_takes_the_same_queries_for_any_number(
        self, browser, combined, lead, number, django_assert_num_queries
    ):
        for _ in range(number):
            make.document(combined, "3.2.R.MD.2")
        client = browser(lead)
        with django_assert_num_queries(25):
            client.get(url("dossier_class", combined))


class TestProductPage:
    @pytest.fixture
    def offered(self, lead):
        """A product with a newer signed version that it has not adopted."""
        product = make.product(lead.organisation, outcome="TEP", name="Chondrafix")
        make.signed_assessment(lead.organisation, "combined-TEP", supersedes=product.assessment)
        return product

    def test_the_newest_signed_version_says_what_it_would_change(self, browser, lead, offered):
        draft = make.dossier(offered)
        page = browser(lead).get(offered.get_absolute_url()).context["page"]
        offer = page.offer
        assert (offer.old_class, offer.new_class, offer.is_other_class) == ("TEP", "Combined TEP", True)
        assert [each.dossier for each in offer.to_prepare] == [draft]
        assert offer.to_tell == []

    def test_the_page_of_the_adoption_shows_it_for_every_dossier(self, browser, lead, offered):
        draft = make.dossier(offered)
        text = browser(lead).get(reverse("dossiers:product_adopt", args=[offered.pk])).content.decode()
        assert '<del class="was">TEP</del> <strong>Combined TEP</strong>' in text
        assert f'id="for-{draft.number}"' in text
        assert "3.2.R.MD.2 Device: GSPR checklist (MDR Annex I)" in text
        assert "Device part opens" in text

    def test_the_history_says_from_when_until_when(self, browser, lead, offered):
        first = offered.adoptions.get()
        newer = products.adopt(offered, first.assessment.superseded_by, by=lead).adoptions.first()
        page = browser(lead).get(offered.get_absolute_url()).context["page"]
        assert [(row.class_in_words, row.adoption, row.replaced_at) for row in page.classes] == [
            ("Combined TEP", newer, None),
            ("TEP", first, newer.adopted_at),
        ]
        assert page.offer is None

    def test_a_version_that_leads_elsewhere_is_not_offered(self, browser, lead):
        product = make.product(lead.organisation, outcome="TEP")
        make.dossier(product)
        make.signed_assessment(lead.organisation, "not a medicine", supersedes=product.assessment)
        page = browser(lead).get(product.get_absolute_url()).context["page"]
        assert (page.offer, len(page.newer)) == (None, 1)

    def test_a_contributor_sees_it_and_cannot_adopt_it(self, browser, contributor, offered):
        text = browser(contributor).get(offered.get_absolute_url()).content.decode()
        assert "Only the regulatory lead of the sponsor adopts a classification." in text
        assert reverse("dossiers:product_adopt", args=[offered.pk]) not in text

    def test_the_authority_is_offered_nothing(self, browser, lead, coordinator):
        dossier = make.dossier_at("filed", lead.organisation, outcome="TEP")
        make.signed_assessment(lead.organisation, "combined-TEP", supersedes=dossier.product.assessment)
        response = browser(coordinator).get(dossier.product.get_absolute_url())
        assert (response.context["page"].offer, response.context["page"].classes) == (None, [])
        assert "Combined TEP" not in response.content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_both_pages_take_the_same_queries_for_any_number_of_dossiers(
        self, browser, lead, offered, number, django_assert_num_queries
    ):
        for _ in range(number):
            make.document(make.dossier(offered))
        client = browser(lead)
        with django_assert_num_queries(11):
            client.get(offered.get_absolute_url())
        with django_assert_num_queries(9):
            client.get(reverse("dossiers:product_adopt", args=[offered.pk]))
