"""Two people at the same moment: threads with connections of their own, on SQLite over a database on disk."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections


@contextmanager
def database_on_disk(folder: Path) -> Iterator[None]:
    """Move SQLite's database from memory to disk, where it locks as it does on a site."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    path = folder / "race.sqlite3"
    copy = sqlite3.connect(path)
    connection.connection.backup(copy)
    copy.close()
    in_memory = connections["default"]
    was, connections.settings["default"]["NAME"] = connections.settings["default"]["NAME"], str(path)
    connections["default"] = connections.create_connection("default")
    connections["default"].inc_thread_sharing()
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"]["NAME"] = was
        connections["default"] = in_memory


def race(*acts: Callable[[], Any]) -> list[Any]:
    """Start the acts together; return what each returned or raised."""
    start = Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes[place] = act()
        except Exception as raised:  # the outcome is what the test looks at
            outcomes[place] = raised
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
