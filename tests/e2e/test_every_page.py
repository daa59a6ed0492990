"""Every page that each role can reach by links: no script error, nothing sideways, axe content.

Each kind of page is looked at once, by the first role that reaches it, and everybody's home. When pictures
are asked for (E2E_SCREENSHOTS=folder), each role is shown each kind; that takes a quarter of an hour.
"""

import os
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NUMBER = re.compile(r"/sections/[^/]+/")
KEY = re.compile(r"(?<=/)\d+(?=/)")
LEFT_OUT = re.compile(r"/logout/|/files/|/reports/<id>/$|/static/|/inbox/<id>/$|/jsi18n/")
PEOPLE = (
    "Ines Halvorsen",
    "Tomasz Wierzba",
    "Marta Lind",
    "Milan Dvořák",
    "Jun Sato",
    "Aoife Brennan",
    "Clara Weiss",
    "Sofia Marques",
    "Ada Lindqvist",
)
PAGES_OF_A_KIND = 2
CROSSROADS = {"/dossiers/<id>/": 8, "/quality/lots/<id>/": 8}
"""Where ways part: a combined product, a draft and a review lead to different pages, so more are walked."""
FEWEST = 15
PDF_TAGS = {"exclude": [[".structTree"]]}  # the tags of the document itself, drawn by the reader
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
checked: set[str] = set()
SCREENSHOTS = os.environ.get("E2E_SCREENSHOTS")


def kind_of(path: str) -> str:
    """Return the path with its keys taken out, so that a thousand dossiers are one kind of page."""
    kind = NUMBER.sub("/sections/<number>/", UUID.sub("<id>", path))
    return KEY.sub("<id>", kind) if kind.startswith("/admin/") else kind


def pages_reached(page: Page, base: str) -> Iterator[str]:
    """Walk the links from the home page, some pages of each kind; yield each address while it is open."""
    queue, seen, kinds = deque(["/"]), {"/"}, {}
    while queue:
        path = queue.popleft()
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        yield path
        for link in links:
            parts = urlsplit(link)
            kind = kind_of(parts.path)
            if f"{parts.scheme}://{parts.netloc}" != base or parts.path in seen or LEFT_OUT.search(kind):
                continue
            if kinds.get(kind, 0) >= CROSSROADS.get(kind, PAGES_OF_A_KIND):
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(parts.path)
            queue.append(parts.path)


def look(people, page: Page, path: str, name: str, width: int) -> list[str]:
    """Look at the open page and return what is wrong with it."""
    page.wait_for_load_state()
    if page.locator("[data-reader]").count():
        page.wait_for_selector("[data-reader][data-ready]")
    found = []
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if too_wide > 0:
        found.append(f"{path} at {width}: {too_wide} px too wide")
    problems = len(people.problems)
    violations = Axe().run(page, context=PDF_TAGS).response["violations"]
    page.evaluate(NEXT_FRAME)
    del people.problems[problems:]  # the checker measures with inline styles, which our policy refuses it
    for violation in violations:
        nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
        found.append(f"{path} at {width}: axe {violation['impact']} {violation['id']}: {nodes}")
    if SCREENSHOTS:
        folder = Path(SCREENSHOTS) / name.replace(" ", "-")
        folder.mkdir(parents=True, exist_ok=True)
        file_name = kind_of(path).strip("/").replace("/", "_").replace("<", "").replace(">", "") or "home"
        page.screenshot(path=folder / f"{file_name}-{width}.png", full_page=True)
    return found


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_of(name, people):
    page, narrow = people.page(name), people.page(name, width=390, height=844)
    before = len(people.problems)
    found, kinds, reached = [], set(), 0
    for path in pages_reached(page, people.site.url):
        reached += 1
        kind = kind_of(path)
        is_known = kind in checked and path != "/"
        if kind in kinds or (is_known and not SCREENSHOTS):
            continue
        kinds.add(kind)
        checked.add(kind)
        found += look(people, page, path, name, 1440)
        narrow.goto(path)
        found += look(people, narrow, path, name, 390)
    found += people.problems[before:]
    assert not found, "\n".join(found)
    assert reached >= FEWEST
