import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.comparing import Kind, changes, compare
from dossiers.queries.comparing import in_words
from dossiers.statuses import DossierStatus
from tests.factories import dossiers as make
from tests.factories import reviews, texts


def seen(old, new):
    return [
        (pair.old, pair.new, pair.changed, [(s.kind.value, s.text) for s in pair.stretches])
        for pair in compare(old, new).pairs
    ]


def test_a_replaced_word_counts_once():
    assert seen(["a b c d", "e f"], ["a b x d", "e f"]) == [
        (1, 1, 1, [("same", "a b"), ("removed", "c"), ("added", "x"), ("same", "d")]),
        (2, 2, 0, [("same", "e f")]),
    ]


def test_words_that_only_ran_over_to_the_next_page_did_not_change():
    assert seen(["a b c d", "e f g h"], ["new a b c", "d e f g", "h"]) == [
        (1, 1, 1, [("added", "new"), ("same", "a b c")]),
        (1, 2, 0, [("same", "d e f g")]),
        (2, 3, 0, [("same", "h")]),
    ]


def test_a_moved_page_is_moved_and_not_rewritten():
    old = ["one two page 1", "three four page 2", "five six page 3"]
    difference = compare(old, ["five six page 1", "one two page 2", "three four page 3"])
    assert [(pair.old, pair.new, pair.is_moved, pair.changed) for pair in difference.pairs] == [
        (3, 1, True, 1),
        (1, 2, False, 1),
        (2, 3, False, 1),
    ]
    assert in_words(difference) == "3 words changed on 3 pages; 1 page moved."


def test_pages_that_are_gone_or_new_stand_alone():
    assert seen(["a b c", "gone page", "z y"], ["a b c", "z y"])[1] == (
        2,
        None,
        2,
        [("removed", "gone page")],
    )
    assert seen(["a b"], ["a b", "n e w"])[1] == (None, 2, 3, [("added", "n e w")])
    assert [(pair.old, pair.new) for pair in compare(["", ""], ["", "", ""]).pairs] == [
        (1, 1),
        (2, 2),
        (None, 3),
    ]


def test_a_long_unchanged_stretch_is_folded():
    words = [f"w{number}" for number in range(60)]
    (pair,) = compare([" ".join(["x", *words, "y"])], [" ".join(["X", *words, "Y"])]).pairs
    assert [(s.kind, s.words) for s in pair.stretches] == [
        (Kind.REMOVED, 1),
        (Kind.ADDED, 1),
        (Kind.SAME, 10),
        (Kind.FOLDED, 40),
        (Kind.SAME, 10),
        (Kind.REMOVED, 1),
        (Kind.ADDED, 1),
    ]


WORDS = st.lists(st.sampled_from("abcdef"), max_size=40)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORDS, WORDS)
def test_the_changes_lead_from_one_text_to_the_other(old, new):
    made, taken = [], []
    for change in changes(old, new):
        taken += old[change.i : change.i_end]
        made += old[change.i : change.i_end] if change.kind == "equal" else new[change.j : change.j_end]
    assert (taken, made) == (old, new)


def test_a_long_text_is_pinned_where_words_are_unique():
    old = [f"w{number}" for number in range(1_000)]
    new = [*old[:500], "in", "between", *old[500:]]
    found = [(c.kind, c.i, c.i_end, c.j, c.j_end) for c in changes(old, new) if c.kind != "equal"]
    assert found == [("insert", 500, 500, 500, 502)]


PAGES = st.lists(st.lists(st.sampled_from("abcd"), max_size=6).map(" ".join), max_size=5)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGES, PAGES)
def test_every_page_of_both_versions_is_shown(old, new):
    pairs = compare(old, new).pairs
    assert sorted(pair.new for pair in pairs if pair.new) == list(range(1, len(new) + 1))
    assert compare(new, new).words == 0
    shown = sorted(
        word for pair in pairs for s in pair.stretches if s.kind != Kind.REMOVED for word in s.text.split()
    )
    assert shown == sorted(word for page in new for word in page.split())


@pytest.fixture
def document(lead):
    found = texts.document(make.dossier(organisation=lead.organisation), "Aardvark")
    texts.written(found.versions.get(), "The limit is 70 % <viable> cells", "Second page")
    texts.written(texts.new_version(found), "The limit is 80 % <viable> cells", "Second page")
    return found


