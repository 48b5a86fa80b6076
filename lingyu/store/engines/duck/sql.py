"""DuckDB SQL for scans and passages, written by hand.

Holds text only; `engine` runs it. The ClickHouse twin is `lingyu.store.engines.click.sql`, and
one table of cases (`lingyu/store/tests/cases.py`) holds both to the same answers.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from lingyu.kernel import filters
from lingyu.kernel.events import all_fields
from lingyu.kernel.metrics import Aggregate

from ..base import PassageScan, Scan, Window

TYPES = {
    str: "VARCHAR", int: "BIGINT", bool: "BOOLEAN", float: "DOUBLE", date: "DATE",
    datetime: "TIMESTAMPTZ", UUID: "UUID",
}


def columns() -> dict[str, str]:
    """Every column of the event table with its DuckDB type, base columns first."""
    base = {"name": "VARCHAR", "id": "UUID", "occurred_at": "TIMESTAMPTZ", "person": "VARCHAR", "actor": "VARCHAR"}
    return base | {field: TYPES[kind] for field, kind in all_fields().items()}


def quoted(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: filters.Literal) -> str:
    """A constant."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | Decimal):
        return str(value)
    return "'" + value.replace("'", "''") + "'"


def condition(expr: filters.Expr) -> str:
    """A filter; a comparison with null is false, also under `not`, so each is coalesced."""
    match expr:
        case filters.Compare(field, "contains", value):
            return f"coalesce(contains({quoted(field)}, {literal(value)}), FALSE)"
        case filters.Compare(field, op, value):
            return f"coalesce({quoted(field)} {op} {literal(value)}, FALSE)"
        case filters.In(field, values):
            return f"coalesce({quoted(field)} IN ({', '.join(map(literal, values))}), FALSE)"
        case filters.IsNull(field):
            return f"{quoted(field)} IS NULL"
        case filters.Not(item):
            return f"NOT ({condition(item)})"
        case filters.All(items):
            return "(" + " AND ".join(map(condition, items)) + ")"
        case filters.Any(items):
            return "(" + " OR ".join(map(condition, items)) + ")"


def of_event(name: str, where: filters.Expr | None) -> str:
    """Rows of one event that pass its own filter."""
    return f"name = {literal(name)}" + (f" AND {condition(where)}" if where is not None else "")


def aggregate(item: Aggregate) -> str:
    """One number over the group's rows of one event."""
    only = f"FILTER (WHERE {of_event(item.event, item.where)})"
    if item.kind == "count":
        return f"count(*) {only}"
    if item.kind == "sum":
        return f"coalesce(sum({quoted(item.field)}) {only}, 0)"
    return f"count(DISTINCT {quoted(item.field)}) {only}"


def bucket(window: Window, at: str) -> str:
    """The first calendar day of the bucket that a moment falls into, in the window's zone."""
    if window.grain == "total":
        return "NULL::DATE"
    return f"date_trunc('{window.grain}', timezone({literal(window.tz)}, {quoted(at)}))::DATE"


def within(window: Window, at: str) -> list[str]:
    """Conditions for the window's bounds."""
    bounds = []
    if window.start is not None:
        bounds.append(f"{quoted(at)} >= TIMESTAMPTZ '{window.start.isoformat()}'")
    if window.end is not None:
        bounds.append(f"{quoted(at)} < TIMESTAMPTZ '{window.end.isoformat()}'")
    return bounds


def scan(scan: Scan, source: str) -> str:
    """(bucket, *dims, *numbers) over `source`, a relation with the columns that `read_by` names."""
    dims = [quoted(field) for field in scan.by]
    numbers = [aggregate(item) for item in scan.aggregates]
    where = [f"name IN ({', '.join(map(literal, scan.names))})", *within(scan.window, scan.at)]
    if scan.where is not None:
        where.append(condition(scan.where))
    chosen = ", ".join([f"{bucket(scan.window, scan.at)} AS bucket", *dims, *numbers])
    groups = ", ".join(["bucket", *dims])
    return f"SELECT {chosen} FROM {source} WHERE {' AND '.join(where)} GROUP BY {groups}"


def passage(scan: PassageScan, source: str) -> str:
    """(bucket, *dims, started, finished): for every start, the first finish at or after it."""
    way = scan.passage
    seconds = int(way.within.total_seconds())
    start = [of_event(way.start, way.start_where), "person IS NOT NULL", *within(scan.window, "occurred_at")]
    if scan.where is not None:
        start.append(condition(scan.where))
    dims = "".join(f", s.{quoted(field)}" for field in scan.by)
    groups = ", ".join(["bucket", *(f"s.{quoted(field)}" for field in scan.by)])
    return f"""
        WITH s AS (SELECT * FROM {source} WHERE {' AND '.join(start)}),
             f AS (SELECT person, occurred_at FROM {source}
                   WHERE {of_event(way.finish, way.finish_where)} AND person IS NOT NULL)
        SELECT {bucket(scan.window, 'occurred_at').replace(quoted('occurred_at'), 's.occurred_at')} AS bucket{dims},
               count(DISTINCT s.person),
               count(DISTINCT s.person) FILTER (WHERE f.occurred_at <= s.occurred_at + INTERVAL {seconds} SECOND)
        FROM s ASOF LEFT JOIN f ON s.person = f.person AND s.occurred_at <= f.occurred_at
        GROUP BY {groups}"""


def read_by(question: Scan | PassageScan) -> set[str]:
    """The columns a question reads: what the source has to offer."""
    needed = {"name", "person", "occurred_at", *question.by, *filters.fields_of(question.where)}
    if isinstance(question, PassageScan):
        way = question.passage
        return needed | filters.fields_of(way.start_where) | filters.fields_of(way.finish_where)
    for item in question.aggregates:
        needed |= {item.at, *filters.fields_of(item.where)} | ({item.field} if item.field else set())
    return needed


def relation(groups: Sequence[tuple[Sequence[str], dict[str, str]]], needed: set[str]) -> str:
    """A relation over files: groups of (paths, their columns); what a file lacks reads as null."""
    types = columns()
    wanted = sorted(needed)
    selects = []
    for paths, present in groups:
        chosen = ", ".join(
            quoted(c) if c in present else f"NULL::{types[c]} AS {quoted(c)}" for c in wanted
        )
        listed = ", ".join(map(literal, paths))
        selects.append(f"SELECT {chosen} FROM read_parquet([{listed}], hive_partitioning=false)")
    if not selects:
        empty = ", ".join(f"NULL::{types[c]} AS {quoted(c)}" for c in wanted)
        selects.append(f"SELECT {empty} WHERE FALSE")
    return "(" + " UNION ALL ".join(selects) + ")"
