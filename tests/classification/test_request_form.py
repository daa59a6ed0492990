import csv

import pytest

from classification import request_form
from classification.engine import KEYS
from classification.engine.citations import Trust
from classification.queries import prefill
from classification.queries.candidates import FIELD_WORDS
from classification.request_form import Entry, Kind, mark_of, tidy


def test_the_parts_stand_in_the_order_of_the_form():
    assert [(part.key, part.heading, len(part.fields)) for part in request_form.parts()] == [
        ("request", "Request", 8),
        ("summary", "Proposed public summary", 4),
        ("position", "Applicant's position", 2),
        ("substance", "1.1 Active substance", 10),
        ("product", "1.2 Finished product", 4),
        ("mechanism", "1.3 Mechanism of action and proposed use", 6),
        ("development", "1.4 Status of development", 3),
        ("law", "2 Legal and regulatory aspects", 13),
        ("administration", "Administrative sheet", 7),
    ]


def test_every_row_of_the_table_is_a_field_of_a_part():
    with request_form.DATA.open(encoding="utf-8", newline="") as file:
        keys = [row["key"] for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys)) == 57
    assert list(request_form.fields()) == keys


def test_the_whole_request_table_and_the_active_substance_are_mandatory():
    assert [field.key for field in request_form.fields().values() if field.is_mandatory] == [
        "applicant", "contact", "identifier", "descriptor", "finished_product", "proposed_indication",
        "proposed_class", "proposed_combination", "active_substance",
    ]  # fmt: skip


def test_every_field_has_a_source_with_version_date_and_mark():
    for field in request_form.fields().values():
        assert (field.citation.instrument, field.citation.checked) == (request_form.FORM, "2026-11")
        assert field.citation.article
        assert field.label
        assert field.help.endswith(".")


def test_what_was_not_compared_with_the_form_is_marked_so():
    marks = {
        part.key: {(field.citation.trust, "implied" in field.citation.article) for field in part.fields}
        for part in request_form.parts()
    }
    checked, implied, known = (Trust.VERIFIED, False), (Trust.RECALLED, True), (Trust.RECALLED, False)
    assert marks == {
        "request": {checked},
        "summary": {checked},
        "position": {checked},
        "substance": {checked, implied},
        "product": {known, implied},
        "mechanism": {known, implied},
        "development": {known},
        "law": {known},
        "administration": {known},
    }


def test_only_choices_have_something_to_choose_from():
    with_choices = {
        field.key: dict(field.choices) for field in request_form.fields().values() if field.choices
    }
    assert with_choices == {
        "proposed_class": {
            "none": "Not an advanced therapy",
            "gene": "Gene therapy medicinal product",
            "somatic": "Somatic cell therapy medicinal product",
            "tissue": "Tissue engineered product",
        },
        "proposed_combination": {"combined": "Combined", "single": "Not combined"},
        "use_kind": {
            "treat": "To treat",
            "prevent": "To prevent",
            "diagnose": "To diagnose",
            "several": "More than one of these",
        },
        "sme_status": {"yes": "Yes", "no": "No"},
    }
    assert request_form.fields()["sme_status"].kind is Kind.YES_NO


def test_a_field_says_where_it_is_filled_from_exactly_when_something_fills_it():
    assert {key for key, field in request_form.fields().items() if field.prefilled_from} == set(prefill.TEXTS)


def test_no_field_shares_its_key_with_an_answer_or_a_described_text():
    assert set(request_form.fields()).isdisjoint({*KEYS, *FIELD_WORDS})


def test_parts_are_found_and_followed():
    first, last = request_form.parts()[0], request_form.parts()[-1]
    assert request_form.part_of("request") is first
    assert request_form.part_of("nothing") is None
    assert request_form.part_after(first) is request_form.parts()[1]
    assert request_form.part_after(last) is None


@pytest.mark.parametrize("sent", ["a\r\nb\r\n", "  a\nb", "a\rb"])
def test_a_text_that_a_page_sends_back_has_the_same_mark(sent):
    assert mark_of(tidy(sent)) == mark_of("a\nb")
    assert not Entry(text=sent, shown=mark_of("a\nb"), prefilled="").is_touched
    assert Entry(text=f"{sent} c", shown=mark_of("a\nb"), prefilled="").is_touched
