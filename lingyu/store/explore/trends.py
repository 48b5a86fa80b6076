"""Trends: how much of something in each bucket, altogether or broken down.

People by day, week or month are counted on bitmaps; everything else by one statement with grouping sets, so
that totals are those of the whole period and not sums of buckets. Holds no other kind of question.
"""

from datetime import datetime
from typing import Any

from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Trend
from lingyu.kernel.questions.days import day_of, ends, units_between

from .expressions import as_number, columns_of, of_step
from .framing import answer, asked_days, columns
from .groups import Groups, groups, members
from .held import day_starts
from .matching import Doers
from .sequences import Sequences

EMPTY = {"events": 0, "people": 0, "sum": 0}
HOUR = 3_600_000


def trend(asked: Trend, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a trend; one row a bucket, or a bucket and group. A bucket without anything is there,
    too.
    """
    kind = "whole" if asked.measure in ("events", "people") else "number"
    heads = columns(**({"group": "text"} if asked.by else {}), time="moment", value=kind)
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, heads, [], {"value": EMPTY.get(asked.measure)})
    buckets = buckets_of(asked, source, *days)
    if asked.measure == "people" and asked.grain != "hour" and not asked.by:
        found, total = _by_bitmaps(asked, source, *days, among)
        told = None
    else:
        told = groups(source, asked.by, asked.step, *days, asked.top, among) if asked.by else None
        found, total, wholes = _by_sql(asked, source, *days, told, among)
    empty = EMPTY.get(asked.measure)
    labels = told.labels if told else [None]
    rows: list[dict[str, Any]] = [
        ({"group": label} if told else {}) | {"time": shown, "value": found.get((bucket, place), empty)}
        for place, label in enumerate(labels)
        for bucket, shown in buckets
    ]
    totals: dict[str, Any] = {"value": total}
    if told:
        totals["groups"] = [
            {"group": label, "value": wholes.get(place, empty)} for place, label in enumerate(labels)
        ]
    return answer(asked, source, heads, rows, totals)


def buckets_of(asked: Trend, source: Sequences, first: int, last: int) -> list[tuple[int, str]]:
    """Each bucket by its number in queries and as it is shown; the first begins with the period."""
    if asked.grain == "hour":
        starts = day_starts(first, last, source.zone)
        hours = range(int(starts[0]) // HOUR, -(-int(starts[-1]) // HOUR))
        # Where the offset is no whole hour, so are the hours of the clock.
        shift = int(starts[0]) % HOUR
        return [(h, _hour(h * HOUR + shift, source)) for h in hours if h * HOUR + shift < starts[-1]]
    units = units_between(first, last, asked.grain)
    return [(unit, day_of(max(unit, first)).isoformat()) for unit in units]


def _hour(moment: int, source: Sequences) -> str:
    return datetime.fromtimestamp(moment / 1000, source.zone).isoformat(timespec="minutes")


def _by_bitmaps(asked: Trend, source: Sequences, first: int, last: int, among: BitMap | None):
    doers = Doers(source, asked.step, first, last, among)
    buckets = {
        unit: doers.during(max(unit, first), min(ends(unit, asked.grain), last))
        for unit in units_between(first, last, asked.grain)
    }
    return {(unit, 0): len(there) for unit, there in buckets.items()}, len(BitMap.union(*buckets.values()))


def _by_sql(
    asked: Trend, source: Sequences, first: int, last: int, told: Groups | None, among: BitMap | None
) -> tuple[dict, Any, dict]:
    """The values by (bucket, group), of all, and by group."""
    needed = {"event", "person", "time", "day"} | columns_of(source, asked.step.where)
    if asked.property:
        needed.add(source.property(asked.property).column)
    if told:
        needed.add(told.column(source))
    chosen, tables = members(among)
    group = told.number() if told else "0::INTEGER"
    sql = (
        f"SELECT {_bucket(asked, source, first)} AS bucket, {group} AS grp, "
        f"{_measure(asked, source)} AS value, grouping_id(bucket, grp) AS level "
        f"FROM {source.relation(needed, first, last)} AS facts {told.join(source) if told else ''} "
        f"WHERE {of_step(source, asked.step)} {chosen} "
        "GROUP BY GROUPING SETS ((bucket, grp), (grp), ())"
    )
    if told:
        tables["grouping"] = told.table()
    found, wholes, total = {}, {}, EMPTY.get(asked.measure)
    for bucket, group, value, level in source.ask(sql, **tables):
        if level == 0:
            found[bucket, group] = value
        elif level == 2:
            wholes[group] = value
        elif value is not None:
            total = value
    return found, total, wholes


def _bucket(asked: Trend, source: Sequences, first: int) -> str:
    if asked.grain == "hour":
        shift = int(day_starts(first, first, source.zone)[0]) % HOUR
        return f"(epoch_ms(time) - {shift}) // {HOUR}"
    if asked.grain == "week":
        return "day - (day + 3) % 7"
    if asked.grain == "month":
        return "(date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER"
    return "day"


def _measure(asked: Trend, source: Sequences) -> str:
    simple = {
        "events": "count(*)",
        "people": "count(DISTINCT person)",
        "per_person": "count(person) / nullif(count(DISTINCT person), 0)",
    }
    if asked.measure in simple:
        return simple[asked.measure]
    value = as_number(source, asked.property)
    named = {"sum": "sum", "mean": "avg", "median": "median", "min": "min", "max": "max"}
    if asked.measure in named:
        return f"{named[asked.measure]}({value})"
    return f"quantile_cont({value}, {int(asked.measure[1:]) / 100})"
