"""Rows: written by hand-made statements, several in one round trip, without the ORM's cost.

Holds functions for the paths that every reward and every fact pass through: the ORM says the same in
five times the processor time. Values are prepared by the fields, so that both databases get what they keep.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

# SQL and what is bound to its marks.
Statement = tuple[str, list]


def insert(model: type[Model], rows: Iterable[dict], conflict: str = "") -> int:
    """Write all `rows` (by column, each naming every one); how many were written.

    `conflict` is an SQL clause for those that are there already: `on conflict (key) do nothing`.
    """
    return sum(answer.count for answer in run(inserting(model, rows, conflict)))


def inserting(model: type[Model], rows: Iterable[dict], conflict: str = "") -> list[Statement]:
    """The statement of `insert`, to be run with others; none when there are no rows."""
    start, marks, fields = _shape(model)
    # The connection itself: asked through its proxy for every value, it costs as much as the statement.
    db, values, number = connections[DEFAULT_DB_ALIAS], [], 0
    for row in rows:
        number += 1
        values += [field.get_db_prep_save(row[field.attname], db) for field in fields]
    return [(f"{start} {', '.join([marks] * number)} {conflict}", values)] if number else []


class Answer(NamedTuple):
    """What came of a statement: how many rows it wrote or found, and those that it returned."""

    count: int
    rows: list[tuple]


def run(statements: list[Statement]) -> list[Answer]:
    """Run all of them in order, as one message where the database can take it; the answer of each."""
    db = connections[DEFAULT_DB_ALIAS]
    if not statements:
        return []
    if db.vendor == "postgresql":
        return _run_prepared(db, statements)
    answers = []
    with db.cursor() as cursor:
        for sql, values in statements:
            cursor.execute(sql, values)
            answers.append(Answer(cursor.rowcount, cursor.fetchall() if cursor.description else []))
    return answers


def _run_prepared(db, statements: list[Statement]) -> list[Answer]:
    """PostgreSQL plans each of these statements once a connection, and is waited for once a call.

    Django's own cursors bind values on our side, so that every statement is parsed and planned anew:
    that was half of what a posting cost the server (bench/README.md).
    """
    db.ensure_connection()
    db.validate_no_broken_transaction()
    with db.wrap_database_errors:
        with db.connection.pipeline():
            cursors = [db.Database.Cursor(db.connection).execute(sql, values) for sql, values in statements]
        return [Answer(c.rowcount, c.fetchall() if c.description else []) for c in cursors]


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
