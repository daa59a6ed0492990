import pytest
from django.urls import reverse

from accounts.roles import Role
from qc.forms import initial_of
from qc.models import Specification
from qc.statuses import SpecificationStatus
from tests.factories import dossiers, people, qc

pytestmark = pytest.mark.django_db


def url(name, specification, *args):
    return reverse(f"qc:{name}", args=[specification.pk, *args])


def signature(specification, by, password=people.PASSWORD):
    return {"password": password, "shown": qc.proof_on_specification(specification, by).shown_hash}


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_shows_own_versions_only(browser, norvia, ostrava, analyst):
    qc.specification_in_force(organisation=norvia, code="SPEC-MINE")
    qc.specification_in_force(organisation=ostrava, code="SPEC-FOREIGN")
    page = text(browser(analyst).get(reverse("qc:specification_list")))
    assert "SPEC-MINE" in page
    assert "SPEC-FOREIGN" not in page
    assert 'href="/quality/specifications/new/"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(browser, norvia, analyst, count, django_assert_num_queries):
    for _ in range(count):
        qc.specification_in_force(organisation=norvia)
    client = browser(analyst)
    client.get(reverse("qc:specification_list"))
    with django_assert_num_queries(6):
        client.get(reverse("qc:specification_list"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_tests(
    browser, norvia, analyst, count, django_assert_num_queries
):
    drafted = qc.draft(organisation=norvia, lines=tuple(qc.line(name=f"Test {i}") for i in range(count)))
    client = browser(analyst)
    client.get(drafted.get_absolute_url())
    with django_assert_num_queries(11):
        client.get(drafted.get_absolute_url())


def test_an_empty_list_says_what_comes_here(browser, analyst, lead):
    page = text(browser(analyst).get(reverse("qc:specification_list")))
    assert "A lot is judged against the specification in force for its product." in page
    page = text(browser(lead).get(reverse("qc:specification_list")))
    assert "A QC analyst or quality assurance drafts a specification." in page
    assert 'href="/quality/specifications/new/"' not in page


FOREIGN = [
    ("get", "specification", {}),
    ("get", "specification_trail", {}),
    ("get", "specification_edit", {}),
    ("post", "specification_edit", {"shelf_life_hours": "1", "edition": "1"}),
    ("post", "specification_revise", {}),
    ("post", "specification_withdraw", {}),
    ("post", "specification_approve", {"password": people.PASSWORD, "shown": "x"}),
    ("get", "test_new", {}),
    ("post", "test_take_over", {}),
    ("post", "test_remove", {}),
]


@pytest.mark.parametrize(("method", "name", "data"), FOREIGN)
@pytest.mark.parametrize("who", ["other", "coordinator", "administrator"])
def test_the_specification_of_another_sponsor_does_not_exist(
    browser, norvia, ostrava, who, method, name, data, request
):
    drafted = qc.draft(organisation=norvia)
    person = (
        people.person("Petra Svobodová", ostrava, Role.QUALITY_ASSURANCE)
        if who == "other"
        else request.getfixturevalue(who)
    )
    response = getattr(browser(person), method)(url(name, drafted), data)
    assert response.status_code == 404
    assert drafted.code not in text(response)


def test_a_line_of_another_draft_does_not_exist(browser, norvia, analyst):
    mine, other = qc.draft(organisation=norvia), qc.draft(organisation=norvia)
    response = browser(analyst).get(url("test_edit", mine, other.tests.first().pk))
    assert response.status_code == 404


def test_a_draft_from_a_template_is_shown_with_sources_and_cautions(browser, norvia, analyst):
    product = dossiers.product(norvia)
    response = browser(analyst).post(
        reverse("qc:specification_new"),
        {
            "product": product.pk,
            "code": "SPEC-1",
            "family": "monoclonal_antibody",
            "shelf_life_hours": "72",
            "storage": "2 to 8 °C",
        },
        follow=True,
    )
    page = text(response)
    assert "SPEC-1 version 1 is drafted." in page
    assert "Template, not taken over" in page
    assert "Read in the source: PDA J TblII highwire/11281 (late-stage DS example)" in page
    assert "Typical value, to be checked: Ph. Eur. 2.2.59" in page
    assert "Tests of another family" in page


def test_a_mistake_keeps_what_was_typed(browser, norvia, analyst):
    response = browser(analyst).post(
        reverse("qc:specification_new"), {"code": "SPEC-KEPT", "shelf_life_hours": "-1"}
    )
    assert response.status_code == 422
    assert 'value="SPEC-KEPT"' in text(response)
    assert not Specification.objects.exists()


def test_others_see_why_they_cannot_draft(browser, lead):
    response = browser(lead).get(reverse("qc:specification_new"))
    assert response.status_code == 409
    assert "A QC analyst or quality assurance drafts a specification." in text(response)


def test_shelf_life_is_changed_and_a_stale_form_is_shown_both_ways(browser, norvia, analyst):
    drafted = qc.draft(organisation=norvia)
    client = browser(analyst)
    assert 'value="72"' in text(client.get(url("specification_edit", drafted)))
    response = client.post(
        url("specification_edit", drafted), {"shelf_life_hours": "48", "storage": "", "edition": "1"}
    )
    assert response.status_code == 302
    response = client.post(
        url("specification_edit", drafted), {"shelf_life_hours": "24", "storage": "", "edition": "1"}
    )
    assert response.status_code == 409
    page = text(response)
    assert "Changed while you were writing" in page
    assert '<td data-l="Saved now">48</td><td data-l="You typed">24</td>' in page
    assert 'name="edition" value="2"' in page
    drafted.refresh_from_db()
    assert drafted.shelf_life_hours == 48


def test_a_line_is_added_changed_and_taken_over(browser, norvia, analyst):
    drafted = qc.draft(organisation=norvia, lines=(), family="til")
    client = browser(analyst)
    test = drafted.tests.first()
    assert "This limit is ours" in text(client.get(url("test_edit", drafted, test.pk)))
    data = {**initial_of(test), "method": "SOP-QC-014", "take_over": "on"}
    assert client.post(url("test_edit", drafted, test.pk), data).status_code == 302
    test.refresh_from_db()
    assert (test.method, test.is_template, test.edition) == ("SOP-QC-014", False, 2)
    stale = client.post(url("test_edit", drafted, test.pk), {**data, "method": "SOP-QC-015"})
    assert stale.status_code == 409
    assert "SOP-QC-015" in text(stale)
    half = client.post(url("test_edit", drafted, test.pk), {**data, "edition": "2", "name": ""})
    assert half.status_code == 422
    second = drafted.tests.all()[1]
    client.post(url("test_edit", drafted, second.pk), {**initial_of(second), "take_over": "on"})
    second.refresh_from_db()
    assert second.is_template is False
    assert client.get(url("test_new", drafted)).status_code == 200
    wrong = client.post(url("test_new", drafted), {"name": "Half a line"})
    assert wrong.status_code == 422
    assert 'value="Half a line"' in text(wrong)
    data = {**initial_of(test), "name": "Appearance", "edition": ""}
    assert client.post(url("test_new", drafted), data).status_code == 302
    assert drafted.tests.get(name="Appearance").position == drafted.tests.count()


@pytest.mark.parametrize("name", ["specification_edit", "test_new"])
def test_a_specification_in_force_has_no_forms(browser, norvia, analyst, name):
    specification = qc.specification_in_force(organisation=norvia)
    response = browser(analyst).get(url(name, specification))
    assert response.status_code == 409
    assert "draft a new version to change it." in text(response)


def test_ticked_lines_are_taken_over_or_removed(browser, norvia, analyst):
    drafted = qc.draft(organisation=norvia, lines=(), family="til")
    client = browser(analyst)
    first, second, *_ = [str(test.pk) for test in drafted.tests.all()]
    count = drafted.tests.count()
    page = text(client.post(url("test_take_over", drafted), {"tests": [first, second]}, follow=True))
    assert "2 limits taken over." in page
    assert drafted.tests.filter(is_template=False).count() == 2
    page = text(client.post(url("test_remove", drafted), {"tests": [first]}, follow=True))
    assert "1 line removed; the trail keeps what they said." in page
    assert drafted.tests.count() == count - 1


@pytest.mark.parametrize("name", ["test_take_over", "test_remove"])
def test_without_ticks_nothing_happens(browser, norvia, analyst, name):
    drafted = qc.draft(organisation=norvia)
    response = browser(analyst).post(url(name, drafted), {})
    assert response.status_code == 422
    assert "Tick the lines first." in text(response)


def test_approval_is_signed_on_the_page(browser, norvia, quality):
    drafted = qc.draft(organisation=norvia, code="SPEC-1")
    client = browser(quality)
    assert "Signs as Katarzyna Nowak" in text(client.get(drafted.get_absolute_url()))
    wrong = client.post(url("specification_approve", drafted), signature(drafted, quality, "wrong"))
    assert wrong.status_code == 422
    assert "This is not your password. Nothing was signed." in text(wrong)
    right = client.post(url("specification_approve", drafted), signature(drafted, quality), follow=True)
    assert "SPEC-1 version 1 is in force." in text(right)
    assert "I approve SPEC-1 version 1." in text(right)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("analyst", "Quality assurance or a Qualified Person approves a specification."),
        ("lead", "Quality assurance or a Qualified Person approves a specification."),
    ],
)
def test_others_read_why_they_cannot_approve(browser, norvia, who, reason, request):
    drafted = qc.draft(organisation=norvia)
    person = request.getfixturevalue(who)
    client = browser(person)
    assert reason in text(client.get(drafted.get_absolute_url()))
    assert client.post(url("specification_approve", drafted), signature(drafted, person)).status_code == 409
    drafted.refresh_from_db()
    assert drafted.is_draft


def test_a_new_version_is_drafted_and_withdrawn_from_the_page(browser, norvia, analyst):
    specification = qc.specification_in_force(organisation=norvia, code="SPEC-1")
    client = browser(analyst)
    page = text(client.post(url("specification_revise", specification), follow=True))
    assert "SPEC-1 version 2 is drafted as a copy." in page
    newer = Specification.objects.get(version=2)
    page = text(client.post(url("specification_withdraw", newer), follow=True))
    assert "The draft SPEC-1 version 2 is withdrawn." in page
    newer.refresh_from_db()
    assert newer.status == SpecificationStatus.WITHDRAWN


def test_the_whole_trail_is_there_to_read(browser, norvia, reader):
    drafted = qc.draft(organisation=norvia)
    page = text(browser(reader).get(url("specification_trail", drafted)))
    assert "Specification drafted" in page
    assert "Test added: Sterility" in page
