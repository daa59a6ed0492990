"""What people do in more than one of the stories: sign, classify, make a dossier, ask for a report."""

import re
import time
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

ON_MEMBRANE = {
    "is_medicine": ["yes"],
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": ["yes"],
    "process_steps": ["enzymatic_dissociation", "expansion"],
    "same_location": ["yes"],
    "same_function": ["yes"],
    "claimed_action": ["regenerate"],
    "integral_device": ["yes"],
    "source": ["autologous"],
    "hospital_custom_made": ["no"],
    "sme": ["no"],
}
"""Cartilage cells of the patient on a membrane that goes on working: a combined product."""


def sign(page: Page, people, who: str, button: str) -> None:
    """Enter the password again and press the button that names the act."""
    page.get_by_label("Your password, again").fill(people.password(who))
    page.get_by_role("button", name=button).click()


def answer_questions(page: Page, answers: Mapping[str, list[str]]) -> int:
    """Answer one question a page until the answers are to be checked; return how many pages it took."""
    pages = 0
    while key := re.search(r"/questions/(\w+)/", page.url):
        for value in answers[key[1]]:
            page.locator(f"input[name=answer][value={value}]").check(force=True)
        before = page.url
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(lambda url, before=before: url != before)
        pages += 1
    return pages


def classify(
    page: Page,
    people,
    code: str,
    answers: Mapping[str, list[str]],
    *,
    name: str,
    indication: str,
    outcome: str,
) -> int:
    """Classify a candidate as Ines and sign the rationale; return how many pages she saw on the way."""
    page.goto("/candidates/")
    page.get_by_role("link", name="Classify a candidate").first.click()
    page.get_by_label("Code").fill(code)
    page.get_by_label("Short name of the active substance").fill(name)
    page.get_by_label("Proposed indication").fill(indication)
    page.get_by_role("button", name="Save and start the questions").click()
    pages = answer_questions(page, answers)
    page.get_by_role("link", name="See the verdict").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(outcome)
    sign(page, people, "Ines", f"Sign rationale for {code}")
    expect(page.get_by_role("heading", name="Signed", exact=True)).to_be_visible()
    return pages + 3  # the candidate's page, the check of the answers, and the verdict


def make_dossier(
    page: Page,
    name: str,
    *,
    descriptor: str = "allogeneic stromal cells",
    procedure: str = "Certification for SMEs, Article 18",
) -> str:
    """Make the product and its dossier; return the dossier's address."""
    page.get_by_role("link", name="Create the product").click()
    page.get_by_label("Name of the product").fill(name)
    page.get_by_label("Short descriptor").fill(descriptor)
    page.get_by_role("button", name="Make the product").click()
    page.get_by_role("link", name="New dossier").click()
    page.get_by_label(re.compile(procedure)).check()
    page.get_by_role("button", name="Make the dossier").click()
    page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}/$"))
    return page.url


def finished_report(page: Page, ask: Locator) -> bytes:
    """Ask for a report, see its progress to the end, and download it."""
    started = time.monotonic()
    ask.click()
    page.wait_for_url(re.compile("/jobs/"))
    assert time.monotonic() - started < 5
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Open the (PDF|Word file)")).click(timeout=60_000)
    return Path(waiting.value.path()).read_bytes()
