from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers.actions import owners
from dossiers.models import Dossier
from dossiers.models.dossiers import today_at_the_site
from dossiers.queries.my_sections import sections_to_fill
from dossiers.queries.owners import owners_of
from tests.factories import dossiers


@pytest.fixture
def dossier(norvia, lead) -> Dossier:
    return dossiers.dossier(organisation=norvia, by=lead)


def _owners(dossier, user):
    found = owners_of(dossier, user)
    return {
        section.number: (found[section.pk].person.full_name, found[section.pk].is_own)
        for section in dossier.sections.all()
        if section.pk in found
    }


def test_an_owner_holds_for_all_below_but_not_where_another_is_named(dossier, lead, contributor):
    owners.own(dossier.sections.get(number="3.2.S"), owner=lead, by=lead)
    owners.own(dossier.sections.get(number="3.2.S.2"), owner=contributor, by=lead)
    found = _owners(dossier, lead)
    assert found["3.2.S"] == ("Ines Halvorsen", True)
    assert found["3.2.S.1"] == ("Ines Halvorsen", False)
    assert found["3.2.S.2.3"] == ("Tomasz Wierzba", False)
    assert "3.2.P" not in found


def test_a_whole_module_is_given_at_once_and_the_owners_below_go(dossier, lead, contributor):
    owners.own(dossier.sections.get(number="3.2.S"), owner=lead, by=lead)
    module = dossier.sections.get(module=3, depth=0)
    owners.own(module, owner=contributor, is_for_all_below=True, by=lead)
    found = _owners(dossier, lead)
    assert set(found) == set(dossier.sections.filter(module=3).values_list("number", flat=True))
    assert found["3.2.S"] == ("Tomasz Wierzba", False)
    sentences = Event.objects.filter(code="dossiers.section_owned").values_list("sentence", flat=True)
    assert list(sentences) == [
        "3.2.S owned by Ines Halvorsen",
        f"{module.number} owned by Tomasz Wierzba",
        "3.2.S has no owner of its own",
    ]


def test_the_owners_of_the_whole_tree_take_one_query_beside_its_sections(
    dossier, lead, django_assert_num_queries
):
    owners.own(dossier.sections.get(number="3.2.S"), owner=lead, by=lead)
    owners.own(dossier.sections.get(number="3.2.P"), owner=lead, by=lead)
    sections = list(dossier.sections.all())
    with django_assert_num_queries(1):
        owners_of(dossier, lead, sections)


def test_the_form_sets_the_owner_and_the_trail_keeps_old_and_new(browser, dossier, lead, contributor):
    section = dossier.sections.get(number="3.2.S.2.3")
    url = reverse("dossiers:section_owner", args=[dossier.pk, section.number])
    response = browser(lead).post(url, {"owner": contributor.pk, "due_on": "2031-01-05"})
    assert response.headers["Location"] == section.get_absolute_url()
    event = Event.objects.get(code="dossiers.section_owned")
    assert event.data == {
        "owner": {"old": "", "new": "Tomasz Wierzba"},
        "due_on": {"old": None, "new": "2031-01-05"},
    }
    assert contributor.notices.get().subject == f"{dossier}: 3.2.S.2.3 is yours"
    browser(lead).post(url, {"owner": contributor.pk, "due_on": "2031-01-05"})
    assert Event.objects.filter(code="dossiers.section_owned").count() == 1


def test_a_day_needs_an_owner(browser, dossier, lead):
    url = reverse("dossiers:section_owner", args=[dossier.pk, "3.2.S"])
    response = browser(lead).post(url, {"due_on": "2031-01-05"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"owner": ["Choose who sees to it by that day."]}


def test_somebody_who_only_reads_owns_no_section(dossier, lead, reader, other_lead):
    section = dossier.sections.get(number="3.2.S")
    for person in (reader, other_lead):
        with pytest.raises(Refused, match="does not write in this dossier"):
            owners.own(section, owner=person, by=lead)
    with pytest.raises(Refused, match="Only those who write in the dossier"):
        owners.own(section, owner=lead, by=reader)


def test_the_authority_does_not_learn_who_owns_a_section(dossier, lead, coordinator):
    owners.own(dossier.sections.get(number="3.2.S"), owner=lead, by=lead)
    assert owners_of(dossier, coordinator) == {}


def test_ones_sections_say_what_is_missing_below_them_less_what_others_own(dossier, lead, contributor):
    module = dossier.sections.get(module=3, depth=0)
    inner = dossier.sections.get(number="3.2.S")
    owners.own(module, owner=lead, by=lead)
    open_ones = dossier.requirements.filter(section__module=3).count()
    (mine,) = sections_to_fill(lead)
    assert (mine.section, mine.requirements) == (module, open_ones)
    owners.own(inner, owner=contributor, by=lead)
    theirs = dossier.requirements.filter(section__number__startswith="3.2.S").count()
    assert [(each.section, each.requirements) for each in sections_to_fill(contributor)] == [(inner, theirs)]
    assert sections_to_fill(lead)[0].requirements == open_ones - theirs
    missing = sections_to_fill(contributor)[0].documents
    expected = dossier.sections.filter(number__startswith="3.2.S", is_expected=True)
    assert missing == expected.count()
    dossiers.document(dossier, expected.first().number, by=lead)
    assert sum(each.documents for each in sections_to_fill(contributor)) == missing - 1


def test_nothing_waits_in_a_dossier_that_cannot_be_changed(norvia, lead):
    filed = dossiers.dossier_at("filed", norvia)
    owners.own(filed.sections.get(module=3, depth=0), owner=lead, by=lead)
    assert sections_to_fill(lead) == []


@pytest.mark.parametrize("number", [1, 3])
def test_my_sections_take_the_same_queries_for_any_number(norvia, lead, number, django_assert_num_queries):
    for _ in range(number):
        made = dossiers.dossier(organisation=norvia, by=lead)
        for place in ("3.2.S", "3.2.P"):
            day = today_at_the_site() + timedelta(days=3)
            owners.own(made.sections.get(number=place), owner=lead, due_on=day, by=lead)
    lead = type(lead).objects.get(pk=lead.pk)
    assert lead.role_line
    with django_assert_num_queries(5):
        assert len(sections_to_fill(lead)) == 2 * number
