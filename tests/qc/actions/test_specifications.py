from decimal import Decimal

import pytest

from accounts.models import Notice
from accounts.roles import Role
from audit import signing
from audit.models import Event
from audit.refusals import Refused, Stale
from audit.signing import Proof
from qc import actions
from qc.models import Specification, SpecificationTest
from qc.statuses import LotStatus, SpecificationStatus
from tests.factories import dossiers, people, qc

pytestmark = pytest.mark.django_db


def told(specification):
    return [(e.code, e.actor_name) for e in Event.objects.about(specification).order_by("seq")]


def test_a_draft_from_a_template_marks_every_limit(norvia, analyst):
    product = dossiers.product(norvia)
    drafted = actions.draft_specification(
        product, code="SPEC-1", shelf_life_hours=72, family="cart_autologous", by=analyst
    )
    assert (drafted.version, drafted.status, drafted.created_by) == (1, SpecificationStatus.DRAFT, analyst)
    tests = list(drafted.tests.all())
    assert {test.is_template for test in tests} == {True}
    assert [test.position for test in tests] == list(range(1, len(tests) + 1))
    beads = drafted.tests.get(name="Residual CD3/CD28 magnetic beads")
    assert (beads.limit_in_words, beads.unit, beads.source) == (
        "< 100",
        "beads/3e6 cells",
        "V:PMC12456031 Tbl2 (hu-CD19 CAR-T) (strict <)",
    )
    event = Event.objects.get(code="qc.specification_drafted")
    assert event.data == {"template": "cart_autologous", "tests": len(tests)}
    assert event.audience == "sponsor"


def test_a_draft_without_a_template_is_empty(norvia, analyst):
    drafted = actions.draft_specification(
        dossiers.product(norvia), code="SPEC-1", shelf_life_hours=72, by=analyst
    )
    assert drafted.tests.count() == 0


def test_a_code_names_one_specification(norvia, analyst):
    drafted = qc.draft(organisation=norvia, code="SPEC-1")
    with pytest.raises(Refused) as refused:
        actions.draft_specification(drafted.product, code="SPEC-1", shelf_life_hours=72, by=analyst)
    assert refused.value.reason == (
        "There is a specification SPEC-1 already; draft a new version on its page."
    )
    assert Specification.objects.count() == 1


def test_two_sponsors_may_use_the_same_code(norvia, ostrava):
    qc.draft(organisation=norvia, code="SPEC-1")
    qc.draft(organisation=ostrava, code="SPEC-1")
    assert Specification.objects.filter(code="SPEC-1").count() == 2


@pytest.mark.parametrize("who", ["lead", "reader", "qualified_person", "coordinator"])
def test_others_do_not_draft(norvia, who, request):
    product = dossiers.product(norvia)
    with pytest.raises(Refused, match=r"A QC analyst or quality assurance drafts a specification\."):
        actions.draft_specification(product, code="S", shelf_life_hours=72, by=request.getfixturevalue(who))


def test_nobody_drafts_for_the_product_of_another_sponsor(ostrava, analyst):
    product = dossiers.product(ostrava)
    with pytest.raises(Refused, match=r"drafted by the sponsor of the product\."):
        actions.draft_specification(product, code="S", shelf_life_hours=72, by=analyst)


def test_a_line_added_by_the_sponsor_is_the_sponsors_own(norvia, analyst):
    drafted = qc.draft(organisation=norvia, lines=())
    test = actions.add_test(drafted, qc.line(), by=analyst)
    assert (test.position, test.is_template) == (1, False)
    second = actions.add_test(drafted, qc.line(name="Second"), by=analyst)
    assert second.position == 2
    event = Event.objects.filter(code="qc.test_added").latest("seq")
    assert (event.sentence, event.root_id) == ("Test added: Second", drafted.pk)
    assert event.data["criterion"] == "≥ 80"


