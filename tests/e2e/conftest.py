"""The portal as people meet it: a running site, and browsers logged in as the people of the demo story.

E2E_STACK=embedded (the default) starts `manage.py demo` on SQLite with the worker inside; E2E_STACK=full
starts two web processes, a worker and its clock on PostgreSQL and Redis.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect

ROOT = Path(__file__).parents[2]
STACK = os.environ.get("E2E_STACK", "embedded")
DATABASE_SERVER = os.environ.get("E2E_DATABASE_SERVER", "postgres://postgres@127.0.0.1:5432")
DATABASE = os.environ.get("E2E_DATABASE", "atmp_e2e")
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/6")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


PATIENCE = 10_000  # milliseconds
expect.set_options(timeout=PATIENCE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running portal and the processes that make it."""

    url: str
    environment: dict[str, str]
    folder: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, name: str, how: int = signal.SIGTERM) -> None:
        process = self.processes.pop(name)
        os.killpg(process.pid, how)
        process.wait(timeout=30)

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def wait(self, seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise AssertionError(f"{name} ended: {(self.folder / f'{name}.log').read_text()[-3000:]}")
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()  # noqa: S310  # our own site
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("The site did not answer: " + "".join(self.logs()))

    def logs(self) -> Iterator[str]:
        for path in sorted(self.folder.glob("*.log")):
            yield f"--- {path.name}\n{path.read_text()[-3000:]}\n"

    def start_demo(self) -> None:
        port = str(urlsplit(self.url).port)
        self.start("web", sys.executable, "manage.py", "demo", "--port", port)

    def start_worker(self) -> None:
        self.start(
            "worker", sys.executable, "-m", "celery", "-A", "atmp_portal", "worker",
            "--concurrency", "2", "--loglevel", "WARNING",
        )  # fmt: skip


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    } | {
        "STATE_DIR": str(folder / "state"),
        "DEMO_MODE": "1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "JOB_LEASE_SECONDS": "4",
        "PYTHONUNBUFFERED": "1",
    }
    (folder / "mail").mkdir()
    site = Site(f"http://127.0.0.1:{port}", environment, folder)
    if STACK == "full":
        start_full(site, port)
    else:
        site.start_demo()
    try:
        site.wait()
        yield site
    finally:
        for name in list(site.processes):
            site.stop(name)


def start_full(site: Site, port: int) -> None:
    with psycopg.connect(f"{DATABASE_SERVER}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    site.environment |= {
        "DATABASE_URL": f"{DATABASE_SERVER}/{DATABASE}",
        "REDIS_URL": REDIS_URL,
        "SECRET_KEY": "only-for-the-browser-tests-" + "x" * 40,
        "SECURE_SITE": "0",
    }
    flush_redis()
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo")
    site.manage("collectstatic", "--noinput", "--verbosity", "0")
    site.start(
        "web", sys.executable, "-m", "gunicorn", "atmp_portal.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4",
    )  # fmt: skip
    site.start_worker()
    site.start(
        "clock", sys.executable, "-m", "celery", "-A", "atmp_portal", "beat", "--loglevel", "WARNING",
        "--schedule", str(site.folder / "beat"),
    )  # fmt: skip


def flush_redis() -> None:
    import redis

    redis.Redis.from_url(REDIS_URL).flushdb()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
    )
    yield chromium
    chromium.close()


@dataclass
class People:
    """Browsers of the people of the demo story; each keeps their own session."""

    site: Site
    browser: Browser
    pages: dict[str, Page] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def page(self, name: str, *, width: int = 1440, height: int = 900) -> Page:
        """Return the page of a person, logged in, at a width of their own."""
        key = f"{name} {width}"
        if key not in self.pages:
            self.pages[key] = self.login(name, width, height)
        return self.pages[key]

    def login(self, name: str, width: int = 1440, height: int = 900) -> Page:
        """Log a person in, in a new browser."""
        from atmp_portal.demo.people import DEMO_LOGINS

        login = next(login for login in DEMO_LOGINS if name in login.name)
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, base_url=self.site.url, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        page = self.tab(context)
        page.goto("/account/login/")
        page.get_by_label("E-mail address").fill(login.email)
        page.get_by_label("Password").fill(login.password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{self.site.url}/")
        return page

    def tab(self, context: BrowserContext) -> Page:
        """Open a tab in a person's browser."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self.note(page, message))
        return page

    def note(self, page: Page, message: ConsoleMessage) -> None:
        """Keep an error of the console, except that it counts refusals and forms with mistakes as errors."""
        if message.type == "error" and not re.search(r"status of (409|422)\b", message.text):
            self.problems.append(f"{page.url}: {message.text}")

    def password(self, name: str) -> str:
        """Return a person's password, as they enter it again to sign."""
        from atmp_portal.demo.people import DEMO_LOGINS

        return next(login.password for login in DEMO_LOGINS if name in login.name)


@pytest.fixture(scope="session")
def people(site: Site, browser: Browser) -> Iterator[People]:
    people = People(site, browser)
    yield people
    for page in people.pages.values():
        page.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Keep a picture of every open page when a test fails."""
    report = yield
    people = getattr(item, "funcargs", {}).get("people")
    if report.failed and people:
        folder = Path(os.environ.get("E2E_SCREENSHOTS") or people.site.folder)
        for name, page in people.pages.items():
            page.screenshot(path=folder / f"failed {name}.png", full_page=True)
    return report
