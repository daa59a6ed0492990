"""The wizard on a phone with scripts switched off: answered, left, changed from the check page, read."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Site

ANSWERS: dict[str, list[str]] = {
    "is_medicine": ["yes"],
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": ["yes"],
    "process_steps": ["expansion", "cryopreservation"],
    "same_location": ["no"],
    "same_function": ["no"],
    "claimed_action": ["both"],
    "integral_device": ["unknown"],
    "source": ["allogeneic"],
    "hospital_custom_made": ["no"],
    "sme": ["yes"],
}


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=site.url, java_script_enabled=False
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("ines.halvorsen@norvia.example")
    page.get_by_label("Password").fill("norvia-demo-2026")
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def choose(page: Page, value: str) -> None:
    page.locator(f".choice:has(input[value={value}]) label").click()


def answer(page: Page, button: str = "Save and continue") -> str:
    """Answer the question on the page; returns its exchange name."""
    key = page.url.partition("?")[0].rstrip("/").rpartition("/")[2]
    for value in ANSWERS[key]:
        choose(page, value)
    page.get_by_role("button", name=button).click()
    return key


def test_it_is_walked_left_resumed_and_changed(phone: Page) -> None:
    phone.goto("/candidates/new/")
    phone.get_by_label("Code", exact=True).fill("NV-PHONE")
    phone.get_by_label("Short name of the active substance").fill("Expanded stromal cells")
    phone.get_by_label("Proposed indication").fill("Heart failure")
    phone.locator("main form button[type=submit]").click()
    put = [answer(phone), answer(phone), answer(phone, "Save and leave")]
    assert phone.locator("h1").inner_text() == "No verdict yet"
    phone.get_by_role("link", name="Go on with the questions").click()
    while "/questions/" in phone.url:
        put.append(answer(phone))
    assert put == list(ANSWERS)
    assert phone.locator("h1").inner_text() == "Check your answers"

    phone.locator('a[href*="/claimed_action/"]').click()
    assert phone.locator("input:checked").get_attribute("value") == "both"
    choose(phone, "pim")
    phone.get_by_role("button", name="Save and continue").click()
    assert phone.locator("h1").inner_text() == "Check your answers"

    phone.get_by_role("link", name="See the verdict").click()
    assert phone.locator("h1").inner_text() == "Undetermined"
    assert phone.locator("#way-list").is_visible()
    assert not phone.locator("svg.way").is_visible()
    phone.get_by_role("link", name="Is a device fixed to the product").click()
    choose(phone, "no")
    phone.get_by_role("button", name="Save and continue").click()
    phone.get_by_role("link", name="See the verdict").click()
    assert phone.locator("h1").inner_text() == "Somatic cell therapy medicinal product"
