import pytest
from django.urls import reverse

from dossiers.actions import owners
from tests.factories import dossiers as make


def _page(client, dossier, number="3.2.S.2.3", **asked):
    return client.get(reverse("dossiers:section", args=[dossier.pk, number]), asked).context["page"]


def _labels(nodes):
    return [(node.label, _labels(node.children)) if node.children else node.label for node in nodes]


@pytest.fixture
def dossier(lead):
    return make.dossier(organisation=lead.organisation, procedure="classification")


def test_the_tree_counts_answers_in_and_below_each_section(browser, lead, dossier):
    requirement = dossier.requirements.get(code="CR-01")
    make.requirements.answer(
        requirement, state="not_applicable", reason="None", edition=requirement.edition, by=lead
    )
    tree = _page(browser(lead), dossier, "1.2").tree
    root = tree.roots[0]
    assert (root.label, root.met, root.total, root.is_lacking, root.is_open) == ("1", 1, 7, True, True)
    assert [(node.label, node.met, node.total, node.is_current) for node in root.children] == [
        ("1.0", 0, 0, False),
        ("1.2", 1, 7, True),
    ]


def test_the_tree_opens_the_way_to_the_section(browser, lead):
    dossier = make.dossier(organisation=lead.organisation)
    page = _page(browser(lead), dossier)
    opened = [node.section.number for node in _walk(page.tree.roots) if node.is_open]
    assert opened == ["3", "3.2", "3.2.S", "3.2.S.2", "3.2.S.2.3"]
    assert [section.number for section in page.line] == ["3", "3.2", "3.2.S", "3.2.S.2"]


def _walk(nodes):
    for node in nodes:
        yield node
        yield from _walk(node.children)


def test_only_what_is_missing_is_left_when_asked(browser, lead, dossier):
    make.document(dossier, "1.0")
    page = _page(browser(lead), dossier, "1.0", missing="1")
    assert _labels(page.tree.roots) == [("1", ["1.2"])]
    make.make_ready(dossier)
    for requirement in dossier.requirements.filter(state="open"):
        make.requirements.answer(
            requirement, state="not_applicable", reason="None", edition=requirement.edition, by=lead
        )
    assert _page(browser(lead), dossier, "1.0", missing="1").tree.roots == []


def test_a_section_is_found_by_words_of_its_number_and_title(browser, lead):
    dossier = make.dossier(organisation=lead.organisation)
    tree = _page(browser(lead), dossier, q="control materials").tree
    assert _labels(tree.roots) == [("3", [("3.2", [("3.2.S", [("S.2", ["S.2.3"])])])])]
    assert tree.asked == "?q=control+materials"
    assert _page(browser(lead), dossier, q="nothing like it").tree.roots == []


def test_a_section_shows_what_is_expected_until_it_is_there(browser, lead, dossier):
    assert _page(browser(lead), dossier, "1.0").lacks_document
    make.document(dossier, "1.0")
    assert not _page(browser(lead), dossier, "1.0").lacks_document


def test_readers_get_no_form_and_writers_do(browser, lead, contributor, reader, dossier):
    url = reverse("dossiers:section", args=[dossier.pk, "1.0"])
    forms = {person: browser(person).get(url).context["form"] for person in (lead, contributor, reader)}
    assert [forms[lead] is None, forms[contributor] is None, forms[reader] is None] == [False, False, True]


def test_the_authority_reads_the_answers_as_they_were_filed(browser, lead, coordinator, dossier):
    make.make_ready(dossier)
    make.file(dossier)
    dossier.refresh_from_db()
    type(dossier).objects.filter(pk=dossier.pk).update(status="returned")
    requirement = dossier.requirements.get(code="CR-01")
    draft = make.document(dossier, "1.2", name="secret-draft.pdf")
    make.requirements.answer(requirement, state="met", document=draft, edition=requirement.edition, by=lead)
    theirs = browser(coordinator).get(reverse("dossiers:section", args=[dossier.pk, "1.2"]))
    ours = browser(lead).get(reverse("dossiers:section", args=[dossier.pk, "1.2"]))
    assert b"secret-draft" in ours.content
    assert b"secret-draft" not in theirs.content
    seen = {answer.requirement.code: answer.state for answer in theirs.context["page"].answers}
    assert seen["CR-01"] == "not_applicable"
    for name in ("requirement_list", "document_list", "dossier"):
        page = browser(coordinator).get(reverse(f"dossiers:{name}", args=[dossier.pk]))
        assert b"secret-draft" not in page.content
        assert page.context["page"].plate.tabs[3].count == 2
    answer_page = reverse("dossiers:requirement_answer", args=[dossier.pk, requirement.pk])
    assert b"secret-draft" not in browser(coordinator).get(answer_page).content


