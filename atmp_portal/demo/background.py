"""The worker and the clock of background work, as threads of the one process that the demo runs in."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from celery import beat
from celery.exceptions import SecurityWarning
from celery.worker import state

from atmp_portal.celery import app


@contextmanager
def background_work() -> Iterator[None]:
    """Run a worker and a clock while the block lasts; after it no further job is begun."""
    # Celery warns of workers run by root; the demo runs as whoever started it, on this machine only.
    warnings.filterwarnings("ignore", category=SecurityWarning)
    worker = app.Worker(
        pool="threads",
        concurrency=2,
        quiet=True,
        without_heartbeat=True,
        without_mingle=True,
        without_gossip=True,
        loglevel="WARNING",
    )
    clock = beat.Service(app, max_interval=1, scheduler_cls=beat.Scheduler)
    Thread(target=worker.start, name="worker", daemon=True).start()
    Thread(target=clock.start, args=(True,), name="clock", daemon=True).start()
    try:
        yield
    finally:
        # The jobs at hand run in threads of their own, which Python waits for before it ends.
        clock.stop(wait=False)
        state.should_stop = 0  # type: ignore[assignment]  # an exit code, as the worker reads it
