"""Lifting the append-only triggers, as a forger with the database's password could."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.db import connection

append_only = import_module("audit.migrations.0002_append_only")


@contextmanager
def triggers_lifted() -> Iterator[None]:
    with connection.cursor() as cursor:
        for statement in append_only.lifting_statements(connection.vendor):
            cursor.execute(statement)
        yield
        for statement in append_only.guarding_statements(connection.vendor):
            cursor.execute(statement)
