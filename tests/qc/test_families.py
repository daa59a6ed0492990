import csv
from decimal import Decimal

import pytest

from qc.families import FAMILIES, TEMPLATES, Kind, kind_of, template
from qc.statuses import Category, CriterionKind
from tests.factories import dossiers

pytestmark = pytest.mark.django_db


def rows():
    with TEMPLATES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_family_of_the_data_has_a_name_and_every_name_its_tests():
    assert {row["family"] for row in rows()} == set(FAMILIES)
    assert all(template(family) for family in FAMILIES)


def test_the_data_uses_only_attributes_and_criteria_that_are_known():
    assert {row["attribute_category"] for row in rows()} <= set(Category)
    assert {row["criterion_type"] for row in rows()} == set(CriterionKind)


def test_only_release_tests_become_lines():
    names = {line.name for line in template("cart_autologous")}
    assert "RCL: VSV-G sequence" in names
    assert "RCL by co-culture" not in names


def test_numbers_keep_the_decimals_they_were_written_with():
    by_name = {(line.name, line.method): line for line in template("cart_autologous")}
    endotoxin = by_name["Bacterial endotoxins", "Chromogenic LAL Ph. Eur. 2.6.14 / USP <85>"]
    assert (endotoxin.upper, endotoxin.decimals, endotoxin.is_strict) == (Decimal("0.5"), 1, False)
    assert by_name["Vector copies per transduced cell", "qPCR or ddPCR"].is_strict is True


def test_words_expected_stand_in_their_own_field():
    line = next(line for line in template("cart_autologous") if line.category == "identity_patient")
    assert (line.expected_text, line.unit) == ("all identifiers equal", "")


def test_the_or_rule_of_a_published_specification_becomes_alternatives():
    """QC-03, ARI-0001."""
    together = [line.name for line in template("cart_autologous") if line.alternative]
    assert together == [
        "NALM6 surviving fraction, E:T 1:1",
        "Difference in NALM6 survival CAR-T versus untransduced, E:T 4:1",
    ]


@pytest.mark.parametrize(
    ("name", "hours", "follows"),
    [
        ("Vector copies per transduced cell", 72, True),  # its source says so
        ("Sterility, compendial", 72, True),
        ("Sterility, compendial", 24 * 365, False),
        ("Gram stain", 72, False),
        ("Killing of CD19+ targets", 12, False),  # potency is never proposed to follow release
    ],
)
def test_what_a_template_proposes_to_follow_release(name, hours, follows):
    line = next(line for line in template("cart_autologous") if line.name == name)
    assert line.may_follow_release(hours) is follows


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("GTMP", Kind.CELLS),
        ("GTMP in vivo", Kind.VECTOR),
        ("sCTMP", Kind.CELLS),
        ("TEP", Kind.CELLS),
        ("combined-TEP", Kind.CELLS),
    ],
)
def test_what_a_product_is_made_of(norvia, outcome, kind):
    assert kind_of(dossiers.product(norvia, outcome=outcome)) is kind


@pytest.mark.parametrize(
    ("outcome", "answers", "kind"),
    [
        ("biological", {}, Kind.CONVENTIONAL),
        ("GTMP", {}, Kind.UNKNOWN),
        ("GTMP", {"viable_cells": "yes"}, Kind.CELLS),
        ("chemical", {}, Kind.UNKNOWN),
    ],
)
def test_what_a_product_is_made_of_by_its_answers(norvia, outcome, answers, kind):
    product = dossiers.product(norvia)
    product.is_autologous = None
    product.assessment.outcome, product.assessment.answers = outcome, answers
    assert kind_of(product) is kind
