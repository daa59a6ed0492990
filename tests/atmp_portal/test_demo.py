"""The demo command is run as a person runs it, in a process of its own, with a story of people only."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Organisation, User
from atmp_portal.demo import people
from atmp_portal.demo.people import DEMO_LOGINS

PATIENCE = 60
PEOPLE_ONLY = "from atmp_portal.demo import people; people.create()"
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    left_out = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "STATE_DIR": str(tmp_path), "DEMO_MODE": "1", "PYTHONUNBUFFERED": "1"}


def ask(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            ask(port, "/healthz")
            return
        except OSError:
            assert time.monotonic() < end, "The demo did not answer."
            time.sleep(0.1)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the demo brings its own SQLite database")
def test_the_demo_serves_the_portal_and_ends_at_once(environment, port):
    for words in (["migrate", "--verbosity", "0"], ["shell", "-v0", "-c", PEOPLE_ONLY]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environment, check=True)
    demo = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        wait_for(port)
        status, login = ask(port, "/account/login/")
        assert status == 200
        assert all(one.email in login for one in DEMO_LOGINS)
        style = re.search(r'href="(/static/[^"]+/bootstrap[^"]*\.css)"', login)
        assert style
        assert ask(port, style[1])[0] == 200
        assert json.loads(ask(port, "/readyz")[1]) == {"database": True, "broker": True, "jobs": True}
        demo.send_signal(signal.SIGINT)
        started = time.monotonic()
        said, _ = demo.communicate(timeout=10)
        assert time.monotonic() - started < 3
    finally:
        demo.kill()
    assert demo.returncode == 0
    assert f"ATMP Portal is on http://127.0.0.1:{port}  (Ctrl-C ends it)" in said
    assert re.search(r"ines\.halvorsen@norvia\.example +norvia-demo-2026 +Regulatory lead, Norvia", said)
    assert "Writing the demo story" not in said
    assert "The portal has ended." in said


def test_a_port_in_use_is_named_with_a_way_out(port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(
            CommandError, match=f"Port {port} is in use. Take another one: PORT={port + 1} make run"
        ):
            call_command("demo", port=port)


def test_the_people_of_the_story(db, settings):
    created = people.create()
    assert sorted(created) == sorted(login.name for login in DEMO_LOGINS)
    assert [
        (person.role, person.organisation.name, person.is_demo)
        for person in (created[login.name] for login in DEMO_LOGINS)
    ] == [(login.role, login.organisation, True) for login in DEMO_LOGINS]
    assert User.objects.count() == 13
    assert Organisation.objects.count() == 4


def test_every_login_of_the_demo_works_there_and_nowhere_else(client, db, settings):
    people.create()
    for demo_mode in (True, False):
        settings.DEMO_MODE = demo_mode
        for login in DEMO_LOGINS:
            form = {"username": login.email, "password": login.password}
            assert (client.post("/account/login/", form).status_code == 302) == demo_mode
            client.logout()
