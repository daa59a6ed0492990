"""Whether the portal can work."""

from collections.abc import Callable

from celery.exceptions import OperationalError
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from atmp_portal.celery import app
from audit import issuing


def readiness() -> dict[str, bool]:
    """Say whether what the portal needs answers: database, broker, and no job left behind."""
    is_database_up = _answers(_ask_database, DatabaseError)
    return {
        "database": is_database_up,
        "broker": not settings.REDIS_URL or _answers(_ask_broker, OperationalError, OSError),
        "jobs": is_database_up and not issuing.stranded_jobs().exists(),
    }


def _answers(ask: Callable[[], None], *failures: type[Exception]) -> bool:
    try:
        ask()
    except failures:
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_broker() -> None:
    with app.connection_for_write(connect_timeout=1) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
