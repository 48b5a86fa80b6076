"""Rows: written by hand-made statements, several in one round trip, without the ORM's cost.

Holds functions for the paths that every reward and every fact pass through: the ORM says the same in
five times the processor time. Values are prepared by the fields, so that both databases get what they keep.
"""

from collections.abc import Iterable
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

# SQL and what is bound to its marks.
Statement = tuple[str, list]


def insert(model: type[Model], rows: Iterable[dict], conflict: str = "") -> int:
    """Write all `rows` (by column, each naming every one); how many were written.

    `conflict` is an SQL clause for those that are there already: `on conflict (key) do nothing`.
    """
    with connection.cursor() as cursor:
        for sql, values in inserting(model, rows, conflict):
            cursor.execute(sql, values)
            return cursor.rowcount
    return 0


def inserting(model: type[Model], rows: Iterable[dict], conflict: str = "") -> list[Statement]:
    """The statement of `insert`, to be run with others; none when there are no rows."""
    start, marks, fields = _shape(model)
    # The connection itself: asked through its proxy for every value, it costs as much as the statement.
    db, values, number = connections[DEFAULT_DB_ALIAS], [], 0
    for row in rows:
        number += 1
        values += [field.get_db_prep_save(row[field.attname], db) for field in fields]
    return [(f"{start} {', '.join([marks] * number)} {conflict}", values)] if number else []


def run(statements: list[Statement]) -> None:
    """Run all of them in order; PostgreSQL gets them in one message, when they are bound on our side."""
    if not statements:
        return
    together = connection.vendor == "postgresql" and not connection.settings_dict["OPTIONS"].get(
        "server_side_binding"
    )
    if together:
        text = "; ".join(sql for sql, _ in statements)
        statements = [(text, [value for _, values in statements for value in values])]
    with connection.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)


def columns(instance: Model) -> dict:
    """What `insert` takes of an instance."""
    return {field.attname: getattr(instance, field.attname) for field in instance._meta.concrete_fields}


@cache
def _shape(model: type[Model]) -> tuple[str, str, list]:
    """The statement's start, the marks of one row, its fields: all but a number that the database gives."""
    fields = [field for field in model._meta.concrete_fields if not field.db_returning]
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f'insert into "{model._meta.db_table}" ({names}) values', f"({marks})", fields
