"""Forms in which people write for long: they outlive their tab and ask before they overwrite."""

import pytest
from playwright.sync_api import Page

from tests.e2e.desk import Desk, outlives_its_tab
from tests.e2e.test_story import dossier_of, questions_in_state


def to_an_answer(page: Page) -> None:
    """Open the answer to a question of the demo that nobody began."""
    nortagen = dossier_of(page, "/dossiers/", "Nortagen")
    page.goto(questions_in_state(page, nortagen, "Not started")[0])
    page.get_by_role("link", name="Write the answer").click()


def to_an_assessment(page: Page) -> None:
    """Open the draft of the device part, as its assessor."""
    page.goto(f"{dossier_of(page, '/reviews/', 'Chondrafix')}parts/device/")


def to_a_request(page: Page) -> None:
    """Open a part of a request to the CAT."""
    page.goto("/candidates/")
    page.get_by_role("link", name="NV-410").click()
    page.get_by_role("link", name="Write the request").first.click()
    page.get_by_role("link", name="1.2 Finished product").click()


def to_a_description(page: Page) -> None:
    """Open the description of a candidate."""
    page.goto("/candidates/")
    page.get_by_role("link", name="NV-410").click()
    page.get_by_role("link", name="Change description").click()


@pytest.mark.parametrize(
    ("who", "go", "field", "save"),
    [
        ("Ines", to_an_answer, "textarea[name=text]", "Save the answer"),
        ("Eva", to_an_assessment, "textarea[name=text]", "Save the draft"),
        ("Ines", to_a_request, "form[data-keep] textarea >> nth=0", "Save"),
        ("Ines", to_a_description, "textarea[name=description]", "Save the description"),
    ],
)
def test_a_long_form_outlives_its_tab_and_asks_before_it_overwrites(people, who, go, field, save):
    desk = Desk(people, who)
    go(desk.page)
    desk.page.locator(field).wait_for()
    outlives_its_tab(desk, desk.page.url, field, save)
    desk.page.context.close()
    assert people.problems == []
