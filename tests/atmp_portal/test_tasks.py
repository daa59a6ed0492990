from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import inbox
from dossiers.actions import owners
from dossiers.models.dossiers import today_at_the_site
from tests.factories import dossiers

URL = reverse("task_list")


def _section(norvia, lead, *, number="3.2.S", days=None):
    made = dossiers.dossier(organisation=norvia, by=lead)
    due = None if days is None else today_at_the_site() + timedelta(days=days)
    owners.own(made.sections.get(number=number), owner=lead, due_on=due, by=lead)
    return made


def test_tasks_are_sorted_by_due_and_narrowed_by_kind_about_and_late(browser, norvia, lead):
    later, late = _section(norvia, lead, days=5), _section(norvia, lead, days=-2)
    sometime = _section(norvia, lead)
    client = browser(lead)

    def shown(**asked):
        page = client.get(URL, asked).context["page"]
        return [task.about for task in page.page_obj if task.kind == "section"]

    assert shown() == [str(late), str(later), str(sometime)]
    assert shown(late="1") == [str(late)]
    assert shown(about=str(later)) == [str(later)]
    assert shown(kind="notice") == []
    assert shown(kind="nonsense", about="nothing") == [str(late), str(later), str(sometime)]
    page = client.get(URL).context["page"]
    assert (page.total, page.late, page.in_words) == (3, 1, "3 open, 1 late")


def test_a_task_of_a_section_says_what_is_missing(browser, norvia, lead):
    made = _section(norvia, lead, number="3.2.S.2.3")
    task = next(task for task in browser(lead).get(URL).context["page"].page_obj if task.kind == "section")
    section = made.sections.get(number="3.2.S.2.3")
    number = made.requirements.filter(section=section).count()
    assert (task.what, task.url) == (f"Fill {section}", section.get_absolute_url())
    assert task.note.endswith(f"{number} requirements open")


def test_home_leads_to_all_tasks(browser, norvia, lead):
    _section(norvia, lead)
    assert f'href="{URL}">All tasks</a>' in browser(lead).get("/").content.decode()


def test_nobody_sees_the_tasks_of_another(browser, norvia, lead, contributor, other_lead):
    _section(norvia, lead, days=1)
    inbox.tell([lead], subject="Call me", text="Please.", path="/reports/", is_action_needed=True)
    for person in (contributor, other_lead):
        tasks = browser(person).get(URL).context["page"].page_obj
        assert [task for task in tasks if task.kind != "work"] == []


def test_without_tasks_the_page_says_so(browser, reader):
    shown = browser(reader).get(URL).content.decode()
    assert "Nothing waits for you." in shown
    assert f'<a href="{reverse("dossiers:dossier_list")}">See the dossiers</a>' in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    browser, norvia, lead, number, django_assert_num_queries
):
    for _ in range(number):
        _section(norvia, lead, days=1)
    client = browser(lead)
    with django_assert_num_queries(15):
        client.get(URL)
