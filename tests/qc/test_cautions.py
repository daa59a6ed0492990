"""What a person should look at in a specification before approving it, and once the claim has changed."""

from decimal import Decimal

import pytest

from accounts.roles import Role
from audit.models import Event, Signature
from classification.models import Assessment, Mechanism
from qc import actions
from qc.cautions import cautions_about
from qc.models import Specification
from qc.statuses import Category
from tests.factories import dossiers, qc

pytestmark = pytest.mark.django_db


def cautions(drafted):
    return [(c.title, c.text) for c in cautions_about(drafted, list(drafted.tests.all()))]


def complete(*also):
    names = (
        "identity_patient",
        "identity_cell_type",
        "viability",
        "dose",
        "impurity_process",
        "potency",
        "mycoplasma",
        "sterility",
        "endotoxin",
        "identity_genetic_modification",
        "vector_copy_number",
        *also,
    )
    lines = (qc.line(category=name, name=Category(name).label) for name in names)
    return tuple(
        line | {"mechanism": Mechanism.KILLS_TARGETS if line["category"] == Category.POTENCY else ""}
        for line in lines
    )


def test_a_complete_specification_raises_no_caution(norvia):
    assert cautions(qc.draft(organisation=norvia, lines=complete())) == []


def test_tests_of_an_antibody_do_not_belong_on_living_cells(norvia):
    """QC-06."""
    drafted = qc.draft(organisation=norvia, lines=complete("glycosylation", "aggregates", "charge_variants"))
    assert cautions(drafted) == [
        (
            "Tests of another family",
            "Glycosylation, Aggregates and Charge variants: not tests of a product of living cells.",
        )
    ]


def test_tests_of_living_cells_do_not_belong_on_an_antibody(norvia):
    drafted = qc.draft(organisation=norvia, lines=complete()[2:3])
    drafted.product.assessment.outcome, drafted.product.is_autologous = "biological", None
    assert cautions(drafted) == [
        ("Tests of another family", "Viability: not a test of a conventional biological."),
        (
            "Missing for this class",
            (
                "For a conventional biological one expects: identity of the structure, purity, aggregates, "
                "glycosylation, potency (a functional test of the claim: kills target cells), sterility and "
                "endotoxin."
            ),
        ),
    ]


def test_what_is_missing_for_an_autologous_cell_product(norvia):
    lines = tuple(
        line for line in complete() if line["category"] not in {"viability", "potency", "identity_patient"}
    )
    assert cautions(qc.draft(organisation=norvia, lines=lines)) == [
        (
            "Missing for this class",
            (
                "For an autologous product of living cells one expects: identity of the patient, viability "
                "and potency (a functional test of the claim: kills target cells)."
            ),
        )
    ]


def test_a_test_that_outlasts_the_product_is_named(norvia):
    lines = (*complete(), qc.line(name="Slow potency", turnaround_hours=Decimal(96)))
    assert cautions(qc.draft(organisation=norvia, lines=lines)) == [
        (
            "Known only after the shelf life",
            (
                "Slow potency (4 d): the product lives 72 h. No lot can be released in time unless the "
                "result may follow release."
            ),
        )
    ]


def test_a_lonely_alternative_is_named(norvia):
    lines = (*complete(), qc.line(name="Killing", alternative="A"))
    assert cautions(qc.draft(organisation=norvia, lines=lines)) == [
        (
            "An alternative without its counterpart",
            "Killing: no other line carries the same letter, so it counts alone.",
        )
    ]


def potency(*tests):
    """A complete specification whose potency tests name these mechanisms."""
    lines = tuple(line for line in complete() if line["category"] != Category.POTENCY)
    return lines + tuple(
        qc.line(category=Category.POTENCY, name=name, mechanism=mechanism) for name, mechanism in tests
    )


def claiming(norvia, mechanism, *tests):
    """A draft with these potency tests, of a product that is claimed to do this."""
    drafted = qc.draft(organisation=norvia, lines=potency(*tests))
    Assessment.objects.filter(pk=drafted.product.assessment_id).update(code="NV-201", mechanism=mechanism)
    return Specification.objects.get(pk=drafted.pk)


