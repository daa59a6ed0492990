"""Asking the program that looks into PDFs: a helper process at hand, replaced when a file has ended it."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, Timer
from typing import Any

SECONDS = 45
ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"wrong": "heavy"}

Helper = subprocess.Popen[str]
_idle: list[Helper] = []
_lock = Lock()


def facts_of(path: Path) -> dict[str, Any]:
    """Return what is in a file; a file that takes too long or too much memory is "heavy"."""
    with _helper() as helper:
        if helper.stdin is None or helper.stdout is None:
            return HEAVY
        timer = Timer(SECONDS, helper.kill)
        timer.start()
        try:
            helper.stdin.write(f"{path}\n")
            helper.stdin.flush()
            said = helper.stdout.readline()
        except OSError:
            said = ""
        finally:
            timer.cancel()
        if not said.endswith("\n"):
            helper.kill()
            helper.wait()
    facts: dict[str, Any] = json.loads(said) if said.endswith("\n") else HEAVY
    return facts


@contextmanager
def _helper() -> Iterator[Helper]:
    with _lock:
        helper = _idle.pop() if _idle else None
    if helper and helper.poll() is not None:
        _end(helper)
        helper = None
    helper = helper or _started()
    try:
        yield helper
    except BaseException:
        _end(helper)
        raise
    if helper.poll() is None:
        with _lock:
            _idle.append(helper)
    else:
        _end(helper)


def _started() -> Helper:
    return subprocess.Popen(
        [sys.executable, "-c", "from dossiers.inspection import main; main()"],
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def _end(helper: Helper) -> None:
    helper.kill()
    for pipe in (helper.stdin, helper.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    helper.wait()


def end_all() -> None:
    """End the helpers that wait; a later question starts a new one."""
    with _lock:
        helpers, _idle[:] = list(_idle), []
    for helper in helpers:
        _end(helper)


def _forget() -> None:
    # A forked worker must not talk through the pipes of the process that it came from.
    global _lock
    _lock = Lock()
    for helper in _idle:
        for pipe in (helper.stdin, helper.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        helper.returncode = 0
    _idle.clear()


atexit.register(end_all)
os.register_at_fork(after_in_child=_forget)
