"""DuckDB SQL for scans and passages, written by hand.

Holds text only; `engine` runs it. The ClickHouse twin is `lingyu.store.engines.click.sql`, and
one table of cases (`lingyu/store/tests/cases.py`) holds both to the same answers.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from lingyu.kernel import filters
from lingyu.kernel.aggregates import Aggregate
from lingyu.kernel.events import all_fields

from ..base import PassageScan, Scan, Window, offsets

TYPES = {
    str: "VARCHAR",
    int: "BIGINT",
    bool: "BOOLEAN",
    float: "DOUBLE",
    date: "DATE",
    datetime: "TIMESTAMPTZ",
    UUID: "UUID",
}

# The UTC day of a fact.
UTC_DAY = "CAST(make_timestamp(epoch_us(occurred_at)) AS DATE)"


def columns() -> dict[str, str]:
    """Every column of the event table with its DuckDB type, base columns first."""
    base = {
        "name": "VARCHAR",
        "id": "UUID",
        "occurred_at": "TIMESTAMPTZ",
        "person": "VARCHAR",
        "actor": "VARCHAR",
    }
    return base | {field: TYPES[kind] for field, kind in all_fields().items()}


def quoted(name: str) -> str:
    """An identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: filters.Literal | date | datetime | UUID) -> str:
    """A constant; DuckDB knows no backslash escapes."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | Decimal():
            return str(value)
        case datetime():
            return f"TIMESTAMPTZ '{value.isoformat()}'"
        case date():
            return f"DATE '{value.isoformat()}'"
        case UUID():
            return f"UUID '{value}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
    raise TypeError(f"no constant of SQL: {value!r}")


def condition(expr: filters.Expr) -> str:
    """A filter; a comparison with null is false, also under `not`, so each is coalesced."""
    match expr:
        case filters.Compare(field, "contains", value):
            return f"coalesce(contains({quoted(field)}, {literal(value)}), FALSE)"
        case filters.Compare(field, op, value):
            return f"coalesce({quoted(field)} {op} {literal(value)}, FALSE)"
        case filters.In(_, ()):
            return "FALSE"
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
    raise TypeError(f"no filter: {expr!r}")


def of_event(name: str, where: filters.Expr | None) -> str:
    """Rows of one event that pass its own filter."""
    return f"name = {literal(name)}" + (f" AND {condition(where)}" if where is not None else "")


def aggregate(item: Aggregate, alone: bool) -> str:
    """One number over the group's rows of one event; `alone`: the scan reads no other event."""
    own = condition(item.where) if item.where is not None else ""
    test = own if alone else of_event(item.event, item.where)
    only = f" FILTER (WHERE {test})" if test else ""
    if item.kind == "count":
        return f"count(*){only}"
    if item.kind == "sum":
        return f"sum({quoted(item.field)}){only}"
    return f"count(DISTINCT {quoted(item.field)}){only}"


def bucket(window: Window, at: str) -> str:
    """The first calendar day of the bucket that a moment falls into, in the window's zone."""
    if window.grain == "total":
        return "NULL::DATE"
    if window.start is None:
        local = f"timezone({literal(window.tz)}, {at})"
    else:
        local = f"make_timestamp(epoch_us({at}) + {_microseconds(offsets(window), at)})"
    return (
        f"CAST({local} AS DATE)"
        if window.grain == "day"
        else f"CAST(date_trunc('{window.grain}', {local}) AS DATE)"
    )


def _microseconds(found: tuple[tuple[datetime | None, int], ...], at: str) -> str:
    """The zone's offset at a moment: a constant, or one before and after each change of the clocks."""
    values = [str(seconds * 1_000_000) for _, seconds in found]
    changes = [since for since, _ in found[1:]]
    if not changes:
        return values[0]
    cases = " ".join(
        f"WHEN {at} < {literal(since)} THEN {value}" for since, value in zip(changes, values, strict=False)
    )
    return f"CASE {cases} ELSE {values[-1]} END"


