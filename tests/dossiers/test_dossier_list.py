from urllib.parse import urlencode

import pytest
from django.urls import reverse

from dossiers.models import Assignment, Dossier
from dossiers.queries.words import parse
from tests.factories import dossiers as make

LIST = reverse("dossiers:dossier_list")


def _found(client, **asked):
    page = client.get(f"{LIST}?{urlencode(asked)}").context["page"]
    return [row.dossier.product.name for row in page.rows]


@pytest.fixture
def three(norvia, ostrava):
    make.make_ready(make.dossier(make.product(norvia, outcome="TEP", name="Dermaquil")))
    make.file(Dossier.objects.get(product__name="Dermaquil"))
    make.dossier(make.product(norvia, outcome="combined-TEP", name="Chondrafix"), procedure="certification")
    make.dossier(make.product(ostrava, outcome="GTMP", name="Nortagen"))
    make.make_ready(Dossier.objects.get(product__name="Nortagen"))
    make.file(Dossier.objects.get(product__name="Nortagen"))


def test_each_side_sees_its_own(browser, three, lead, other_lead, coordinator, reviewer):
    assert _found(browser(lead)) == ["Chondrafix", "Dermaquil"]
    assert _found(browser(other_lead)) == ["Nortagen"]
    assert _found(browser(coordinator)) == ["Nortagen", "Dermaquil"]
    assert _found(browser(reviewer)) == []


def test_a_reviewer_sees_what_they_are_assigned_to(browser, three, coordinator, reviewer):
    dossier = Dossier.objects.get(product__name="Nortagen")
    duty = Assignment.objects.create(dossier=dossier, reviewer=reviewer, duty="lead", assigned_by=coordinator)
    page = browser(reviewer).get(LIST).context["page"]
    assert [(row.dossier, row.lead) for row in page.rows] == [(dossier, "Sofia Marques")]
    assert (page.total, page.page_obj.paginator.count) == (1, 1)
    duty.ended_at, duty.ended_by = duty.assigned_at, coordinator
    duty.save()
    assert _found(browser(reviewer)) == []


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("", ["Nortagen", "Dermaquil"]),
        ("state:filed", ["Nortagen", "Dermaquil"]),
        ("state:in-review", []),
        ("class:tep", ["Dermaquil"]),
        ("class:combined", []),
        ("procedure:maa sponsor:ostrava", ["Nortagen"]),
        ('sponsor:"Ostrava Cell"', ["Nortagen"]),
        ("product:derma", ["Dermaquil"]),
        ("H0006401", ["Dermaquil"]),
        ("lead:marques", ["Nortagen"]),
        ("lead:okafor", []),
        ("nortagen autoleucel", ["Nortagen", "Dermaquil"]),
        ("colour:red", ["Nortagen", "Dermaquil"]),
    ],
)
def test_words_narrow_the_list(browser, three, coordinator, reviewer, q, names):
    dossier = Dossier.objects.get(product__name="Nortagen")
    Assignment.objects.create(dossier=dossier, reviewer=reviewer, duty="lead", assigned_by=coordinator)
    assert _found(browser(coordinator), q=q) == names


def test_the_class_of_combined_products_is_a_word(browser, three, lead):
    assert _found(browser(lead), q="class:combined") == ["Chondrafix"]
    assert _found(browser(lead), q="class:combined-tep state:draft") == ["Chondrafix"]


def test_each_word_says_what_the_field_is_without_it():
    filtering = parse('state:in-review class:combined-TEP colour:red "two words"')
    assert [(word.label, word.shown, word.without) for word in filtering.words] == [
        ("state is", "in review", 'class:combined-TEP colour:red "two words"'),
        ("class is", "Combined TEP", 'state:in-review colour:red "two words"'),
        ("contains", "two words", "state:in-review class:combined-TEP colour:red"),
    ]
    assert filtering.unknown == ("colour",)
    assert filtering.unknown_words == "colour:."


def test_views_count_what_the_person_may_see(browser, three, lead, coordinator):
    ours = browser(lead).get(LIST).context["page"].views
    assert [(view.label, view.count) for view in ours] == [
        ("All", 2), ("Drafts", 1), ("Filed", 1), ("Sent back", 0), ("In review", 0),
        ("Clock stopped", 0), ("Concluded", 0),
    ]  # fmt: skip
    page = browser(coordinator).get(f"{LIST}?q=state:filed").context["page"]
    assert [(view.label, view.count, view.is_current) for view in page.views][:2] == [
        ("All", 2, False),
        ("To validate", 2, True),
    ]


@pytest.mark.parametrize(
    ("sort", "names", "order"),
    [
        ("product", ["Dermaquil", "Nortagen"], "ascending"),
        ("-product", ["Nortagen", "Dermaquil"], "descending"),
        ("sponsor", ["Dermaquil", "Nortagen"], "ascending"),
        ("nonsense", ["Nortagen", "Dermaquil"], None),
        ("changed", ["Nortagen", "Dermaquil"], None),
        ("-changed", ["Nortagen", "Dermaquil"], None),
    ],
)
def test_heads_sort_and_say_so(browser, three, coordinator, sort, names, order):
    response = browser(coordinator).get(LIST, {"sort": sort})
    page = response.context["page"]
    assert [row.dossier.product.name for row in page.rows] == names
    assert [c.order for c in page.columns if c.order] == ([order] if order else [])
    assert (f'aria-sort="{order}"' in response.content.decode()) == (order is not None)


def test_the_sponsor_has_no_column_of_sponsors(browser, three, lead, coordinator):
    ours, theirs = (browser(person).get(LIST).context["page"].columns for person in (lead, coordinator))
    assert "Sponsor" not in [column.label for column in ours]
    assert "Sponsor" in [column.label for column in theirs]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(browser, lead, number, django_assert_num_queries):
    for _ in range(number):
        make.dossier(organisation=lead.organisation)
    client = browser(lead)
    with django_assert_num_queries(10):
        client.get(LIST)


def test_a_field_full_of_words_is_read_to_the_tenth():
    assert [word.value for word in parse("a " * 9 + "tenth eleventh").words] == ["a"] * 9 + ["tenth"]
