"""Two people at one section: notes that save themselves, a choice where both wrote, the tree by keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.test_every_page import look

DENDROVA = "H0006404"


def dossier_of(page: Page) -> str:
    """Find the draft dossier in the list; return where its sections are."""
    page.goto(f"/search/?q={DENDROVA}")
    link = page.get_by_role("main").get_by_role("link", name=DENDROVA).first
    return f"{link.get_attribute('href')}sections/"


def test_notes_save_themselves_and_never_over_those_of_a_colleague(people):
    ines, tomasz = people.page("Ines Halvorsen"), people.page("Tomasz Wierzba")
    section = f"{dossier_of(ines)}2.4/"
    ines.goto(section)
    ines.get_by_role("link", name=re.compile("Write the first note|Change the notes")).click()
    ines.get_by_label("Text", exact=True).fill("The species is reasoned in chapter 3.")
    expect(ines.locator("#notes-state")).to_contain_text(re.compile(r"Saved \d\d:\d\d .*version 1"))

    tomasz.goto(section)
    expect(tomasz.locator("#notes")).to_contain_text("The species is reasoned in chapter 3.")
    expect(tomasz.locator("#notes")).to_contain_text("I. Halvorsen is editing since")
    tomasz.get_by_role("link", name="Change the notes").click()
    tomasz.get_by_label("Text", exact=True).fill("Chapter 3 is not enough.")
    expect(tomasz.locator("#notes-state")).to_contain_text("version 2")

    ines.get_by_label("Text", exact=True).fill("Chapter 3, second table.")
    choice = ines.locator("#notes-state")
    expect(choice).to_contain_text("Changed after you opened it")
    expect(choice).to_contain_text("Chapter 3 is not enough.")
    expect(ines.get_by_label("Text", exact=True)).to_have_value("Chapter 3, second table.")
    ines.get_by_role("button", name="Save mine instead").click()
    expect(choice).to_contain_text("version 3")
    tomasz.goto(section)
    expect(tomasz.locator("#notes")).to_contain_text("Chapter 3, second table.")


def test_a_tab_that_is_closed_loses_nothing_of_the_notes(people):
    page = people.login("Ines Halvorsen")
    section = f"{dossier_of(page)}2.5/"
    page.goto(f"{section}notes/")
    page.get_by_label("Text", exact=True).press_sequentially("Dose finding comes first.")
    page.close(run_before_unload=True)
    again = people.page("Ines Halvorsen")
    again.goto(section)
    expect(again.locator("#notes")).to_contain_text("Dose finding comes first.")


def test_the_tree_is_walked_by_keyboard(people):
    page = people.page("Ines Halvorsen")
    page.goto(f"{dossier_of(page)}3.2.S.2.3/")
    page.locator(".tree a[aria-current]").focus()
    focused = page.locator(":focus b")
    for key, label in (
        ("ArrowDown", "S.2.4"), ("ArrowUp", "S.2.3"), ("ArrowLeft", "S.2"), ("ArrowLeft", "S.2"),
        ("ArrowDown", "S.3"), ("ArrowRight", "S.3"), ("ArrowRight", "S.3.1"), ("Home", "1"), ("End", "5"),
        ("q", "3"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(focused).to_have_text(label)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("3 ")
    expect(page.locator(".tree a.n[tabindex='0']")).to_have_count(1)


def test_a_second_substance_stands_beside_the_first(people):
    page = people.page("Ines Halvorsen")
    start = dossier_of(page)
    page.goto(f"{start}3.2.S/")
    page.get_by_role("link", name="Say what it is of").click()
    page.get_by_label("Active substance").fill("Dendritic cells")
    page.get_by_label("Manufacturer").fill("Norvia")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Add another one").click()
    page.get_by_label("Active substance").fill("Tumour lysate")
    page.get_by_label("Manufacturer").fill("Norvia")
    page.get_by_role("button", name="Add the section").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "3.2.S-2 Drug substance: Tumour lysate, Norvia"
    )
    found = []
    for path in (
        "3.2.S-2/",
        "3.2.S-2.2.3/",
        "3.2.S/",
        "3.2.S/repeat/",
        "3.2.S-2/name/",
        "2.4/",
        "2.4/notes/",
    ):
        for width in (1440, 390):
            person = people.page("Ines Halvorsen", width=width)
            found += look(people, person, start + path, "workspace", width)
    assert found == []
    page.goto(f"{start}3.2.S-2/")
    page.get_by_role("button", name="Take this one out").click()
    expect(page.locator(".tree")).not_to_contain_text("Tumour lysate")


def test_the_authority_sees_sections_without_notes(people):
    page = people.page("Sofia Marques")
    page.goto("/dossiers/")
    page.locator("main tbody th a").first.click()
    page.get_by_role("link", name="Sections").click()
    path = page.url.removeprefix(people.site.url)
    assert look(people, page, path, "workspace as reviewer", 1440) == []
    narrow = people.page("Sofia Marques", width=390)
    assert look(people, narrow, path, "workspace as reviewer", 390) == []
    expect(page.get_by_text("Notes between us")).to_have_count(0)
    assert people.problems == []
