"""Two presses at once: one move from two browsers, one form sent twice, two answers to one requirement."""

import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, Response, expect

IMMUNORD, CHONDRAFIX, DENDROVA = "H0006405", "H0006402", "H0006404"
REFUSED = "This is not possible now"
SEND_AT_ONCE = """async (form, [text, times]) => {
    const fields = new FormData(form);
    fields.set("text", text);
    const send = () => fetch(form.action, {method: "POST", body: new URLSearchParams(fields)});
    const answers = await Promise.all(Array.from({length: times}, send));
    return answers.map((answer) => [answer.status, new URL(answer.url).pathname]);
}"""


def address_of(page: Page, number: str) -> str:
    """Find a dossier by its number, as the person's search does."""
    page.goto(f"/search/?q={number}")
    return page.get_by_role("main").get_by_role("link", name=number).first.get_attribute("href")


def trail_lines(page: Page, number: str, sentence: str) -> Locator:
    """Return the lines of a dossier's trail that say this."""
    page.goto(f"{address_of(page, number)}trail/")
    return page.locator(".trail tbody tr").filter(has_text=sentence)


def press_together(*buttons: Locator) -> list[int]:
    """Press buttons of several browsers at the same moment; return how the server answered the presses."""
    answers: list[Response] = []
    at = time.time() * 1000 + 500
    for button in buttons:
        button.page.on("response", lambda it: answers.append(it) if it.request.method == "POST" else None)
        button.evaluate("(button, at) => setTimeout(() => button.click(), at - Date.now())", at)
    for button in buttons:
        expect(button).not_to_be_attached()
        button.page.wait_for_load_state()
    return sorted(answer.status for answer in answers)


def test_two_browsers_validate_one_filing_once(people):
    one, _ = pages = people.page("Clara Weiss"), people.page("Clara Weiss", width=1280)
    for page in pages:
        page.goto(address_of(page, IMMUNORD))
        page.get_by_role("link", name="Validate filing").click()
    pressed = press_together(*(page.get_by_role("button", name="Validate filing") for page in pages))
    assert pressed == [302, 409]

    winner, loser = sorted(pages, key=lambda page: page.get_by_role("heading", name=REFUSED).count())
    expect(winner.get_by_text("Immunord, H0006405 is validated. Assign its reviewers")).to_be_visible()
    expect(loser.get_by_role("heading", name=REFUSED)).to_be_visible()
    reason = "Immunord, H0006405 is validated; this cannot be done now."
    expect(loser.get_by_text(reason, exact=True)).to_be_visible()
    expect(loser.get_by_text("Nothing was changed")).to_be_visible()
    expect(trail_lines(one, IMMUNORD, "Filing validated")).to_have_count(1)


def test_a_comment_sent_several_times_at_once_is_posted_once(people):
    page, text = people.page("Sofia Marques"), f"Which lots were blended? {uuid4().hex[:8]}"
    before = trail_lines(page, CHONDRAFIX, "Comment on 2.3").count()
    page.goto(f"{address_of(page, CHONDRAFIX)}sections/2.3/")
    form = page.locator("form").filter(has=page.get_by_label("Comment", exact=True))
    answers = form.evaluate(SEND_AT_ONCE, [text, 4])
    assert answers == [answers[0]] * 4
    assert answers[0][0] == 200

    page.reload()
    expect(page.get_by_text(text, exact=True)).to_have_count(1)
    expect(trail_lines(page, CHONDRAFIX, "Comment on 2.3")).to_have_count(before + 1)


@pytest.mark.parametrize("with_script", [True, False])
def test_a_double_click_posts_a_comment_once(people, with_script):
    known, text = people.page("Sofia Marques"), f"Who tested the membrane? {uuid4().hex[:8]}"
    context = people.browser.new_context(
        base_url=people.site.url,
        storage_state=known.context.storage_state(),
        java_script_enabled=with_script,
    )
    page = context.new_page()
    section = f"{address_of(page, CHONDRAFIX)}sections/2.4/"
    page.goto(section)
    page.get_by_label("Comment", exact=True).fill(text)
    page.get_by_role("button", name=re.compile("^Comment")).dblclick()
    expect(page.get_by_text(text, exact=True)).to_have_count(1)

    page.goto(section)
    expect(page.get_by_text(text, exact=True)).to_have_count(1)
    expect(page.get_by_label("Comment", exact=True)).to_have_value("")
    context.close()


def test_two_colleagues_answer_one_requirement_and_neither_answer_is_lost(people):
    typed = {"Ines Halvorsen": "The class was confirmed.", "Tomasz Wierzba": "No advice was asked for."}
    pages = {name: people.page(name) for name in typed}
    for name, page in pages.items():
        page.goto(f"{address_of(page, DENDROVA)}requirements/")
        page.goto(page.get_by_role("link", name="Answer ATMP-04").get_attribute("href"))
        page.get_by_label("It does not apply to this product").check()
        expect(page.get_by_text("Not saved yet. Say why it does not apply.")).to_be_visible()
        page.get_by_label("Why it does not apply").press_sequentially(typed[name])  # not left, so not saved
    buttons = [page.get_by_role("button", name="Save the answer") for page in pages.values()]
    assert press_together(*buttons) == [302, 409]

    winner, loser = sorted(pages, key=lambda name: pages[name].get_by_text("Nothing was overwritten").count())
    page = pages[loser]
    expect(page.get_by_text(f"Saved is: Does not apply: {typed[winner]}")).to_be_visible()
    expect(page.get_by_label("Why it does not apply")).to_have_value(typed[loser])
    page.get_by_role("button", name="Save mine instead").click()
    expect(page.get_by_text("ATMP-04: does not apply.")).to_be_visible()
    lines = trail_lines(page, DENDROVA, "ATMP-04")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text(typed[loser])
    expect(lines.nth(1)).to_contain_text(typed[winner])
