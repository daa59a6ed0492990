"""Somebody at a desk whose tabs are closed and opened twice."""

import time

from playwright.sync_api import Page, expect


class Desk:
    """The browser of a person: one tab at a time, and sometimes a second."""

    def __init__(self, people, who: str = "Ines Halvorsen") -> None:
        self.people = people
        self.page = people.login(who)

    def reopen(self, url: str, *, typed: str = "") -> None:
        """Close the tab and open the page in a new one.

        What was `typed` in a form that saves itself is sent as the tab closes: wait until it is there.
        Without it the tab goes as in a crash, and nothing is sent.
        """
        tab = self.people.tab(self.page.context)
        self.page.close(run_before_unload=bool(typed))
        self.page = tab
        end = time.monotonic() + 10
        while typed not in tab.request.get(url).text():
            assert time.monotonic() < end, f"{typed} was not saved as the tab closed."
        tab.goto(url)

    def second_tab(self, url: str) -> Page:
        tab = self.people.tab(self.page.context)
        tab.goto(url)
        return tab


def outlives_its_tab(desk: Desk, url: str, field: str, save: str) -> None:
    """See that a form keeps what is typed when its tab closes, and asks before it overwrites a second tab."""
    desk.page.goto(url)
    desk.page.locator(field).fill("Typed before the tab was closed.")
    desk.reopen(url)
    page, other = desk.page, desk.second_tab(url)
    expect(page.locator(field)).to_have_value("Typed before the tab was closed.")
    expect(page.get_by_text("What you had typed here and not saved was put back.")).to_be_visible()
    other.locator(field).fill("Saved in the second tab.")
    with other.expect_response(lambda answer: answer.request.method == "POST") as saved:
        other.get_by_role("button", name=save, exact=True).click()
    assert saved.value.status == 302
    page.locator(field).fill("Typed in the first tab.")
    page.get_by_role("button", name=save, exact=True).click()
    expect(page.locator("[data-refused]")).to_contain_text("Saved in the second tab.")
    expect(page.locator(field)).to_have_value("Typed in the first tab.")
    page.get_by_role("link", name="Keep what is saved").click()
    page.goto(url)
    expect(page.locator(field)).to_have_value("Saved in the second tab.")
    other.close()
