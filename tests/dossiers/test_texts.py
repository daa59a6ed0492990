import pytest
from django.urls import reverse

from dossiers.actions import documents
from dossiers.queries import texts as queries
from dossiers.queries.texts import Asked, Piece, snippet, understood
from dossiers.statuses import DossierStatus
from tests.factories import dossiers as make
from tests.factories import reviews, texts
from tests.pdfs import small_pdf


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation)


def found(user, text, of=None):
    return [
        (hit.document.file_name, hit.version.number, hit.page) for hit in queries.pages_with(user, text, of)
    ]


def search(client, of, text, **more):
    return client.get(reverse("dossiers:search", args=[of.pk]), {"q": text, **more})


@pytest.mark.parametrize(
    ("typed", "phrases", "is_beginning"),
    [
        ("Viable cells", (("viable",), ("cells",)), True),
        ("3.2.P.8", (("3", "2", "p", "8"),), False),
        ('3.2.P.8 "x', (("3", "2", "p", "8"), ("x",)), False),
        ('"viable cells" cd', (("viable", "cells"), ("cd",)), True),
        ('lot "viable cells"', (("lot",), ("viable", "cells")), False),
        ("\x00*:^()-\"'", (), False),
        ("", (), False),
        ("NOT a OR b NEAR/2", (("not",), ("a",), ("or",), ("b",), ("near", "2")), False),
    ],
)
def test_what_was_typed_is_understood(typed, phrases, is_beginning):
    assert understood(typed) == Asked(phrases, is_beginning, is_cut=False)


def test_only_the_first_words_of_a_long_question_are_looked_for():
    asked = understood("word " * 2_000)
    assert (len(asked.phrases), asked.is_cut) == (queries.MOST_WORDS, True)
    assert understood("a b " * 6) == Asked((("a",), ("b",)) * 6, is_beginning=False, is_cut=False)
    assert understood("1.2.3.4.5.6.7.8.9.10.11.12.13").phrases == (tuple(str(n) for n in range(1, 13)),)


def test_every_word_must_be_on_the_page_and_the_last_may_be_a_beginning(lead, dossier):
    texts.document(dossier, "Potency of CAR T cells in section 3.2.P.8", pages=2)
    everywhere = [("report.pdf", 1, 1), ("report.pdf", 1, 2)]
    assert found(lead, "potency") == everywhere
    assert found(lead, "CELLS poten") == everywhere
    assert found(lead, "poten cells") == []
    assert found(lead, "potency absent") == []
    assert found(lead, '3.2.P.8 "page 2') == [("report.pdf", 1, 2)]
    assert found(lead, '"cells car"') == []
    assert found(lead, "2.3") == []


@pytest.mark.parametrize(
    "typed", ['3.2.P.8 "x', "'; DROP TABLE", "a & b | !c", "*", "()", "x" * 10_000, "%_"]
)
def test_odd_input_finds_nothing_and_says_so(browser, lead, dossier, typed):
    texts.document(dossier, "Potency of CAR T cells")
    answer = search(browser(lead), dossier, typed)
    assert answer.status_code == 200
    assert list(answer.context["page"].matches) == []
    text = answer.content.decode()
    says_none = "There is no letter or digit in that to look for." in text
    says_nothing = "No page that you may read has all of these words." in text
    assert (says_none, says_nothing) == ((True, False) if not typed.strip("*()%_") else (False, True))
    assert ("only its first words were looked for" in text) is (len(typed) > 200)


def test_a_null_character_is_turned_away_and_breaks_no_query(browser, lead, dossier):
    texts.document(dossier, "Potency of CAR T cells")
    assert search(browser(lead), dossier, "potency\x00").status_code == 400
    assert found(lead, "potency\x00") == [("report.pdf", 1, 1)]


def test_the_newest_version_is_searched_and_a_removed_document_never(lead, dossier):
    document = texts.document(dossier, "Aardvark")
    texts.new_version(document, small_pdf(1, "Zebra"))
    texts.read(document)
    assert (found(lead, "aardvark"), found(lead, "zebra")) == ([], [("report.pdf", 2, 1)])
    documents.remove(document, why="Wrong file", by=lead)
    assert found(lead, "zebra") == []


def test_the_authority_finds_the_newest_filed_version(lead, in_review, coordinator, reviewer, unassigned):
    filed = reviews.version_of(in_review)
    texts.written(filed, "Aardvark on the filed page")
    hit = [(filed.document.file_name, 1, 1)]
    assert [found(person, "aardvark") for person in (reviewer, coordinator, lead)] == [hit, hit, hit]
    assert found(unassigned, "aardvark") == []


def test_what_is_not_filed_is_the_sponsors_alone(lead, coordinator, reviewer):
    of = reviews.dossier_at(DossierStatus.CLOCK_STOPPED, lead.organisation)
    filed = reviews.version_of(of)
    texts.written(filed, "Aardvark on the filed page")
    newer = reviews.new_version(of)
    texts.written(newer, "Zebra on the newer page")
    name = filed.document.file_name
    assert (found(lead, "aardvark"), found(lead, "zebra")) == ([], [(name, 2, 1)])
    for person in (coordinator, reviewer):
        assert (found(person, "aardvark"), found(person, "zebra")) == ([(name, 1, 1)], [])


