import pytest
from django.urls import reverse

from dossiers.actions import reviews as taking_in
from dossiers.models import Dossier, Section
from dossiers.queries.differences import AnswerChange, SectionChange, difference
from tests.factories import dossiers as make


@pytest.fixture
def twice(lead, coordinator):
    """A dossier filed twice: the cover letter replaced, a form added, an answer changed, sections too."""
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    dossier = taking_in.send_back(dossier, why="Wrong form", by=coordinator)
    cover = dossier.documents.get(section__number="1.0")
    make.documents.add_version(cover, make.uploads.check(make.upload(), "1.0"), note="", by=lead)
    make.document(dossier, "1.2", name="annex.pdf", by=lead)
    requirement = dossier.requirements.get(code="CR-01")
    make.requirements.answer(
        requirement, state="met", document=cover, page=1, edition=requirement.edition, by=lead
    )
    Section.objects.filter(dossier=dossier, number="1.2").update(title="Form of another name")
    make.file(Dossier.objects.with_product().get(pk=dossier.pk), by=lead)
    return dossier


def url(dossier, **query):
    return reverse("dossiers:filing_compare", args=[dossier.pk], query=query)


def test_the_last_two_are_compared_unless_others_are_chosen(browser, lead, coordinator, twice):
    first, second = twice.filings.all()
    requirement = twice.requirements.get(code="CR-01")
    for person in (lead, coordinator):
        page = browser(person).get(url(twice)).context["page"]
        assert (page.earlier, page.later) == (first, second)
        assert page.difference.counts == [
            ("New", 1), ("Replaced", 1), ("Appended", 0), ("Deleted", 0), ("Unchanged", 1),
        ]  # fmt: skip
        changed = {change.file_name: change for change in page.difference.changed}
        assert {name: change.word for name, change in changed.items()} == {
            "10.pdf": "Replaced",
            "annex.pdf": "New",
        }
        versions = (changed["10.pdf"].earlier["version"], changed["10.pdf"].later["version"])
        assert versions == (1, 2)
        assert page.difference.answers == [
            AnswerChange("CR-01", requirement.text, "Does not apply: Not for this product", "10.pdf, page 1")
        ]
        assert page.difference.sections == [SectionChange("1.2", twice_title(first), "Form of another name")]


def twice_title(filing):
    return next(row["title"] for row in filing.content["sections"] if row["number"] == "1.2")


def test_the_other_way_round_what_is_new_is_deleted(browser, lead, twice):
    first, second = twice.filings.all()
    page = browser(lead).get(url(twice, **{"from": second.pk, "to": first.pk})).context["page"]
    assert dict(page.difference.counts) == {
        "New": 0, "Replaced": 1, "Appended": 0, "Deleted": 1, "Unchanged": 1,
    }  # fmt: skip


def test_one_filing_has_nothing_to_be_compared_with(browser, lead):
    dossier = make.dossier_at("filed", lead.organisation, procedure="classification")
    response = browser(lead).get(url(dossier))
    assert response.context["page"].difference is None
    assert b"There are not two filings yet." in response.content


def test_a_filing_of_another_dossier_is_not_compared(browser, lead, other_lead, twice):
    theirs = make.dossier_at("filed", other_lead.organisation, procedure="classification")
    foreign = theirs.filings.get()
    assert browser(lead).get(url(twice, **{"from": foreign.pk})).status_code == 404
    assert browser(other_lead).get(url(twice)).status_code == 404


def test_content_without_keys_is_compared_by_place(twice):
    first, second = twice.filings.all()
    older = {
        **first.content,
        "documents": [
            {name: value for name, value in row.items() if name != "document"}
            for row in first.content["documents"]
        ],
    }
    older.pop("sections")
    found = difference(older, second.content)
    assert (dict(found.counts)["Replaced"], dict(found.counts)["Deleted"], found.sections) == (1, 0, [])
