import pytest
from django.contrib.auth.models import AnonymousUser
from django_htmx.middleware import HtmxDetails

from accounts.models import Notice
from atmp_portal.context_processors import portal


@pytest.fixture
def seen(rf):
    def context(user, path="/", **headers):
        request = rf.get(path, headers=headers)
        request.user, request.htmx = user, HtmxDetails(request)
        return portal(request)

    return context


@pytest.mark.parametrize(
    ("person", "links"),
    [
        ("lead", ["Home", "Candidates", "Products", "Dossiers", "Lots", "Reports"]),
        ("reader", ["Home", "Candidates", "Products", "Dossiers", "Lots", "Reports"]),
        ("qualified_person", ["Home", "Products", "Specifications", "Lots", "Dossiers", "Reports"]),
        ("reviewer", ["Home", "Reviews", "Dossiers", "Precedents", "Reports"]),
        ("coordinator", ["Home", "Dossiers", "Reviews", "Precedents", "Reports"]),
        ("administrator", ["Home", "Administration"]),
    ],
)
def test_each_role_has_its_own_way_around(request, seen, person, links):
    assert [link.label for link in seen(request.getfixturevalue(person))["nav"]] == links


def test_who_has_no_place_can_only_go_home(seen, lead):
    lead.memberships.update(ended_at=lead.joined_at)
    assert [link.label for link in seen(lead)["nav"]] == ["Home"]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["Home"]), ("/dossiers/x/", ["Dossiers"]), ("/help/", [])],
)
def test_the_link_of_the_present_page_is_marked(seen, lead, path, current):
    assert [link.label for link in seen(lead, path)["nav"] if link.is_current] == current


def test_a_guest_has_no_way_around_and_no_inbox(seen):
    context = seen(AnonymousUser())
    assert "nav" not in context
    assert "inbox_count" not in context
    assert context["layout"] == "base.html"


def test_htmx_gets_the_bare_layout_unless_it_restores_a_page(seen):
    guest = AnonymousUser()
    assert seen(guest, **{"HX-Request": "true"})["layout"] == "_bare.html"
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert seen(guest, **restored)["layout"] == "base.html"


def test_the_inbox_is_counted_when_it_is_shown_and_once(seen, lead, contributor, django_assert_num_queries):
    for person in (lead, lead, contributor):
        Notice.objects.create(person=person, subject="News", text="", path="/")
    lead.role  # noqa: B018  # the membership is fetched once for a request
    with django_assert_num_queries(0):
        context = seen(lead)
    with django_assert_num_queries(1):
        assert (context["inbox_count"](), context["inbox_count"]()) == (2, 2)
