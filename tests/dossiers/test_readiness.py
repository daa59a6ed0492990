import pikepdf
import pytest
from django.urls import reverse

from dossiers import permissions, readiness
from dossiers.actions import products
from dossiers.models import Dossier
from dossiers.readiness import Completeness, Stopper
from tests.factories import dossiers as make


@pytest.fixture
def request_dossier(lead):
    """A classification request: two expected sections, four checked and three other requirements."""
    return make.dossier(organisation=lead.organisation, procedure="classification")


def test_an_empty_dossier_is_stopped_by_every_expected_section_and_checked_requirement(request_dossier):
    stoppers = readiness.stoppers(request_dossier)
    assert stoppers[0] == Stopper(
        text="1.0 Cover Letter (and tracking table) holds no document.",
        url=reverse("dossiers:section", args=[request_dossier.pk, "1.0"]),
        hint="The covering letter names the applicant and who may speak for it. "
        "Source: EMA request form, Article 17.",
        rule="Expected before filing",
        group="Sections without a document",
    )
    first = request_dossier.requirements.get(code="CR-01")
    assert stoppers[2] == Stopper(
        text="CR-01 is open: The active substance is described, its starting materials and its key features "
        "included",
        url=reverse("dossiers:requirement_answer", args=[request_dossier.pk, first.pk]),
        hint="Name the document that answers it, or say why it does not apply.",
        rule="EMA request form, Article 17",
        group="Open requirements",
    )
    assert [stopper.text[:5] for stopper in stoppers] == [
        "1.0 C",
        "1.2 A",
        "CR-01",
        "CR-02",
        "CR-06",
        "CR-07",
    ]


def test_requirements_that_are_still_to_be_checked_only_warn(request_dossier):
    assert [warning.text[:5] for warning in readiness.warnings(request_dossier)] == [
        "CR-03", "CR-04", "CR-05",
    ]  # fmt: skip


def test_every_line_leads_to_a_page(browser, lead, request_dossier):
    client = browser(lead)
    for point in readiness.stoppers(request_dossier) + readiness.warnings(request_dossier):
        assert client.get(point.url).status_code == 200


def test_a_dossier_that_is_ready_is_stopped_by_nothing(lead, request_dossier):
    make.make_ready(request_dossier)
    assert readiness.stoppers(request_dossier) == []
    assert permissions.why_not_file(request_dossier, lead) is None


def test_a_document_below_fills_the_section_above(lead):
    dossier = make.dossier(organisation=lead.organisation)
    make.document(dossier, "2.3.S")
    filled = {section.number for section in readiness.expected_sections(dossier) if section.is_filled}
    assert filled == {"2.3"}


def test_a_removed_document_fills_nothing(lead, request_dossier):
    document = make.document(request_dossier, "1.0")
    make.documents.remove(document, why="Wrong letter", by=lead)
    assert not any(section.is_filled for section in readiness.expected_sections(request_dossier))


def test_a_bad_finding_on_the_newest_version_stops_and_a_mild_one_warns(lead):
    dossier = make.dossier(organisation=lead.organisation)
    make.make_ready(dossier)
    restricted = pikepdf.Encryption(user="", owner="owner")
    bad = make.document(dossier, name="bad.pdf", content=make.pdf(encryption=restricted))
    make.document(dossier, name="new.pdf", content=make.pdf(force_version="2.0"))
    assert [stopper.text for stopper in readiness.stoppers(dossier)] == [
        "3.2.S.2.3, bad.pdf: the file carries security settings that restrict printing, copying or changes."
    ]
    assert readiness.warnings(dossier)[0].text == (
        "3.2.S.2.3, new.pdf: the file is PDF 2.0; 1.4 to 1.7 is best practice."
    )
    make.documents.add_version(
        bad, make.uploads.check(make.upload(), "3.2.S.2.3"), note="Without settings", by=lead
    )
    assert readiness.stoppers(dossier) == []


def test_a_product_that_changed_its_class_stops_its_old_drafts(lead):
    product = make.product(lead.organisation, outcome="sCTMP", name="Dendrova")
    dossier = make.make_ready(make.dossier(product))
    newer = make.signed_assessment(lead.organisation, "TEP", supersedes=product.assessment)
    dossier = Dossier.objects.with_product().get(pk=dossier.pk)
    assert readiness.warnings(dossier)[0].text == (
        f"The classification {dossier.product.assessment} was superseded."
    )
    products.adopt(product, newer, by=lead)
    dossier = Dossier.objects.with_product().get(pk=dossier.pk)
    assert [stopper.text for stopper in readiness.stoppers(dossier)] == [
        "Dendrova is now classified as TEP; this dossier was made for sCTMP."
    ]


def test_a_sponsor_that_lost_its_status_cannot_have_data_certified(lead):
    dossier = make.make_ready(make.dossier(organisation=lead.organisation, procedure="certification"))
    assert readiness.stoppers(dossier) == []
    dossier.organisation.is_sme = False
    assert [stopper.rule for stopper in readiness.stoppers(dossier)] == ["Reg (EC) 1394/2007 Art 18"]


def test_completeness_counts_answers_and_filled_sections_by_module(lead, request_dossier):
    assert readiness.completeness(request_dossier) == {
        0: Completeness(met=0, total=7, filled=0, expected=2),
        1: Completeness(met=0, total=7, filled=0, expected=2),
    }
    make.make_ready(request_dossier)
    assert readiness.completeness(request_dossier)[0] == Completeness(met=4, total=7, filled=2, expected=2)


def test_what_stops_filing_takes_the_same_queries_for_any_number(lead, django_assert_num_queries):
    dossier = make.dossier(organisation=lead.organisation)
    for number in ("1.0", "1.2", "2.3"):
        make.document(dossier, number)
    dossier = Dossier.objects.with_product().get(pk=dossier.pk)
    with django_assert_num_queries(4):
        readiness.stoppers(dossier)