def test_nobody_finds_or_counts_the_words_of_another_sponsor(
    browser, lead, other_lead, administrator, dossier
):
    texts.document(dossier, "Aardvark", pages=3)
    theirs = make.dossier(organisation=other_lead.organisation)
    texts.document(theirs, "Aardvark, too", name="theirs.pdf")
    assert found(other_lead, "aardvark") == [("theirs.pdf", 1, 1)]
    assert (
        len(queries.pages_with(other_lead, "aardvark")),
        queries.pages_with(other_lead, "x").documents,
    ) == (1, 0)
    assert found(administrator, "aardvark") == []
    assert search(browser(other_lead), dossier, "aardvark").status_code == 404
    hits = {
        hits.kind: hits.hits
        for hits in browser(other_lead).get("/search/", {"q": "aardvark"}).context["found"]
    }
    assert [hit.name for hit in hits["In documents"]] == ["Theirs, page 1"]


def test_a_dossier_is_searched_alone(browser, lead, dossier):
    texts.document(dossier, "Aardvark")
    other = make.dossier(organisation=lead.organisation)
    texts.document(other, "Aardvark, other", name="other.pdf")
    answer = search(browser(lead), other, "aardvark")
    assert [hit.document.file_name for hit in answer.context["page"].page_obj] == ["other.pdf"]
    assert "1 page</strong> in 1 document<" in answer.content.decode()


def test_a_hit_names_its_place_shows_its_words_and_leads_to_the_page(browser, lead, dossier):
    document = texts.document(dossier, "Viability <b>98 %</b> & more", pages=2)
    text = search(browser(lead), dossier, "viability").content.decode()
    assert f'href="/dossiers/{dossier.pk}/documents/{document.pk}/?version=1&amp;page=2"' in text
    assert "<mark>Viability</mark> &lt;b&gt;98 %&lt;/b&gt; &amp; more, page 2" in text
    assert "report.pdf, version 1" in text


def test_a_snippet_is_cut_around_the_first_place():
    text = "before " * 60 + "the Potency assay, potency" + " after" * 60
    pieces = snippet(text, understood("potency"))
    assert [piece for piece in pieces if piece.is_mark] == [Piece("Potency", True), Piece("potency", True)]
    assert (pieces[0], pieces[-1]) == (Piece("… "), Piece(" …"))
    assert 200 < sum(len(piece.text) for piece in pieces) < 280


def test_marks_do_not_overlap_and_a_beginning_marks_the_word():
    marks = [
        p.text for p in snippet("viable cells, viability", understood('"viable cells" viab')) if p.is_mark
    ]
    assert marks == ["viable cells", "viability"]


def test_the_page_says_what_was_not_looked_into(browser, lead, dossier):
    make.document(dossier, name="waiting.pdf")
    texts.read(make.document(dossier, name="scan.pdf"))
    text = search(browser(lead), dossier, "x").content.decode()
    assert "1 document is being read; its words are found in a few minutes." in text
    assert "No text is behind its pages, as in a scan." in text
    assert "Waiting" not in text


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_takes_the_same_queries_for_any_number(
    browser, lead, dossier, number, django_assert_num_queries
):
    for place in range(number):
        texts.document(dossier, f"Aardvark {place}", name=f"{place}.pdf")
    client = browser(lead)
    search(client, dossier, "aardvark")
    with django_assert_num_queries(17):
        search(client, dossier, "aardvark")


def test_pages_of_hits_follow_each_other(browser, lead, dossier):
    document = make.document(dossier)
    texts.written(document.versions.get(), *["aardvark"] * 25)
    first, second = (search(browser(lead), dossier, "aardvark", page=page).context["page"] for page in (1, 2))
    assert (len(first.page_obj), len(second.page_obj), len(first.matches)) == (20, 5, 25)
    pages = [hit.page for hit in (*first.page_obj, *second.page_obj)]
    assert sorted(pages) == list(range(1, 26))


def test_site_wide_search_shows_pages_of_documents(browser, lead, dossier):
    document = texts.document(dossier, "Aardvark")
    text = browser(lead).get("/search/", {"q": "aardv"}).content.decode()
    assert "In documents" in text
    assert "<mark>Aardvark</mark>, page 1" in text
    assert f'href="/dossiers/{dossier.pk}/documents/{document.pk}/?version=1&amp;page=1"' in text


def test_the_boxes_lead_to_the_search(browser, lead, dossier):
    client, box = browser(lead), f'action="/dossiers/{dossier.pk}/search/"'
    assert box in client.get(f"/dossiers/{dossier.pk}/documents/").content.decode()
    assert box in client.get(f"/dossiers/{dossier.pk}/sections/{texts.SECTION}/").content.decode()