def test_a_changed_line_keeps_old_and_new_in_the_trail(norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    test = drafted.tests.get(name="Viability")
    changed = actions.change_test(test, {"lower": Decimal(70)}, edition=1, by=analyst)
    assert (changed.limit_in_words, changed.edition) == ("≥ 70", 2)
    event = Event.objects.get(code="qc.test_changed")
    assert event.data == {"lower": {"old": "80.000000", "new": "70"}}


def test_saving_a_line_unchanged_leaves_no_trace(norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    test = drafted.tests.get(name="Viability")
    before = told(drafted)
    actions.change_test(test, {"lower": Decimal(80)}, edition=1, by=analyst)
    assert told(drafted) == before
    assert SpecificationTest.objects.get(pk=test.pk).edition == 1


def test_a_stale_line_is_not_overwritten(norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    test = drafted.tests.get(name="Viability")
    actions.change_test(test, {"lower": Decimal(70)}, edition=1, by=analyst)
    with pytest.raises(Stale) as stale:
        actions.change_test(test, {"lower": Decimal(60)}, edition=1, by=analyst)
    assert stale.value.reason == "Viability was changed after you opened it. Nothing was overwritten."
    assert SpecificationTest.objects.get(pk=test.pk).lower == 70


def test_taking_a_limit_over_makes_it_the_sponsors(norvia, analyst):
    drafted = qc.draft(organisation=norvia, lines=(), family="til")
    test = drafted.tests.first()
    taken = actions.change_test(test, {"method": "SOP-QC-014"}, edition=1, by=analyst, is_taken_over=True)
    assert (taken.is_template, taken.method) == (False, "SOP-QC-014")
    codes = [code for code, _ in told(drafted)]
    assert codes == ["qc.specification_drafted", "qc.test_changed", "qc.limit_taken_over"]


def test_taking_over_twice_is_told_once(norvia, analyst):
    drafted = qc.draft(organisation=norvia, lines=(), family="til")
    tests = list(drafted.tests.all()[:2])
    assert actions.take_over_limits(drafted, tests, by=analyst) == 2
    assert actions.take_over_limits(drafted, tests, by=analyst) == 0
    assert Event.objects.filter(code="qc.limit_taken_over").count() == 2
    first = Event.objects.filter(code="qc.limit_taken_over").first()
    assert first.sentence == f"Limit taken over: {tests[0]}, all identifiers equal"


def test_a_removed_line_stays_in_the_trail(norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    test = drafted.tests.get(name="Viability")
    assert actions.remove_tests(drafted, [test], by=analyst) == 1
    assert [t.name for t in drafted.tests.all()] == ["Vector copies", "Sterility"]
    event = Event.objects.get(code="qc.test_removed")
    assert (event.sentence, event.data["criterion"]) == ("Test removed: Viability", "≥ 80")


def test_lines_of_another_draft_are_neither_taken_over_nor_removed(norvia, analyst):
    mine, other = qc.draft(organisation=norvia), qc.draft(organisation=norvia)
    test = other.tests.first()
    assert actions.remove_tests(mine, [test], by=analyst) == 0
    assert actions.take_over_limits(mine, [test], by=analyst) == 0
    assert other.tests.count() == 3


@pytest.mark.parametrize(
    "act",
    [
        lambda s, by: actions.add_test(s, qc.line(), by=by),
        lambda s, by: actions.change_test(s.tests.first(), {"unit": "x"}, edition=1, by=by),
        lambda s, by: actions.remove_tests(s, s.tests.all(), by=by),
        lambda s, by: actions.take_over_limits(s, s.tests.all(), by=by),
        lambda s, by: actions.change_specification(
            s, {"shelf_life_hours": 1, "storage": ""}, edition=1, by=by
        ),
    ],
)
def test_a_specification_in_force_never_changes(norvia, analyst, act):
    specification = qc.specification_in_force(organisation=norvia, code="SPEC-1")
    with pytest.raises(Refused) as refused:
        act(specification, analyst)
    assert refused.value.reason == "SPEC-1 version 1 is in force; draft a new version to change it."


def test_shelf_life_of_a_draft_changes_with_its_trace(norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    changed = actions.change_specification(
        drafted, {"shelf_life_hours": 48, "storage": "2 to 8 °C"}, edition=1, by=analyst
    )
    assert (changed.shelf_life_hours, changed.edition) == (48, 2)
    assert Event.objects.get(code="qc.specification_changed").data == {
        "shelf_life_hours": {"old": 72, "new": 48}
    }
    with pytest.raises(Stale):
        actions.change_specification(drafted, {"shelf_life_hours": 24, "storage": ""}, edition=1, by=analyst)
    same = {"shelf_life_hours": 48, "storage": "2 to 8 °C"}
    actions.change_specification(drafted, same, edition=2, by=analyst)
    assert Event.objects.filter(code="qc.specification_changed").count() == 1


def test_approval_brings_into_force_by_signature(norvia, analyst, quality, qualified_person):
    drafted = qc.draft(organisation=norvia, code="SPEC-1")
    approved = actions.approve_specification(
        drafted, by=qualified_person, proof=qc.proof_on_specification(drafted, qualified_person)
    )
    assert approved.status == SpecificationStatus.EFFECTIVE
    assert approved.approved_by == qualified_person
    assert approved.effective_from == approved.approved_at
    (signature,) = signing.signatures_on(approved)
    assert (signature.actor_name, signature.meaning) == ("Aoife Brennan", "approved")
    assert signature.statement == (
        f"I approve SPEC-1 version 1. Lots of {drafted.product} registered from now on are judged against it."
    )
    assert [line["criterion"] for line in signature.shown["tests"]] == ["≥ 80", "< 5", "absent"]
    assert set(Notice.objects.values_list("person__full_name", "subject")) == {
        ("Milan Dvořák", "SPEC-1 version 1 is in force"),
        ("Katarzyna Nowak", "SPEC-1 version 1 is in force"),
    }


def test_the_next_version_supersedes_and_lots_keep_theirs(norvia, analyst, quality):
    first = qc.specification_in_force(organisation=norvia, code="SPEC-1")
    lot = qc.lot(first)
    second = actions.revise_specification(first, by=analyst)
    assert (second.version, second.tests.count()) == (2, 3)
    assert Specification.objects.get(pk=first.pk).status == SpecificationStatus.EFFECTIVE
    actions.approve_specification(second, by=quality, proof=qc.proof_on_specification(second, quality))
    first.refresh_from_db()
    lot.refresh_from_db()
    assert first.status == SpecificationStatus.SUPERSEDED
    assert lot.specification == first
    superseded = Event.objects.get(code="qc.specification_superseded")
    assert superseded.why == "SPEC-1 version 2 is in force"
    assert qc.lot(second).specification == second


def test_another_code_for_the_same_product_supersedes_as_well(norvia):
    first = qc.specification_in_force(organisation=norvia)
    second = qc.specification_in_force(first.product)
    assert list(Specification.objects.in_force()) == [second]


def test_one_draft_at_a_time(norvia, analyst):
    first = qc.specification_in_force(organisation=norvia, code="SPEC-1")
    actions.revise_specification(first, by=analyst)
    with pytest.raises(Refused, match=r"SPEC-1 version 2 is already a draft; change that one\."):
        actions.revise_specification(first, by=analyst)


def test_a_withdrawn_draft_gives_its_number_up_for_good(norvia, analyst):
    first = qc.specification_in_force(organisation=norvia, code="SPEC-1")
    second = actions.revise_specification(first, by=analyst)
    withdrawn = actions.withdraw_specification(second, by=analyst)
    assert withdrawn.status == SpecificationStatus.WITHDRAWN
    assert actions.revise_specification(first, by=analyst).version == 3


def test_an_approval_of_content_that_changed_is_not_signed(norvia, analyst, quality):
    drafted = qc.draft(organisation=norvia)
    proof = qc.proof_on_specification(drafted, quality)
    actions.change_test(drafted.tests.get(name="Viability"), {"lower": Decimal(60)}, edition=1, by=analyst)
    with pytest.raises(Stale, match="The record changed after you opened it"):
        actions.approve_specification(drafted, by=quality, proof=proof)
    assert Specification.objects.get(pk=drafted.pk).is_draft
    assert signing.signatures_on(drafted) == []


def test_whoever_wrote_a_line_does_not_approve(norvia, quality):
    drafted = qc.draft(organisation=norvia)
    actions.add_test(drafted, qc.line(name="Appearance"), by=quality)
    proof = qc.proof_on_specification(drafted, quality)
    with pytest.raises(Refused, match=r"You wrote part of this specification; another person approves it\."):
        actions.approve_specification(drafted, by=quality, proof=proof)
    second = people.person("Jun Sato", norvia, Role.QUALITY_ASSURANCE)
    approved = actions.approve_specification(
        drafted, by=second, proof=qc.proof_on_specification(drafted, second)
    )
    assert approved.approved_by == second


@pytest.mark.parametrize(
    ("lines", "family", "reason"),
    [
        ((), "", "The specification has no tests."),
        ((), "til", "16 limits come from a template and nobody has taken them over."),
    ],
)
def test_what_cannot_be_approved(norvia, quality, lines, family, reason):
    drafted = qc.draft(organisation=norvia, lines=lines, family=family)
    count = drafted.tests.count()
    with pytest.raises(Refused) as refused:
        actions.approve_specification(drafted, by=quality, proof=qc.proof_on_specification(drafted, quality))
    assert refused.value.reason == reason.replace("16", str(count))


def test_one_limit_of_a_template_is_enough_to_stop_the_approval(norvia, analyst, quality):
    drafted = qc.draft(organisation=norvia, lines=(), family="til")
    actions.take_over_limits(drafted, list(drafted.tests.all())[1:], by=analyst)
    with pytest.raises(Refused, match=r"1 limit comes from a template and nobody has taken it over\."):
        actions.approve_specification(drafted, by=quality, proof=qc.proof_on_specification(drafted, quality))


def test_a_proof_of_somebody_else_signs_nothing(norvia, quality, qualified_person):
    drafted = qc.draft(organisation=norvia)
    shown = qc.proof_on_specification(drafted, quality).shown_hash
    with pytest.raises(Refused, match="the person whose password was entered"):
        actions.approve_specification(drafted, by=quality, proof=Proof(qualified_person.pk, shown))
    assert Specification.objects.get(pk=drafted.pk).is_draft


def test_a_lot_of_a_superseded_specification_is_still_certified_against_it(norvia):
    first = qc.specification_in_force(organisation=norvia)
    lot = qc.lot_at(LotStatus.UNDER_REVIEW, first)
    qc.specification_in_force(first.product)
    assert qc.certify_initially(lot).specification == first