def test_a_section_that_does_not_exist_is_not_found(browser, lead, dossier):
    assert browser(lead).get(reverse("dossiers:section", args=[dossier.pk, "9.9"])).status_code == 404


def test_the_tab_leads_to_the_first_section_that_holds_documents(browser, lead, dossier):
    response = browser(lead).get(reverse("dossiers:section_first", args=[dossier.pk]))
    assert response.headers["Location"] == reverse("dossiers:section", args=[dossier.pk, "1.0"])


@pytest.mark.parametrize("number", [1, 3])
def test_a_section_takes_the_same_queries_for_any_number(browser, lead, number, django_assert_num_queries):
    dossier = make.dossier(organisation=lead.organisation)
    for _ in range(number):
        make.document(dossier)
    client = browser(lead)
    with django_assert_num_queries(31):
        client.get(reverse("dossiers:section", args=[dossier.pk, "3.2.S.2.3"]))


def test_the_tree_and_the_page_say_who_owns_a_section(browser, lead, contributor, reader):
    dossier = make.dossier(organisation=lead.organisation)
    owners.own(dossier.sections.get(number="3.2.S"), owner=contributor, by=lead)
    for person in (lead, reader):
        answer = browser(person).get(reverse("dossiers:section", args=[dossier.pk, "3.2.S.2.3"]))
        nodes = {node.section.number: node for node in _walk(answer.context["page"].tree.roots)}
        assert nodes["3.2.S"].why.endswith("owner Tomasz Wierzba")
        assert nodes["3.2.S.2.3"].why.endswith("owner Tomasz Wierzba")
        assert "owner" not in nodes["3.2.P"].why
        shown = answer.content.decode()
        assert shown.count('<span class="initials" aria-hidden="true">TW</span>') == 1
        assert "Owner: <strong>Tomasz Wierzba</strong>, from 3.2.S" in shown
        change = reverse("dossiers:section_owner", args=[dossier.pk, "3.2.S.2.3"])
        assert (f'href="{change}"' in shown) is (person is lead)
    only_found = _page(browser(lead), dossier, "1.0", q="drug substance").tree
    assert {node.owner.initials for node in _walk(only_found.roots) if node.owner} == {"TW"}


def test_a_section_without_an_owner_asks_those_who_may_to_name_one(browser, lead, reader, dossier):
    url = reverse("dossiers:section", args=[dossier.pk, "1.0"])
    assert "No owner" in browser(lead).get(url).content.decode()
    assert "No owner" not in browser(reader).get(url).content.decode()


def test_the_authority_sees_no_owners_of_sections(browser, lead, contributor, coordinator):
    dossier = make.dossier_at("filed", lead.organisation)
    owners.own(dossier.sections.get(number="3.2.S"), owner=contributor, by=lead)
    shown = browser(coordinator).get(reverse("dossiers:section", args=[dossier.pk, "3.2.S.2.3"])).content
    assert (b"Wierzba" in shown, b"initials" in shown, b"No owner" in shown) == (False, False, False)


def test_an_empty_section_and_an_empty_list_say_what_to_do_next(browser, lead, reader, coordinator):
    dossier = make.dossier(organisation=lead.organisation)
    section, listed = (
        dossier.sections.get(number="3.2.S.1.1"),
        reverse("dossiers:document_list", args=[dossier.pk]),
    )
    add = reverse("dossiers:documents_add", args=[dossier.pk])
    for person, of_section, of_list in (
        (lead, 'href="#add"', f'href="{add}">Add documents</a></p>'),
        (reader, "The regulatory lead and the contributors add them", "Go to the sections"),
    ):
        assert of_section in _empty(browser(person).get(section.get_absolute_url()))
        assert of_list in _empty(browser(person).get(listed))
    filed = make.dossier_at("filed", lead.organisation).sections.get(number="3.2.S.1.1")
    theirs = _empty(browser(coordinator).get(filed.get_absolute_url()))
    assert "No document was filed in this section." in theirs


def _empty(answer):
    return answer.content.decode().partition('<div class="empty">')[2].partition("</div>")[0]


WHOLE_CONTENT = ', "dossiers_filing"."content",'


@pytest.mark.parametrize(("reads", "queries"), [("lead", 29), ("coordinator", 20)])
@pytest.mark.parametrize("number", [1, 3])
def test_a_filed_section_takes_the_same_queries_and_no_content_of_a_filing(
    browser, lead, coordinator, reads, queries, number, django_assert_num_queries
):
    dossier = make.dossier(organisation=lead.organisation)
    for _ in range(number):
        make.document(dossier)
    make.file(make.make_ready(dossier))
    client = browser({"lead": lead, "coordinator": coordinator}[reads])
    with django_assert_num_queries(queries) as asked:
        client.get(reverse("dossiers:section", args=[dossier.pk, "3.2.S.2.3"]))
    assert not [query for query in asked.captured_queries if WHOLE_CONTENT in query["sql"]]
