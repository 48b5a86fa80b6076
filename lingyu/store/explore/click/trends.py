"""Trends in ClickHouse: one statement with grouping sets, so that totals are those of the whole period.

Distincts are `uniqExact`; what has no number is NULL and not nought. Holds no other kind of question.
"""

from typing import Any

from lingyu.kernel.questions import Answer, Trend

from ..framing import answer, asked_days, columns
from ..held import day_starts
from ..trends import EMPTY, HOUR, buckets_of
from .expressions import as_number, events, of_step, read
from .grouping import labels, number
from .source import ClickFacts
from .table import facts
from .units import begins

_PEOPLE = "uniqExactIf(person, person > 0)"
_SIMPLE = {
    "events": "count()",
    "people": _PEOPLE,
    "per_person": f"countIf(person > 0) / nullIf({_PEOPLE}, 0)",
}
_NAMED = {"sum": "sumOrNull", "mean": "avgOrNull", "min": "minOrNull", "max": "maxOrNull"}


def trend(asked: Trend, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a trend; one row a bucket, or a bucket and group."""
    kind = "whole" if asked.measure in ("events", "people") else "number"
    heads = columns(**({"group": "text"} if asked.by else {}), time="moment", value=kind)
    days = asked_days(asked, source)
    empty = EMPTY.get(asked.measure)
    if days is None:
        return answer(asked, source, heads, [], {"value": empty})
    told = labels(source, asked.by, asked.step, *days, asked.top, chosen) if asked.by else [None]
    found, wholes, total = _values(asked, source, *days, told, chosen)
    rows: list[dict[str, Any]] = [
        ({"group": label} if asked.by else {}) | {"time": shown, "value": found.get((bucket, place), empty)}
        for place, label in enumerate(told)
        for bucket, shown in buckets_of(asked, source, *days)
    ]
    totals: dict[str, Any] = {"value": total}
    if asked.by:
        totals["groups"] = [
            {"group": label, "value": wholes.get(place, empty)} for place, label in enumerate(told)
        ]
    return answer(asked, source, heads, rows, totals)


def _values(
    asked: Trend, source: ClickFacts, first: int, last: int, told: list[str | None], chosen: str
) -> tuple[dict, dict, Any]:
    """The values by (bucket, group), by group, and of all."""
    group = number(read(asked.by).text, told) if asked.by else "toInt32(0)"
    sql = (
        f"SELECT bucket, grp, {_measure(asked)} AS value, grouping(grp, bucket) AS level "
        f"FROM (SELECT *, {_bucket(asked, source, first)} AS bucket, {group} AS grp "
        f"FROM {facts(first, last, events([asked.step]), nobody=True)} "
        f"WHERE {of_step(asked.step)} {chosen}) GROUP BY GROUPING SETS ((bucket, grp), (grp), ())"
    )
    found, wholes, total = {}, {}, EMPTY.get(asked.measure)
    for bucket, place, value, level in source.ask(sql):
        if level == 0:
            found[bucket, place] = value
        elif level == 1:
            wholes[place] = value
        elif value is not None:
            total = value
    return found, wholes, total


def _bucket(asked: Trend, source: ClickFacts, first: int) -> str:
    """As `explore.trends` numbers them."""
    if asked.grain == "hour":
        shift = int(day_starts(first, first, source.zone)[0]) % HOUR
        return f"toInt64(intDiv(ms - {shift}, {HOUR}))"
    return begins("day", asked.grain)


def _measure(asked: Trend) -> str:
    if asked.measure in _SIMPLE:
        return _SIMPLE[asked.measure]
    value = as_number(asked.property)
    if asked.measure in _NAMED:
        return f"{_NAMED[asked.measure]}({value})"
    level = 0.5 if asked.measure == "median" else int(asked.measure[1:]) / 100
    return _quantile(value, level)


def _quantile(value: str, level: float) -> str:
    """Between two neighbours as DuckDB goes, to the last bit; `quantileExactInclusive` rounds otherwise."""
    place = f"({level!r} * (length(s) - 1))"
    low, high = f"s[toUInt64(floor({place})) + 1]", f"s[toUInt64(ceil({place})) + 1]"
    between = f"{low} + ({high} - {low}) * ({place} - floor({place}))"
    return f"arrayMap(s -> if(empty(s), NULL, {between}), [arraySort(groupArray({value}))])[1]"
