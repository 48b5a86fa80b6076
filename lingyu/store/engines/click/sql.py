"""ClickHouse SQL for the table, scans and passages, written by hand.

Holds text only; `engine` runs it. Mind the dialect where it is silently different: distincts are
`uniqExact` (`uniq` is approximate), every column of a fact is Nullable and joins keep nulls
(else defaults such as 1970-01-01 come back), calendar functions stop in 2149 unless told
otherwise, and a backslash in a constant escapes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from lingyu.kernel import filters
from lingyu.kernel.aggregates import Aggregate
from lingyu.kernel.events import all_fields

from ..base import PassageScan, Scan, Window, offsets

TYPES = {
    str: "Nullable(String)",
    int: "Nullable(Int64)",
    bool: "Nullable(Bool)",
    float: "Nullable(Float64)",
    date: "Nullable(Date32)",
    datetime: "Nullable(DateTime64(6, 'UTC'))",
    UUID: "Nullable(UUID)",
}
_BASE = {
    "name": "LowCardinality(String)",
    "id": "UUID",
    "occurred_at": "DateTime64(6, 'UTC')",
    "person": "Nullable(String)",
    "actor": "Nullable(String)",
}
TABLE, INCOMING = "events", "events_incoming"
# Of every question: joins keep nulls, calendars reach from 1900 to 2299.
QUESTION = (
    "SETTINGS join_use_nulls = 1, enable_extended_results_for_datetime_functions = 1, "
    "enable_positional_arguments = 1, max_execution_time = 120"
)
_DAY = "toDate32(occurred_at, 'UTC')"


def columns() -> dict[str, str]:
    """Every column of the table with its type, base columns first."""
    return _BASE | {field: TYPES[kind] for field, kind in all_fields().items()}


def create(table: str, order: str, settings: str = "") -> str:
    """The statement that makes a table of all columns if it is not there."""
    listed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns().items())
    return f"CREATE TABLE IF NOT EXISTS {table} ({listed}) ENGINE = MergeTree ORDER BY {order} {settings}"


def create_events() -> str:
    """The table of facts, sorted as questions read; an insert that has returned is on disk."""
    return create(
        TABLE,
        f"(name, {_DAY}, ifNull(person, ''), occurred_at)",
        "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1",
    )


def take_in(name: str) -> str:
    """Move what is new from the table of incoming facts, all of event `name`, into the table of facts."""
    others = [c for c in columns() if c != "name"]
    listed = ", ".join(map(quoted, others))
    return (
        f"INSERT INTO {TABLE} (name, {listed}) SELECT {literal(name)}, {listed} FROM {INCOMING} "
        f"WHERE (id, {_DAY}) NOT IN (SELECT id, {_DAY} FROM {TABLE} WHERE name = {literal(name)} "
        f"AND {_DAY} IN (SELECT DISTINCT {_DAY} FROM {INCOMING})) LIMIT 1 BY id, {_DAY}"
    )


def quoted(name: str) -> str:
    """An identifier."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def literal(value: filters.Literal | date | datetime | UUID) -> str:
    """A constant; a backslash escapes in ClickHouse, so it is escaped itself."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            microseconds = (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
            return f"fromUnixTimestamp64Micro({microseconds}, 'UTC')"
        case date():
            return f"toDate32('{value.isoformat()}')"
        case UUID():
            return f"toUUID('{value}')"
        case str():
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    raise TypeError(f"no constant of SQL: {value!r}")


def condition(expr: filters.Expr) -> str:
    """A filter; a comparison with null is false, also under `not`, so each has a value for null."""
    match expr:
        case filters.Compare(field, "contains", value):
            return f"ifNull(position({quoted(field)}, {literal(value)}) > 0, 0)"
        case filters.Compare(field, op, value):
            return f"ifNull({quoted(field)} {op} {literal(value)}, 0)"
        case filters.In(_, ()):
            return "0"
        case filters.In(field, values):
            return f"ifNull({quoted(field)} IN ({', '.join(map(literal, values))}), 0)"
        case filters.IsNull(field):
            return f"isNull({quoted(field)})"
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


def aggregate(item: Aggregate) -> str:
    """One number over the group's rows of one event."""
    test = of_event(item.event, item.where)
    if item.kind == "count":
        return f"countIf({test})"
    if item.kind == "sum":
        return f"sumIfOrNull({quoted(item.field)}, {test})"
    return f"uniqExactIf({quoted(item.field)}, {test})"


def bucket(window: Window, at: str) -> str:
    """The first calendar day of the bucket that a moment falls into, in the window's zone."""
    if window.grain == "total":
        return "CAST(NULL, 'Nullable(Date32)')"
    if window.start is None:
        day = f"toDate32({at}, {literal(window.tz)})"
    else:
        local = f"toUnixTimestamp64Micro({at}) + {_microseconds(offsets(window), at)}"
        day = f"toDate32(fromUnixTimestamp64Micro({local}, 'UTC'))"
    return {"day": day, "week": f"toMonday({day})", "month": f"toStartOfMonth({day})"}[window.grain]


