import csv
from pathlib import Path

import pytest
from django.urls import reverse

from audit.models import Event
from dossiers import structure
from dossiers.actions import requirements
from dossiers.models import Dossier
from dossiers.queries.checklist import Asked, requirement_list
from dossiers.queries.matrix import matrix_page
from dossiers.statuses import DossierStatus
from tests.factories import dossiers

REFERENCE = Path(__file__).parents[3] / "shared/data/atmp_requirements.csv"


@pytest.fixture
def dossier(norvia, lead) -> Dossier:
    return dossiers.dossier(organisation=norvia, by=lead)


def _meet(requirement, document, by, page=None):
    return requirements.answer(
        requirement, state="met", document=document, page=page, edition=requirement.edition, by=by
    )


def _codes(page):
    return [
        row.answer.requirement.code
        for module in page.modules
        for group in module.groups
        for row in group.rows
    ]


def test_every_row_of_the_reference_is_in_our_table():
    if not REFERENCE.exists():
        pytest.skip("The reference table lies beside the repository, and is not there.")
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        wanted = {row["req_id"] for row in csv.DictReader(lines)}
    assert len(wanted) == 80
    assert wanted - {row.code for row in structure.requirement_rows()} == set()


def test_each_row_of_the_table_is_asked_or_stands_apart_with_its_reason(dossier, lead):
    page = requirement_list(dossier, lead, Asked())
    asked, apart = set(_codes(page)), {left.row.code: left.why for left in page.left_out}
    assert asked & set(apart) == set()
    assert asked | set(apart) == {row.code for row in structure.requirement_rows()}
    assert apart["DV-02"] == "Only for combined products, of which a device is an integral part."
    assert apart["DV-07"] == "A step of the authority, not of the sponsor."
    assert apart["CR-01"] == "Only in: Classification request, Article 17."


def test_a_requirement_of_another_class_says_for_which(norvia, lead):
    made = dossiers.dossier(dossiers.product(norvia, outcome="TEP", by=lead), by=lead)
    whys = {left.why for left in requirement_list(made, lead, Asked()).left_out}
    assert {"Only for gene therapies.", "Only for somatic cell therapies."} <= whys


def test_the_list_goes_by_module_and_says_who_answered_and_when(dossier, lead, contributor):
    requirement = dossier.requirements.filter(section__module=3).first()
    document = dossiers.document(dossier, by=lead)
    _meet(requirement, document, lead)
    _meet(dossier.requirements.get(pk=requirement.pk), document, contributor, page=7)
    page = requirement_list(dossier, lead, Asked())
    assert [module.number for module in page.modules] == page.numbers
    (row,) = [
        row
        for module in page.modules
        for group in module.groups
        for row in group.rows
        if row.answer.requirement.pk == requirement.pk
    ]
    event = Event.objects.filter(code="dossiers.requirement_answered").latest("seq")
    assert (row.last.by, row.last.at) == ("Tomasz Wierzba", event.at)


def test_the_filters_narrow_by_state_module_words_and_trust(dossier, lead):
    requirement = dossier.requirements.filter(trust="K", section__module=3).first()
    _meet(requirement, dossiers.document(dossier, name="donors.pdf", by=lead), lead)
    assert _codes(requirement_list(dossier, lead, Asked(shown="answered"))) == [requirement.code]
    assert _codes(requirement_list(dossier, lead, Asked(q="donors.pdf"))) == [requirement.code]
    to_check = set(dossier.requirements.exclude(trust="V").values_list("code", flat=True))
    assert set(_codes(requirement_list(dossier, lead, Asked(shown="check")))) == to_check
    in_two = set(dossier.requirements.filter(section__module=2).values_list("code", flat=True))
    assert set(_codes(requirement_list(dossier, lead, Asked(module=2)))) == in_two
    assert _codes(requirement_list(dossier, lead, Asked(shown="open", q="donors.pdf"))) == []


def test_an_address_that_means_nothing_asks_for_all():
    assert Asked.of({"show": "x", "module": "9", "q": "  a   b "}) == Asked("", "a b", None)
    assert Asked.of({"show": "open", "module": "3", "q": "a b"}).query == "show=open&q=a+b&module=3"


def test_several_are_answered_after_a_preview_with_one_event_each(browser, dossier, lead):
    first, second, third = dossier.requirements.all()[:3]
    document = dossiers.document(dossier, by=lead)
    _meet(third, document, lead)
    url, client = reverse("dossiers:requirements_answer", args=[dossier.pk]), browser(lead)
    asked = {"row": [first.pk, second.pk, third.pk], "document": document.pk, "page": "3"}
    preview = client.get(url, asked)
    form = preview.context["form"]
    assert ([row.code for row in form.open_rows], [row.code for row in form.other_rows]) == (
        [first.code, second.code],
        [third.code],
    )
    assert "2 requirements" in preview.content.decode()
    assert dossier.requirements.filter(state="met").count() == 1
    sent = {
        "row": [first.pk, second.pk],
        "document": document.pk,
        "page": "3",
        f"edition-{first.pk}": 1,
        f"edition-{second.pk}": 1,
    }
    no_edition = {f"edition-{each.pk}": "9" * 5000 for each in (first, second)}
    assert client.post(url, {**sent, **no_edition}).status_code == 409
    response = client.post(url, sent)
    assert response.headers["Location"] == reverse("dossiers:requirement_list", args=[dossier.pk])
    assert list(dossier.requirements.filter(page=3).values_list("code", "state", "document")) == [
        (first.code, "met", document.pk),
        (second.code, "met", document.pk),
    ]
    events = Event.objects.filter(code="dossiers.requirement_answered").order_by("seq")
    assert [event.object_label for event in events] == [third.code, first.code, second.code]
    assert dossier.requirements.filter(state="open").count() == dossier.requirements.count() - 3