def within(window: Window, at: str) -> list[str]:
    """Conditions for the window's bounds."""
    bounds = []
    if window.start is not None:
        bounds.append(f"{quoted(at)} >= {literal(window.start)}")
    if window.end is not None:
        bounds.append(f"{quoted(at)} < {literal(window.end)}")
    return bounds


def scan(scan: Scan, source: str) -> str:
    """(bucket, *dims, *numbers) over `source`, a relation with the columns that `read_by` names."""
    dims = [plain(field) for field in scan.by]
    numbers = [aggregate(item, alone=len(scan.names) == 1) for item in scan.aggregates]
    where = [f"name IN ({', '.join(map(literal, scan.names))})", *within(scan.window, scan.at)]
    if scan.where is not None:
        where.append(condition(scan.where))
    chosen = ", ".join([f"{bucket(scan.window, quoted(scan.at))} AS bucket", *dims, *numbers])
    return f"SELECT {chosen} FROM {source} WHERE {' AND '.join(where)} {_groups(scan.window, dims)}"


def passage(scan: PassageScan, source: str) -> str:
    """(bucket, *dims, started, finished): for every start, the first finish at or after it."""
    way = scan.passage
    start = [of_event(way.start, way.start_where), "person IS NOT NULL", *within(scan.window, "occurred_at")]
    if scan.where is not None:
        start.append(condition(scan.where))
    finish = [of_event(way.finish, way.finish_where), "person IS NOT NULL"]
    if scan.window.start is not None:
        # A finish outside of these bounds follows no start in time.
        last = scan.window.end + way.within
        finish += [f"occurred_at >= {literal(scan.window.start)}", f"occurred_at < {literal(last)}"]
    dims = [plain(field, "s.") for field in scan.by]
    chosen = ", ".join([f"{bucket(scan.window, 's.occurred_at')} AS bucket", *dims])
    microseconds = way.within // timedelta(microseconds=1)
    return f"""
        WITH s AS (SELECT * FROM {source} WHERE {" AND ".join(start)}),
             f AS (SELECT person, occurred_at FROM {source} WHERE {" AND ".join(finish)})
        SELECT {chosen}, count(DISTINCT s.person),
               count(DISTINCT s.person) FILTER (
                   WHERE epoch_us(f.occurred_at) - epoch_us(s.occurred_at) <= {microseconds})
        FROM s ASOF LEFT JOIN f ON s.person = f.person AND s.occurred_at <= f.occurred_at
        {_groups(scan.window, dims)}"""


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
        chosen = ", ".join(_column(c, types[c], present.get(c)) for c in wanted)
        listed = ", ".join(map(literal, paths))
        selects.append(f"SELECT {chosen} FROM read_parquet([{listed}], hive_partitioning=false)")
    if not selects:
        empty = ", ".join(f"NULL::{types[c]} AS {quoted(c)}" for c in wanted)
        selects.append(f"SELECT {empty} WHERE FALSE")
    return "(" + " UNION ALL ".join(selects) + ")"


def _column(name: str, kind: str, stored: str | None) -> str:
    """A column as it is declared now, from files that may lack it or hold it as another type."""
    if stored is None:
        return f"NULL::{kind} AS {quoted(name)}"
    return quoted(name) if stored == kind else f"CAST({quoted(name)} AS {kind}) AS {quoted(name)}"


def plain(field: str, of: str = "") -> str:
    """A column as it leaves DuckDB: moments as microseconds, for its client wants a package for zones."""
    moment = columns().get(field) == "TIMESTAMPTZ"
    return f"epoch_us({of}{quoted(field)})" if moment else of + quoted(field)


def _groups(window: Window, dims: Sequence[str]) -> str:
    """The bucket and the dimensions by their places (a field may be called `bucket`), if there are any."""
    if window.grain == "total" and not dims:
        return ""
    return "GROUP BY " + ", ".join(str(place + 1) for place in range(len(dims) + 1))