def _microseconds(found: tuple[tuple[datetime | None, int], ...], at: str) -> str:
    """The zone's offset at a moment: a constant, or one before and after each change of the clocks."""
    values = [str(seconds * 1_000_000) for _, seconds in found]
    changes = [since for since, _ in found[1:]]
    if not changes:
        return values[0]
    cases = ", ".join(
        f"{at} < {literal(since)}, {value}" for since, value in zip(changes, values, strict=False)
    )
    return f"multiIf({cases}, {values[-1]})"


def within(window: Window, at: str) -> list[str]:
    """Conditions for the window's bounds."""
    bounds = []
    if window.start is not None:
        bounds.append(f"{at} >= {literal(window.start)}")
    if window.end is not None:
        bounds.append(f"{at} < {literal(window.end)}")
    return bounds


def scan(scan: Scan) -> str:
    """(bucket, *dims, *numbers) over the table of facts."""
    at = quoted(scan.at)
    where = [f"name IN ({', '.join(map(literal, scan.names))})", *within(scan.window, at), f"isNotNull({at})"]
    if scan.where is not None:
        where.append(condition(scan.where))
    # No moment is null here, and only of such can the calendar's functions be asked.
    moment = f"assumeNotNull({at})"
    chosen = [bucket(scan.window, moment), *map(plain, scan.by), *map(aggregate, scan.aggregates)]
    return (
        f"SELECT {', '.join(chosen)} FROM {TABLE} WHERE {' AND '.join(where)} "
        f"{_groups(scan.window, scan.by)} {QUESTION}"
    )


def passage(scan: PassageScan) -> str:
    """(bucket, *dims, started, finished): for every start, the first finish at or after it."""
    way = scan.passage
    start = [of_event(way.start, way.start_where), "isNotNull(person)", *within(scan.window, "occurred_at")]
    if scan.where is not None:
        start.append(condition(scan.where))
    finish = [of_event(way.finish, way.finish_where), "isNotNull(person)"]
    if scan.window.start is not None:
        # A finish outside of these bounds follows no start in time.
        last = scan.window.end + way.within
        finish += [f"occurred_at >= {literal(scan.window.start)}", f"occurred_at < {literal(last)}"]
    chosen = [bucket(scan.window, "occurred_at"), *map(plain, scan.by)]
    named = ", ".join(f"{text} AS d{place}" for place, text in enumerate(chosen))
    dims = ", ".join(f"s.d{place}" for place in range(len(chosen)))
    who = "assumeNotNull(person) AS who, toUnixTimestamp64Micro(occurred_at) AS moment"
    microseconds = way.within // timedelta(microseconds=1)
    return f"""
        SELECT {dims}, uniqExact(s.who),
               uniqExactIf(s.who, ifNull(f.moment - s.moment <= {microseconds}, 0))
        FROM (SELECT {who}, {named} FROM {TABLE} WHERE {" AND ".join(start)}) AS s
        ASOF LEFT JOIN (SELECT {who} FROM {TABLE} WHERE {" AND ".join(finish)}) AS f
        ON s.who = f.who AND s.moment <= f.moment
        GROUP BY {_places(scan.by)} {QUESTION}"""


def extent(names: Sequence[str], at: str) -> str:
    """The first and last moment in microseconds, and how many there are."""
    listed = ", ".join(map(literal, names))
    moment = f"toUnixTimestamp64Micro({quoted(at)})"
    ends = f"min({moment}), max({moment}), count({moment})"
    return f"SELECT {ends} FROM {TABLE} WHERE name IN ({listed}) {QUESTION}"


def values(field: str, names: Sequence[str]) -> str:
    """The different values of a field, in order."""
    listed = ", ".join(map(literal, names))
    return (
        f"SELECT DISTINCT {plain(field)} FROM {TABLE} "
        f"WHERE name IN ({listed}) AND isNotNull({quoted(field)}) ORDER BY 1 {QUESTION}"
    )


def plain(field: str) -> str:
    """A column as it leaves the server: moments as microseconds."""
    return (
        f"toUnixTimestamp64Micro({quoted(field)})" if all_fields().get(field) is datetime else quoted(field)
    )


def _groups(window: Window, dims: Sequence[str]) -> str:
    """The bucket and the dimensions, if there are any."""
    return "" if window.grain == "total" and not dims else f"GROUP BY {_places(dims)}"


def _places(dims: Sequence[str]) -> str:
    """The first columns by their places: a field may be called anything."""
    return ", ".join(str(place + 1) for place in range(len(dims) + 1))
