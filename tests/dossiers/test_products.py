import pytest
from django.db import IntegrityError
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from classification.models import AssessmentStatus
from dossiers.actions import products
from dossiers.models import Adoption, Product
from tests.factories import dossiers as make

WORDS = {"name": "Nortagen", "descriptor": "nortagen autoleucel", "indication": "Lymphoma"}


def _new(browser, person, assessment, **changes):
    return browser(person).post(
        f"{reverse('dossiers:product_new')}?assessment={assessment.pk}", {**WORDS, **changes}
    )


def test_a_signed_candidate_becomes_a_product_with_its_class(browser, contributor):
    assessment = make.signed_assessment(contributor.organisation, "combined-TEP")
    response = _new(browser, contributor, assessment)
    product = Product.objects.get()
    assert response.headers["Location"] == product.get_absolute_url()
    assert (product.name, product.outcome, product.is_autologous) == ("Nortagen", "combined-TEP", True)
    assert (product.class_in_words, product.origin) == ("Combined TEP", "autologous")
    assert product.adoptions.get().assessment == assessment
    event = Event.objects.get(code="dossiers.product_created")
    assert event.sentence == f"Product made from {assessment}, classified as Combined TEP"
    assert event.audience == "sponsor"


def test_the_form_brings_the_words_of_the_candidate(browser, lead):
    assessment = make.signed_assessment(lead.organisation, name="Dendrova")
    page = browser(lead).get(reverse("dossiers:product_new"), {"assessment": str(assessment.pk)})
    assert page.context["form"].initial == {
        "name": "Dendrova",
        "descriptor": "Autologous T cells that carry a receptor",
        "indication": "Relapsed large B-cell lymphoma",
    }


@pytest.mark.parametrize(
    ("outcome", "status", "reason"),
    [
        ("GTMP", AssessmentStatus.DRAFT, "The classification is not signed yet."),
        ("GTMP", AssessmentStatus.SUPERSEDED, "A newer version has taken its place."),
        (
            "not a medicine",
            AssessmentStatus.FINALISED,
            "Only an advanced therapy becomes a product here. Its class is: not a medicinal product.",
        ),
    ],
)
def test_other_candidates_do_not_become_products(browser, lead, outcome, status, reason):
    assessment = make.signed_assessment(lead.organisation, outcome, status=status)
    response = _new(browser, lead, assessment)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [reason]
    with pytest.raises(Refused, match=reason.split(":")[0]):
        products.create(assessment, **WORDS, by=lead)
    assert not Product.objects.exists()


def test_a_candidate_becomes_one_product_only(browser, lead):
    product = make.product(lead.organisation, name="Nortagen")
    response = _new(browser, lead, product.assessment, name="Another")
    assert response.context["form"].non_field_errors() == ["It is the classification of Nortagen already."]
    with pytest.raises(IntegrityError):
        Adoption.objects.create(product=product, assessment=product.assessment, adopted_by=lead)


def test_names_are_unique_within_a_sponsor_only(browser, lead, other_lead):
    make.product(lead.organisation, name="Nortagen")
    ours = _new(browser, lead, make.signed_assessment(lead.organisation), name="NORTAGEN")
    assert ours.context["form"].errors == {"name": ["Your organisation has a product of this name already."]}
    theirs = _new(browser, other_lead, make.signed_assessment(other_lead.organisation))
    assert theirs.status_code == 302


def test_candidates_are_listed_with_the_reason_why_not(browser, lead, other_lead):
    ready = make.signed_assessment(lead.organisation)
    draft = make.signed_assessment(lead.organisation, status=AssessmentStatus.DRAFT)
    make.signed_assessment(other_lead.organisation)
    taken = make.product(lead.organisation, name="Dendrova")
    page = browser(lead).get(reverse("dossiers:product_new"))
    found = {candidate.assessment: candidate.refusal for candidate in page.context["candidates"]}
    assert found == {
        ready: None,
        draft: "The classification is not signed yet.",
        taken.assessment: "It is the classification of Dendrova already.",
    }


