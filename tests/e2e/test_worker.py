"""Reports in the background: progress in the page, and workers killed in the middle of one."""

import os
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

IMMUNORD, CHONDRAFIX, NORTAGEN = "H0006403", "H0006402", "H0006401"
HAS_A_WORKER = os.environ.get("E2E_STACK") == "full"
needs_a_worker = pytest.mark.skipif(not HAS_A_WORKER, reason="The worker is inside the web process.")
NEXT_WORKER_MS = 60_000


@contextmanager
def connected(site) -> Iterator[sqlite3.Connection | psycopg.Connection]:
    """Connect to the site's database beside the site."""
    if url := site.environment.get("DATABASE_URL"):
        connection = psycopg.connect(url)
    else:
        path = Path(site.environment["STATE_DIR"]) / "portal.sqlite3"
        connection = sqlite3.connect(path, isolation_level=None, timeout=20)
    try:
        yield connection
    finally:
        connection.close()


def newest_job(connection) -> tuple[str, int, int]:
    """Return the state, the attempts and the steps done of the job that was asked for last."""
    newest = "SELECT state, attempts, done FROM audit_job ORDER BY requested_at DESC LIMIT 1"
    return tuple(connection.execute(newest).fetchone() or ("", 0, 0))


def wait_until_under_way(connection, step: int) -> None:
    end = time.monotonic() + 30
    while (job := newest_job(connection))[0] != "running" or job[2] < step:
        assert time.monotonic() < end, job
        time.sleep(0.001)


@contextmanager
def caught(site, page: Page) -> Iterator[None]:
    """Ask for the status report; while the block lasts it is under way and cannot be finished.

    On PostgreSQL the last table that it writes is locked, on SQLite the database, once the job runs.
    """
    with connected(site) as connection:
        is_sqlite = isinstance(connection, sqlite3.Connection)
        if not is_sqlite:
            connection.execute("LOCK TABLE accounts_notice IN EXCLUSIVE MODE")
        step = 1 if is_sqlite else 3
        ask = page.get_by_role("button", name="Make the status report")
        ask.evaluate("button => setTimeout(() => button.click())")
        wait_until_under_way(connection, step)
        if is_sqlite:
            connection.execute("BEGIN IMMEDIATE")
        assert newest_job(connection)[:2] == ("running", 1)
        yield
        connection.rollback()


def reports_of(page: Page, number: str) -> str:
    """Return the address of a dossier's reports, found by its number as the person's search does."""
    page.goto(f"/search/?q={number}")
    link = page.get_by_role("main").get_by_role("link", name=number).first
    return f"{link.get_attribute('href')}reports/"


def links(page: Page, path: str, name: str) -> int:
    """Count the links of this name on a page."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page.get_by_role("link", name=name, exact=True).count()


def found(page: Page, reports: str, title: str) -> tuple[int, int]:
    """Count what a person has of a report: lines in the register, notices in the inbox."""
    return links(page, reports, title), links(page, "/account/inbox/", f"{title} is ready")


def test_a_report_is_made_while_the_page_shows_how_far_it_is(people, site):
    page = people.page("Clara Weiss")
    reports, title = reports_of(page, CHONDRAFIX), f"Status of Chondrafix, {CHONDRAFIX}"
    before = found(page, reports, title)
    page.goto(reports)
    with page.expect_response(lambda answer: answer.request.method == "POST") as asked, caught(site, page):
        expect(page.get_by_role("heading", name=f"{title} is being made")).to_be_visible()
        expect(page.get_by_text(re.compile(r"\b[123] of 4\. You may leave"))).to_be_visible()
    timing = asked.value.request.timing
    assert 0 < timing["responseStart"] - timing["requestStart"] < 1000

    expect(page.get_by_role("heading", name=f"{title} is ready")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Open the PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert found(page, reports, title) == (before[0] + 1, before[1] + 1)


def finished_by_another(people, site, number: str, product: str, kill: Callable[[], None]) -> None:
    """Kill in the middle of a report; it is finished once, its trail holds, and the person is told once."""
    page, problems = people.page("Clara Weiss"), len(people.problems)
    reports, title = reports_of(page, number), f"Status of {product}, {number}"
    before = found(page, reports, title)
    page.goto(reports)
    with caught(site, page):
        expect(page.get_by_role("heading", name=f"{title} is being made")).to_be_visible()
        kill()
    expect(page.get_by_role("heading", name=f"{title} is ready")).to_be_visible(timeout=NEXT_WORKER_MS)
    with connected(site) as connection:
        assert newest_job(connection)[:2] == ("done", 2)
    assert found(page, reports, title) == (before[0] + 1, before[1] + 1)
    assert "The trail holds" in site.manage("verify_trail")
    del people.problems[problems:]  # the page asked how far it is while nobody could answer


def test_a_killed_process_leaves_its_report_to_the_next(people, site):
    def kill() -> None:
        site.stop("worker" if HAS_A_WORKER else "web", signal.SIGKILL)
        start_next = site.start_worker if HAS_A_WORKER else site.start_demo
        start_next()

    finished_by_another(people, site, IMMUNORD, "Immunord", kill)


@needs_a_worker
def test_a_worker_that_loses_its_child_to_a_full_memory_finishes_the_report(people, site):
    def kill() -> None:
        parent = site.processes["worker"].pid
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            os.kill(int(child), signal.SIGKILL)

    finished_by_another(people, site, NORTAGEN, "Nortagen", kill)


@needs_a_worker
def test_asking_again_leads_to_the_report_under_way(people, site):
    page, other = people.page("Clara Weiss"), people.page("Clara Weiss", width=1280)
    reports, title = reports_of(page, CHONDRAFIX), f"Status of Chondrafix, {CHONDRAFIX}"
    before = found(page, reports, title)
    page.goto(reports)
    other.goto(reports)
    with caught(site, page):
        other.get_by_role("button", name="Make the status report").click()
        for each in (page, other):
            expect(each.get_by_role("heading", name=f"{title} is being made")).to_be_visible()
        assert other.url == page.url
    for each in (page, other):
        expect(each.get_by_role("heading", name=f"{title} is ready")).to_be_visible()
    assert found(page, reports, title) == (before[0] + 1, before[1] + 1)
