"""Values laid out as rows: every bucket of every combination, the comparison beside.

Holds pure functions; `run` brings the values.
"""

from collections.abc import Sequence
from datetime import date

from lingyu.kernel.aggregates import Value
from lingyu.kernel.metrics import Cumulative, Metric
from lingyu.kernel.query import Period, Query, Row

# (bucket or None for the total, dimension values) -> the metric's value
Values = dict[tuple[date | None, tuple], Value]


def rows(metric: Metric, query: Query, tables: Sequence[tuple[Period, Values]]) -> tuple[Row, ...]:
    """Rows by time then dimensions; `tables` holds the period asked for and, if any, the compared one."""
    combinations = {dims for _, values in tables for _, dims in values} | (set() if query.by else {()})
    ordered = sorted(combinations, key=lambda dims: tuple((v is None, "" if v is None else v) for v in dims))
    series = [(_buckets(query, period), values) for period, values in tables]
    lines = [[_line(metric, buckets, values, dims) for buckets, values in series] for dims in ordered]
    found = []
    for index, (_, day) in enumerate(series[0][0]):
        for dims, (line, *compared) in zip(ordered, lines, strict=True):
            before, before_day = None, None
            if compared and index < len(compared[0]):
                before, before_day = compared[0][index], series[1][0][index][1]
            found.append(Row(day, dims, line[index], before, before_day))
    return tuple(found)


def _line(metric: Metric, buckets, values: Values, dims: tuple) -> list[Value]:
    """One combination's value in every bucket; a cumulative metric runs on."""
    line = [values.get((key, dims), metric.empty) for key, _ in buckets]
    if isinstance(metric, Cumulative):
        total = 0
        for index, value in enumerate(line):
            total += value or 0
            line[index] = total
    return line


def _buckets(query: Query, period: Period) -> list[tuple[date | None, date]]:
    """(the engine's name of the bucket, its first day within the period)."""
    days = period.buckets(query.grain)
    if query.grain == "total":
        return [(None, days[0])]
    return [(_truncated(day, query.grain), day) for day in days]


def _truncated(day: date, grain: str) -> date:
    if grain == "month":
        return day.replace(day=1)
    return date.fromordinal(day.toordinal() - day.weekday()) if grain == "week" else day
