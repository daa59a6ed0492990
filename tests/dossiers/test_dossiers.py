from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers.actions import dossiers
from dossiers.models import Dossier
from tests.factories import dossiers as make

NEW = reverse("dossiers:dossier_new")


def _post(client, product, **fields):
    posted = {"product": product.pk, "procedure": "maa", "planned_on": "", "form_key": str(uuid4())}
    return client.post(NEW, {**posted, **fields})


def test_a_dossier_gets_number_sections_and_requirements(browser, contributor):
    product = make.product(contributor.organisation, outcome="combined-TEP")
    response = _post(browser(contributor), product, planned_on="10 Mar 2027")
    dossier = Dossier.objects.get()
    assert response.headers["Location"] == dossier.get_absolute_url()
    assert (dossier.number, dossier.planned_on) == ("H0006401", date(2027, 3, 10))
    assert (dossier.outcome_class, dossier.structure) == ("combined-TEP", "October 2026")
    assert (dossier.sections.count(), dossier.requirements.count()) == (203, 55)
    device = dossier.sections.get(number="3.2.R.MD.2")
    assert (device.parent.number, device.depth, device.is_expected) == ("3.2.R.MD", 4, True)
    assert device.why_expected == (
        "A combined product shows how its device meets the general safety and performance requirements. "
        "Source: Reg (EC) 1394/2007, Art 6 and 9(2)."
    )
    event = Event.objects.get(code="dossiers.created")
    assert (event.sentence, event.audience) == (
        "Dossier made for Centralised marketing authorisation, Combined TEP",
        "sponsor",
    )


def test_numbers_follow_each_other(lead):
    product = make.product(lead.organisation)
    made = [dossiers.create(product, procedure="maa", by=lead).number for _ in range(3)]
    assert made == ["H0006401", "H0006402", "H0006403"]


def test_a_second_click_gives_the_one_dossier(browser, lead):
    product, key = make.product(lead.organisation), str(uuid4())
    first, second = (_post(browser(lead), product, form_key=key) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Dossier.objects.count() == 1


def test_a_number_taken_in_the_same_moment_is_left_to_the_other(lead, monkeypatch):
    product = make.product(lead.organisation)
    first = dossiers.create(product, procedure="maa", by=lead)
    highest = iter([None, {"top": first.number}])

    class Late(type(Dossier.objects.all())):
        def aggregate(self, **kwargs):
            seen = next(highest)
            return seen or {"top": "H0006400"}

    monkeypatch.setattr(Dossier.objects, "_queryset_class", Late)
    assert dossiers.create(product, procedure="maa", by=lead).number == "H0006402"


def test_making_a_dossier_takes_few_queries(lead, django_assert_max_num_queries):
    product = make.product(lead.organisation)
    with django_assert_max_num_queries(18):
        dossiers.create(product, procedure="maa", by=lead)


def test_certification_is_for_small_enterprises(browser, lead):
    lead.organisation.is_sme = False
    lead.organisation.save()
    product = make.product(lead.organisation)
    reason = (
        "Certification is open to micro, small and medium-sized enterprises only: "
        "Regulation (EC) No 1394/2007, Article 18."
    )
    response = _post(browser(lead), product, procedure="certification")
    assert (response.status_code, response.context["form"].errors) == (422, {"procedure": [reason]})
    with pytest.raises(Refused, match="Article 18"):
        dossiers.create(product, procedure="certification", by=lead)
    assert not Dossier.objects.exists()


def test_a_form_with_mistakes_keeps_what_was_typed(browser, lead):
    product = make.product(lead.organisation)
    response = _post(browser(lead), product, planned_on="03/10/27")
    assert response.status_code == 422
    assert response.context["form"].errors == {"planned_on": ["Write the day as in 10 Mar 2027."]}
    assert b'value="03/10/27"' in response.content


def test_another_sponsors_product_cannot_be_chosen(browser, lead, other_lead):
    theirs = make.product(other_lead.organisation)
    response = _post(browser(lead), theirs)
    assert list(response.context["form"].errors) == ["product"]
    with pytest.raises(Refused, match="Only the sponsor of the product makes its dossiers"):
        dossiers.create(theirs, procedure="maa", by=lead)


@pytest.mark.parametrize("role", ["reader", "analyst", "coordinator", "reviewer"])
def test_only_writers_of_a_sponsor_make_dossiers(request, browser, role, lead):
    assert browser(request.getfixturevalue(role)).get(NEW).status_code == 409


PAGES = ["dossier", "section_first", "trail", "document_list", "requirement_list", "file", "withdraw"]


@pytest.mark.parametrize("name", PAGES)
def test_another_sponsors_dossier_is_not_found(browser, lead, other_lead, name):
    dossier = make.dossier_at("filed", lead.organisation)
    assert browser(other_lead).get(reverse(f"dossiers:{name}", args=[dossier.pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_the_authority_does_not_find_a_draft(browser, lead, coordinator, name):
    dossier = make.dossier(organisation=lead.organisation)
    assert browser(coordinator).get(reverse(f"dossiers:{name}", args=[dossier.pk])).status_code == 404


def test_a_reviewer_without_a_duty_does_not_find_a_filed_dossier(browser, lead, reviewer):
    dossier = make.dossier_at("filed", lead.organisation)
    assert browser(reviewer).get(dossier.get_absolute_url()).status_code == 404


def test_the_overview_lists_what_stops_filing_and_offers_the_move_with_its_reason(browser, lead):
    dossier = make.dossier(organisation=lead.organisation)
    page = browser(lead).get(dossier.get_absolute_url()).context["page"]
    assert (len(page.first_stoppers), page.more_stoppers) == (8, 20)
    assert [(offer.label, offer.refusal) for offer in page.offers] == [
        ("File dossier", "28 points stop filing.")
    ]
    assert [(row.number, row.total, row.expected) for row in page.modules] == [
        (1, 11, 5), (2, 5, 3), (3, 30, 2), (4, 12, 0), (5, 5, 0),
    ]  # fmt: skip


def test_the_authority_sees_no_completeness_of_what_the_sponsor_prepares(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation)
    page = browser(coordinator).get(dossier.get_absolute_url()).context["page"]
    assert (page.stoppers, page.is_in_preparation) == ([], False)
    assert [offer.label for offer in page.offers] == ["Validate filing", "Send back to the sponsor"]
    assert page.plate.readout.aside == "Waits for validation"
    assert {row.expected for row in page.modules} == {0}


@pytest.mark.parametrize("documents", [1, 3])
def test_the_overview_takes_the_same_queries_for_any_number(
    browser, lead, documents, django_assert_num_queries
):
    dossier = make.dossier(organisation=lead.organisation)
    for _ in range(documents):
        make.document(dossier)
    client = browser(lead)
    with django_assert_num_queries(26):
        client.get(dossier.get_absolute_url())


def test_the_trail_shows_each_side_its_own(browser, lead, coordinator):
    dossier = make.dossier_at("filed", lead.organisation)
    url = reverse("dossiers:trail", args=[dossier.pk])
    ours = [event.code for event in browser(lead).get(url).context["page_obj"]]
    theirs = [event.code for event in browser(coordinator).get(url).context["page_obj"]]
    assert "dossiers.document_added" in ours
    assert theirs == ["audit.signed", "dossiers.filed"]