@pytest.mark.parametrize("role", ["reader", "analyst", "coordinator", "reviewer"])
def test_only_writers_of_a_sponsor_make_products(request, browser, role, lead):
    person = request.getfixturevalue(role)
    assert browser(person).get(reverse("dossiers:product_new")).status_code == 409
    assert browser(person).post(reverse("dossiers:product_new"), WORDS).status_code == 409


def test_another_sponsors_candidate_is_not_found(browser, lead, other_lead):
    theirs = make.signed_assessment(other_lead.organisation)
    assert _new(browser, lead, theirs).status_code == 404
    assert not Product.objects.exists()


def test_a_newer_classification_is_adopted_and_the_history_kept(browser, lead):
    product = make.product(lead.organisation, outcome="sCTMP")
    first = product.assessment
    newer = make.signed_assessment(lead.organisation, "TEP", supersedes=first)
    page = browser(lead).get(product.get_absolute_url())
    assert [(c.assessment, c.refusal) for c in page.context["page"].newer] == [(newer, None)]
    url = reverse("dossiers:product_adopt", args=[product.pk])
    response = browser(lead).post(url, {"assessment": str(newer.pk)})
    assert response.headers["Location"] == product.get_absolute_url()
    product.refresh_from_db()
    assert product.outcome == "TEP"
    assert [adoption.assessment for adoption in product.adoptions.all()] == [newer, first]
    event = Event.objects.get(code="dossiers.classification_adopted")
    assert event.sentence == f"Adopted {newer}: TEP"
    assert event.data["outcome"] == {"old": "sCTMP", "new": "TEP"}


def test_a_classification_that_leads_elsewhere_is_not_adopted(lead):
    product = make.product(lead.organisation)
    elsewhere = make.signed_assessment(lead.organisation, "not a medicine", supersedes=product.assessment)
    with pytest.raises(Refused, match="Only an advanced therapy becomes a product here"):
        products.adopt(product, elsewhere, by=lead)


@pytest.mark.parametrize("kind", ["same", "other candidate"])
def test_only_a_newer_version_of_the_same_candidate_is_adopted(lead, kind):
    product = make.product(lead.organisation, name="Nortagen")
    other = make.signed_assessment(lead.organisation) if kind == "other candidate" else product.assessment
    reasons = {
        "same": "Nortagen has adopted this version or a newer one already.",
        "other candidate": "It is not the classification of Nortagen.",
    }
    with pytest.raises(Refused, match=reasons[kind]):
        products.adopt(product, other, by=lead)


def test_a_contributor_does_not_adopt(browser, lead, contributor):
    product = make.product(lead.organisation)
    response = browser(contributor).get(reverse("dossiers:product_adopt", args=[product.pk]))
    assert response.status_code == 409


def test_another_sponsors_product_is_not_found(browser, lead, other_lead):
    product = make.product(lead.organisation)
    for name in ("product", "product_adopt"):
        url = reverse(f"dossiers:{name}", args=[product.pk])
        assert browser(other_lead).get(url).status_code == 404
    page = browser(other_lead).get(reverse("dossiers:product_list"))
    assert list(page.context["page_obj"]) == []


def test_the_authority_sees_a_product_once_it_is_filed_and_not_the_way_to_its_class(
    browser, lead, coordinator
):
    draft = make.dossier(organisation=lead.organisation)
    assert browser(coordinator).get(draft.product.get_absolute_url()).status_code == 404
    filed = make.dossier_at("filed", lead.organisation)
    make.dossier(filed.product)
    page = browser(coordinator).get(filed.product.get_absolute_url()).context["page"]
    assert page.dossiers == [filed]
    assert (page.adoptions, page.newer) == ([], [])
    rows = browser(coordinator).get(reverse("dossiers:product_list")).context["page_obj"]
    assert [(product, product.dossier_count) for product in rows] == [(filed.product, 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(browser, lead, number, django_assert_num_queries):
    for _ in range(number):
        make.product(lead.organisation)
    client = browser(lead)
    with django_assert_num_queries(6):
        client.get(reverse("dossiers:product_list"))