def test_what_was_answered_meanwhile_stops_the_whole(browser, dossier, lead, contributor):
    first, second = dossier.requirements.all()[:2]
    document = dossiers.document(dossier, by=lead)
    _meet(second, document, contributor, page=9)
    sent = {
        "row": [first.pk, second.pk],
        "document": document.pk,
        f"edition-{first.pk}": 1,
        f"edition-{second.pk}": 1,
    }
    response = browser(lead).post(reverse("dossiers:requirements_answer", args=[dossier.pk]), sent)
    assert response.status_code == 409
    assert "was answered after you opened the list. Nothing was changed." in response.content.decode()
    assert list(dossier.requirements.filter(state="met").values_list("code", "page")) == [(second.code, 9)]


def test_nothing_ticked_and_no_document_say_so(browser, dossier, lead):
    response = browser(lead).post(reverse("dossiers:requirements_answer", args=[dossier.pk]), {})
    assert response.context["form"].errors == {
        "row": ["Tick the open requirements that the document answers."],
        "document": ["Choose the document that answers them."],
    }


def test_a_document_or_row_of_another_dossier_is_not_taken(browser, dossier, lead, ostrava):
    foreign = dossiers.dossier(organisation=ostrava)
    sent = {"row": [foreign.requirements.first().pk], "document": dossiers.document(foreign).pk}
    response = browser(lead).post(reverse("dossiers:requirements_answer", args=[dossier.pk]), sent)
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"row", "document"})


def _cells(page, code):
    (row,) = [row for row in page.matrix.rows if row.answer.requirement.code == code]
    return {cell.section.number: cell.in_words for cell in row.cells if cell.text}


def test_the_matrix_shows_evidence_gaps_and_places_where_it_may_stand(dossier, lead):
    row = next(
        row
        for row in structure.requirement_rows()
        if len(row.sections) > 1 and dossier.requirements.filter(code=row.code).exists()
    )
    requirement = dossier.requirements.get(code=row.code)
    there = set(dossier.sections.filter(number__in=row.sections).values_list("number", flat=True))
    assert _cells(matrix_page(dossier, lead, Asked()), row.code) == {
        number: "missing" if number == requirement.section.number else "or here" for number in there
    }
    document = dossiers.document(dossier, "3.2.S.2.3", name="proof.pdf", by=lead)
    _meet(requirement, document, lead, page=4)
    assert _cells(matrix_page(dossier, lead, Asked()), row.code) == {"3.2.S.2.3": "proof.pdf, page 4"}
    requirement.refresh_from_db()
    requirements.answer(
        requirement, state="not_applicable", reason="No", edition=requirement.edition, by=lead
    )
    assert _cells(matrix_page(dossier, lead, Asked()), row.code) == {
        requirement.section.number: "does not apply"
    }


def test_the_authority_sees_the_matrix_as_it_was_filed(norvia, coordinator, browser):
    filed = dossiers.dossier_at(DossierStatus.FILED, norvia)
    page = browser(coordinator).get(reverse("dossiers:requirement_matrix", args=[filed.pk]))
    rows = page.context["page"].matrix.rows
    states = {row.answer.requirement.code: row.answer.state for row in rows}
    content = filed.filings.get().content["requirements"]
    assert states == {row["code"]: row["state"] for row in content}


@pytest.mark.parametrize("number", [1, 3])
def test_the_matrix_takes_the_same_queries_for_any_number(
    browser, dossier, lead, number, django_assert_num_queries
):
    for requirement in dossier.requirements.all()[:number]:
        _meet(requirement, dossiers.document(dossier, name=f"{requirement.code.lower()}.pdf", by=lead), lead)
    client = browser(lead)
    with django_assert_num_queries(15):
        client.get(reverse("dossiers:requirement_matrix", args=[dossier.pk]))


@pytest.mark.parametrize(
    ("asked", "words", "link"),
    [
        ("show=open", "see whether anything else stops filing", "/file/"),
        ("show=answered", "name the document and page that answer it", "?show=open"),
        ("show=open&q=zebra", "Take a word or the module out", "?"),
    ],
)
def test_an_empty_list_says_what_to_do_next(browser, lead, asked, words, link):
    dossier = dossiers.make_ready(dossiers.dossier(organisation=lead.organisation))
    for requirement in dossier.requirements.filter(state="open"):
        dossiers.requirements.answer(
            requirement, state="not_applicable", reason="None", edition=requirement.edition, by=lead
        )
    shown = (
        browser(lead)
        .get(f"{reverse('dossiers:requirement_list', args=[dossier.pk])}?{asked}")
        .content.decode()
    )
    empty = shown.partition('<div class="empty">')[2].partition("</div>")[0]
    assert (words in empty, f'{link}"' in empty) == (True, True)