class TestClaim:
    def test_one_potency_test_of_the_claim_is_enough(self, norvia):
        tests = ("Release of IFN-γ", Mechanism.PRIMES_IMMUNITY), ("Killing", Mechanism.KILLS_TARGETS)
        assert cautions(claiming(norvia, Mechanism.KILLS_TARGETS, *tests)) == []

    def test_a_potency_test_that_says_nothing_shows_nothing(self, norvia):
        drafted = claiming(norvia, Mechanism.KILLS_TARGETS, ("Release of IFN-γ", ""))
        assert cautions(drafted) == [
            (
                "No potency test for the claimed mechanism",
                "NV-201 claims: kills target cells. No potency test says that it tests this.",
            )
        ]

    def test_a_potency_test_of_something_else_is_named(self, norvia):
        drafted = claiming(norvia, Mechanism.KILLS_TARGETS, ("Matrix", Mechanism.FORMS_TISSUE), ("ATP", ""))
        assert cautions(drafted) == [
            (
                "Potency of another mechanism than the classification claims",
                "Matrix tests: forms new tissue. NV-201 claims: kills target cells.",
            )
        ]

    def test_a_classification_without_a_claim_is_named(self, norvia):
        drafted = claiming(norvia, "", ("Killing", Mechanism.KILLS_TARGETS))
        assert [(caution[0], caution[1].partition(" does ")[2]) for caution in cautions(drafted)] == [
            (
                "The classification claims no mechanism",
                (
                    f"not say what {drafted.product} does, so nothing tells what potency must show. Killing "
                    "tests: kills target cells."
                ),
            )
        ]

    def test_only_lines_of_potency_count(self, norvia):
        lines = (*potency(("ATP", "")), qc.line(name="Killing", mechanism=Mechanism.KILLS_TARGETS))
        drafted = qc.draft(organisation=norvia, lines=lines)
        assert [title for title, _ in cautions(drafted)] == ["No potency test for the claimed mechanism"]


class TestInForce:
    @pytest.fixture
    def in_force(self, norvia):
        return qc.specification_in_force(organisation=norvia, lines=complete())

    def test_it_is_quiet_while_it_tests_the_claim(self, in_force):
        assert cautions(in_force) == []

    def test_a_reclassification_that_changes_the_claim_makes_it_say_so(self, browser, analyst, in_force):
        newer = dossiers.reclassified(in_force.product, "GTMP", mechanism=Mechanism.REBUILDS_BLOOD)
        page = browser(analyst).get(in_force.get_absolute_url())
        assert [(caution.title, caution.text) for caution in page.context["page"].cautions] == [
            (
                "Potency of another mechanism than the classification claims",
                f"Potency tests: kills target cells. {newer} claims: rebuilds the blood system.",
            )
        ]
        text = page.content.decode()
        assert "<strong>Rebuilds the blood system</strong>" in text
        assert f"{newer.code} version 2, signed" in text
        assert newer.get_absolute_url() not in text

    def test_nothing_else_is_said_of_what_is_signed(self, norvia):
        lines = (qc.line(category=Category.GLYCOSYLATION, name="Glycans"), *potency(("Killing", "")))
        approved = qc.specification_in_force(organisation=norvia, lines=lines)
        assert [title for title, _ in cautions(approved)] == ["No potency test for the claimed mechanism"]

    def test_a_specification_without_a_potency_test_says_so(self, norvia):
        approved = qc.specification_in_force(organisation=norvia)
        assert cautions(approved) == [
            (
                "No potency test for the claimed mechanism",
                (
                    f"{approved.product.assessment} claims: kills target cells. The specification has no "
                    "potency test."
                ),
            )
        ]

    def test_where_neither_names_a_mechanism_nothing_differs(self, norvia):
        approved = qc.specification_in_force(organisation=norvia, lines=potency(("Killing", "")))
        Assessment.objects.filter(pk=approved.product.assessment_id).update(mechanism="")
        assert cautions(Specification.objects.get(pk=approved.pk)) == []

    @pytest.mark.parametrize("status", ["superseded", "withdrawn"])
    def test_what_is_out_of_force_says_nothing(self, norvia, status):
        assert cautions(qc.specification_at(status, organisation=norvia)) == []


class TestLine:
    def test_a_potency_test_keeps_its_mechanism_in_the_trail_and_under_the_signature(self, norvia):
        approved = qc.specification_in_force(organisation=norvia, lines=potency(("Killing", "kills_targets")))
        (test,) = approved.tests.filter(category=Category.POTENCY)
        assert test.mechanism == Mechanism.KILLS_TARGETS
        signed = Signature.objects.get(object_id=approved.pk).shown["tests"][-1]
        assert (signed["name"], signed["mechanism"]) == ("Killing", "Kills target cells")
        (added,) = Event.objects.filter(object_id=test.pk, code="qc.test_added")
        assert added.data["mechanism"] == "Kills target cells"

    def test_the_next_version_has_it_too(self, norvia):
        approved = qc.specification_in_force(organisation=norvia, lines=complete())
        by = qc.colleague(approved.organisation, Role.QC_ANALYST)
        newer = actions.revise_specification(approved, by=by)
        assert newer.tests.get(category=Category.POTENCY).mechanism == Mechanism.KILLS_TARGETS
