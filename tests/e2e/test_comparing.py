"""Two versions of a document beside each other: drawn as pages, and as words where no script runs."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_every_page import look


def compared(page: Page) -> str:
    """Find a document with two versions in the demo; return where they stand page beside page."""
    page.goto("/search/?q=Nortagen")
    dossier = page.get_by_role("main").locator("a[href^='/dossiers/']").first.get_attribute("href")
    page.goto(f"{dossier}documents/")
    link = page.locator("a[href*='/compare/?from=']").first
    return f"{link.get_attribute('href')}&view=pages"


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_two_versions_are_drawn_beside_each_other(people, width):
    page = people.page("Ines Halvorsen", width=width)
    address = compared(page)
    page.goto(address)
    pair = page.locator(".compared").first
    expect(pair.locator(".compared-sheet[data-drawn=''] canvas")).to_have_count(2)
    left, right = (sheet.bounding_box() for sheet in pair.locator("canvas").all())
    is_stacked = right["y"] >= left["y"] + left["height"]
    assert is_stacked == (width == 390)
    assert look(people, page, address, "comparing", width) == []


def test_without_scripts_the_words_of_both_versions_stand_there(people):
    ines = people.page("Ines Halvorsen")
    address = compared(ines)
    context = people.browser.new_context(
        storage_state=ines.context.storage_state(), base_url=people.site.url, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".compared-text").first).to_be_visible()
    assert page.locator(".compared-text").first.inner_text().strip() != ""
    context.close()
