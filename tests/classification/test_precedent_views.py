from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from classification import importing
from classification.models import Precedent
from classification.published.listing import listing_in
from classification.queries.precedents import Near, precedents_near
from tests.factories import classification as cases
from tests.factories.lists import csv_file, many

pytestmark = pytest.mark.django_db
LIST = "/candidates/precedents/"


@pytest.fixture
def opened(lead, browser):
    def get(url, **query):
        response = browser(lead).get(url, query)
        assert response.status_code == 200
        return response.content.decode()

    return get


def of(reference):
    return Precedent.objects.get(reference=reference)


def test_list_has_the_filter_the_count_and_the_trust_mark(opened):
    text = opened(LIST)
    assert "65 published classifications" in text
    assert f'<a href="{of("CAT-008").get_absolute_url()}">' in opened(LIST, q="cardiac repair")
    assert '<td class="nowrap meta">Company statement</td>' in text
    assert "1 to 50 of 65" in text


def test_list_says_how_many_fit_and_offers_all(opened):
    text = opened(LIST, outcome="combined-TEP", year="2013")
    assert "1 of 65 fit this filter." in text
    assert '<option value="combined-TEP" selected>' in text
    assert "<option selected>2013</option>" in text
    assert "No published classification fits this filter." in opened(LIST, q="zzz")


def test_list_is_turned_by_its_date(opened):
    assert 'aria-sort="descending"><a class="quiet" href="?order=oldest">' in opened(LIST)
    oldest = opened(LIST, order="oldest", q="cells")
    assert 'aria-sort="ascending"><a class="quiet" href="?q=cells">' in oldest
    assert '<input type="hidden" name="order" value="oldest">' in oldest


def test_an_empty_library_says_who_fills_it(opened):
    Precedent.objects.all().delete()
    assert "The library is empty. An administrator brings published lists in." in opened(LIST)


def test_the_candidates_lead_to_the_list(opened):
    assert f'href="{reverse("classification:precedent_list")}"' in opened(
        reverse("classification:assessment_list")
    )


def test_page_of_a_precedent_on_whose_facts_the_rules_agree(opened):
    text = opened(of("CAT-008").get_absolute_url())
    assert "The same class" in text
    assert "The facts lead to: TEP." in text
    assert "EMA summaries of recommendations, October 2016" in text


def test_page_of_a_precedent_that_leaves_a_question_open(opened):
    text = opened(of("CAT-001").get_absolute_url())
    assert "Not decided by these facts" in text
    assert "The question left open is Q13: What do the cells do in the patient?" in text
    assert "Neither the claimed action nor the device is published" in text
    assert 'rel="external noreferrer"' in text


def test_page_of_a_precedent_that_the_rules_contradict(opened):
    Precedent.objects.filter(reference="CAT-040").update(outcome="GTMP")
    text = opened(of("CAT-040").get_absolute_url())
    assert "Another class" in text
    assert "This publication is not relied on." in text


def test_page_of_an_imported_precedent(opened):
    rows = [("<script>alert(1)</script> cells", "Heart", "TEP", "2021")]
    importing.import_list(listing_in(BytesIO(csv_file(*rows))), list_name="A list", file_name="f", by=None)
    text = opened(of("EMA-2021-001").get_absolute_url())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; cells" in text
    assert "As the imported list has it; nobody has checked it here." in text
    assert "What our rules make of these facts" not in text


def test_a_precedent_that_is_not_there_is_404(lead, browser):
    gone = of("CAT-008").get_absolute_url()
    Precedent.objects.filter(reference="CAT-008").delete()
    assert browser(lead).get(gone).status_code == 404


def test_list_is_cut_into_pages(opened):
    importing.import_list(
        listing_in(BytesIO(csv_file(*many(100)))), list_name="A list", file_name="f", by=None
    )
    assert "151 to 165 of 165" in opened(LIST, page="4")


@pytest.fixture
def against(lead):
    draft = cases.assessment(lead, name="Keratinocytes and fibroblasts", indication="venous leg ulcers")
    answered = cases.answered(cases.MSC_GVHD | {"claimed_action": "regenerate"}, lead, draft)
    return precedents_near(answered, lead)


def rendered(part, near):
    return " ".join(render_to_string(f"classification/_precedents_{part}.html", {"near": near}).split())


def test_margin_says_why_each_is_near(against):
    text = rendered("aside", against)
    first = against.rows[0]
    assert first.precedent.reference == "CAT-001"
    assert f'<a href="{first.precedent.get_absolute_url()}">Substantially modified human allogeneic' in text
    assert f'<p class="meta">{first.why}</p>' in text
    assert '<p class="cite">CAT-001, EMA press release</p>' in text
    assert "Search all 65 published classifications" in text


def test_table_says_how_many_answers_are_shared(against):
    text = rendered("table", against)
    assert "15 of 65 share at least five answers." in text
    assert '<td class="num nowrap" data-l="Shared">4 of 4</td>' in text


def test_notice_names_what_speaks_against_the_verdict(against):
    text = rendered("against", against)
    assert "The verdict disagrees with this precedent" in text
    assert "Not published: the claimed action, the use, whether a device is part of it." in text


def test_nothing_near_is_said_and_nothing_against_is_not():
    nothing = Near(rows=[], total=65, sharing=0, against=[])
    assert "None is near yet." in rendered("aside", nothing)
    assert "No published classification shares an answer or a word" in rendered("table", nothing)
    assert rendered("against", nothing) == ""
