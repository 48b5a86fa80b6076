"""Lines of who, what and when, made into sequences: people and names numbered, everything in order.

Reads no file and no moment: the table `lines` (person, event, ms, props) is there already.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from lingyu.kernel.query import QueryError
from lingyu.kernel.questions.days import number
from lingyu.kernel.text import N_

from .held import NAMES, Held, day_starts

# Milliseconds of the years 1970 and 2200: what lies outside was no moment of anybody's.
_EARLIEST, _LATEST = 0, 7_258_118_400_000


def hold(duck: duckdb.DuckDBPyConnection, zone: ZoneInfo, *, freshness=None, refused: int = 0) -> Held:
    """The sequences of `lines`, which is dropped. People are numbered in the order of their keys.

    Raises QueryError for more event names, or days, than there can be.
    """
    low, high = duck.execute("SELECT min(ms), max(ms) FROM lines").fetchall()[0]
    if low is not None and (low < _EARLIEST or high > _LATEST):
        raise QueryError(
            N_("Times go from %(low)s to %(high)s: that is no history; check the column and its unit."),
            low=_year(low), high=_year(high),
        )  # fmt: skip
    for table, column, kind in (("keys", "person", "UINTEGER"), ("names", "event", "USMALLINT")):
        duck.execute(
            f"CREATE TABLE {table} AS "
            "SELECT name, (row_number() OVER (ORDER BY name) - 1)::UINTEGER AS number "
            f"FROM (SELECT DISTINCT {column} AS name FROM lines)"
        )
        if kind == "USMALLINT":
            _count_names(duck)
    _in_order(duck, zone, low, high)
    arrays = duck.execute(
        "SELECT day, person, epoch_ms(time) AS ms, names.number::USMALLINT AS event "
        "FROM facts JOIN names ON names.name = facts.event ORDER BY day, person, ms, names.number"
    ).fetchnumpy()
    keys = [key for (key,) in duck.execute("SELECT name FROM keys ORDER BY number").fetchall()]
    names = [name for (name,) in duck.execute("SELECT name FROM names ORDER BY number").fetchall()]
    duck.execute("DROP TABLE lines")
    held = Held(duck, arrays, names=names, keys=keys, zone=zone, freshness=freshness)
    held.refused = refused
    return held


def _in_order(duck: duckdb.DuckDBPyConnection, zone: ZoneInfo, low: int | None, high: int | None) -> None:
    """Make `facts` of `lines`, with the day of each in the zone."""
    first, last = (_day(low, zone), _day(high, zone)) if low is not None else (0, 0)
    starts = day_starts(first, last, zone)[:-1]
    days = {"begins": starts, "day": np.arange(first, last + 1)}
    duck.register("calendar", days)
    duck.execute(
        "CREATE TABLE facts AS SELECT lines.event, keys.number AS person, "
        "make_timestamp_ms(lines.ms)::TIMESTAMP_MS AS time, calendar.day::INTEGER AS day, lines.props "
        "FROM lines JOIN keys ON keys.name = lines.person "
        "ASOF JOIN calendar ON lines.ms >= calendar.begins"
    )
    duck.unregister("calendar")


def _day(at: int, zone: ZoneInfo) -> int:
    return number(datetime.fromtimestamp(at / 1000, zone).date())


def _year(at: int) -> str:
    seconds = at // 1000
    sane = -62_000_000_000 < seconds < 250_000_000_000
    return str(datetime.fromtimestamp(seconds, UTC).date()) if sane else f"{at} ms"


def _count_names(duck: duckdb.DuckDBPyConnection) -> None:
    (count,) = duck.execute("SELECT count(*) FROM names").fetchall()[0]
    if count > NAMES:
        raise QueryError(
            N_("There are %(count)s different events, more than %(most)s: is that the right column?"),
            count=count, most=NAMES,
        )  # fmt: skip