def ask(client, document, **asked):
    url = reverse("dossiers:document_compare", args=[document.dossier_id, document.pk])
    return client.get(url, asked)


def test_the_page_shows_what_changed_by_more_than_colour(browser, lead, document):
    text = ask(browser(lead), document).content.decode()
    assert "<strong>1 word changed on 1 page.</strong>" in text
    assert '<del><span class="visually-hidden">[removed: </span>70' in text
    assert '<ins><span class="visually-hidden">[added: </span>80' in text
    assert "&lt;viable&gt; cells" in text
    assert "Second page" not in text


def test_page_beside_page_shows_both_texts_with_their_places(browser, lead, document):
    text = ask(browser(lead), document, view="pages").content.decode()
    assert text.count("Second page") == 2
    assert f'href="/dossiers/{document.dossier_id}/documents/{document.pk}/?version=1&amp;page=2"' in text


def test_page_beside_page_names_the_sheets_to_draw_and_the_words_that_changed(browser, lead, document):
    text = ask(browser(lead), document, view="pages").content.decode()
    for version in document.versions.all():
        for page in (1, 2):
            assert f'data-sheet="{version.get_absolute_url()}" data-page="{page}"' in text
    assert text.count("[added: </span>80") == 1
    assert ask(browser(lead), document).content.decode().count("data-sheet") == 0


def test_pages_of_scans_stand_beside_each_other_without_words(browser, lead):
    of = make.dossier(organisation=lead.organisation)
    scan = make.document(of, content=make.pdf(1))
    longer = make.uploads.check(make.upload("scan.pdf", make.pdf(2)), scan.section.number)
    make.documents.add_version(scan, longer, note="", by=lead)
    shown = ask(browser(lead), scan, view="pages")
    assert [(row.pair.old, row.pair.new) for row in shown.context["page"].rows] == [(1, 1), (None, 2)]
    assert "This page is not in version 1." in shown.content.decode()


def test_the_files_are_compared_too(browser, lead, document):
    facts = {
        fact.name: (fact.before, fact.after, fact.is_other)
        for fact in ask(browser(lead), document).context["page"].facts
    }
    assert facts["Pages"] == ("2", "2", False)
    assert facts["Original name"] == ("report.pdf", "newer.pdf", True)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, (2, 3)),
        ({"to": "2"}, (1, 2)),
        ({"from": "1", "to": "3"}, (1, 3)),
        ({"from": "3", "to": "1"}, (1, 3)),
        ({"to": "1"}, None),
        ({"from": "2", "to": "2"}, None),
        ({"from": "x", "to": "2"}, None),
        ({"from": "1", "to": "9"}, None),
    ],
)
def test_any_two_versions_are_compared(browser, lead, document, asked, found):
    texts.new_version(document)
    answer = ask(browser(lead), document, **asked)
    page = answer.context["page"] if answer.status_code == 200 else None
    assert (page and (page.before.number, page.after.number)) == found
    assert answer.status_code == (200 if found else 404)


def test_the_authority_compares_filed_versions_only(browser, lead, reviewer, coordinator):
    of = reviews.dossier_at(DossierStatus.CLOCK_STOPPED, lead.organisation)
    document = reviews.version_of(of).document
    reviews.new_version(of)
    assert ask(browser(lead), document).status_code == 200
    assert ask(browser(reviewer), document, **{"from": "1", "to": "2"}).status_code == 404


def test_a_version_without_known_text_is_told_of(browser, lead, document):
    texts.new_version(document)
    text = ask(browser(lead), document).content.decode()
    assert "The text of one version is not known" in text


def test_reader_and_list_lead_to_the_comparison(browser, lead, document):
    url = reverse("dossiers:document_compare", args=[document.dossier_id, document.pk])

    def shown(address, **asked):
        return browser(lead).get(address, asked).content.decode()

    assert f'href="{url}?to=2">Compare with the version before' in shown(document.get_absolute_url())
    assert url not in shown(document.get_absolute_url(), version=1)
    assert f'href="{url}?from=1&amp;to=2"' in shown(f"/dossiers/{document.dossier_id}/documents/")
