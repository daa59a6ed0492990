"""Writing rows in bulk: COPY on PostgreSQL, one prepared statement on SQLite; triggers and checks stay on."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

Values = tuple[Any, ...]
# Columns that take text, numbers and truth as Python has them: most of all, so they are not asked one by one.
AS_THEY_ARE = frozenset(
    {
        "BooleanField", "CharField", "PositiveBigIntegerField", "PositiveIntegerField",
        "PositiveSmallIntegerField", "TextField",
    }
)  # fmt: skip


def pour(*instances: Iterable[models.Model]) -> None:
    """Write instances in the order given; rows of one model that stand together go in one statement."""
    connection = connections[DEFAULT_DB_ALIAS]
    for meta, some in groupby(chain.from_iterable(instances), key=attrgetter("_meta")):
        fields = meta.local_concrete_fields
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        table = connection.ops.quote_name(meta.db_table)
        write = _copy if connection.vendor == "postgresql" else _insert
        write(connection, table, names, _values(connection, some, fields))


def _values(
    connection: BaseDatabaseWrapper, instances: Iterable[models.Model], fields: Iterable[Any]
) -> Iterator[Values]:
    read = attrgetter(*(field.attname for field in fields))
    prepared = [
        (place, field.get_db_prep_save)
        for place, field in enumerate(fields)
        if field.get_internal_type() not in AS_THEY_ARE
    ]
    for instance in instances:
        row = list(read(instance))
        for place, prepare in prepared:
            row[place] = prepare(row[place], connection)
        yield tuple(row)
        instance._state.adding, instance._state.db = False, connection.alias


def _copy(connection: BaseDatabaseWrapper, table: str, names: str, rows: Iterator[Values]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _insert(connection: BaseDatabaseWrapper, table: str, names: str, rows: Iterator[Values]) -> None:
    places = ", ".join(["%s"] * (names.count(",") + 1))
    with connection.cursor() as cursor:
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608  # names of ours
        cursor.executemany(statement, rows)  # type: ignore[arg-type]  # it streams them
