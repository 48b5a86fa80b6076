"""Asking the engine and putting the answer together: buckets filled, comparison beside.

Holds the order of the steps; `plan` has what they compute from.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

from django.conf import settings

from lingyu.kernel.metrics import Aggregate, Conversion, Cumulative, Value
from lingyu.kernel.query import Period, Query, QueryError, Result, Row
from lingyu.kernel.text import N_

from .. import freshness
from ..engines import engine
from ..engines.base import Scan
from . import plan
from .plan import Resolved

# (bucket or None, dims) -> {aggregate: number}
Numbers = dict[tuple[date | None, tuple], dict[Aggregate, Value]]


def ask(query: Query) -> Result:
    """The answer to one query."""
    return ask_all([query])[0]


def ask_all(queries: Sequence[Query]) -> list[Result]:
    """The answers to many queries; those alike but for the metric share one scan of the store.

    Raises UnknownMetric, FilterError and QueryError, each with a translatable message.
    """
    fresh = freshness.as_of()
    asked = [_Asked(plan.resolve(query)) for query in queries]
    for one in asked:
        one.prepare()
    _run([step for one in asked for step in one.steps])
    return [one.result(fresh) for one in asked]


class _Step:
    """One period of one query: what it needs from the engine, and later its numbers."""

    def __init__(self, resolved: Resolved, period: Period | None, known: dict[str, tuple]):
        self.resolved, self.period = resolved, period
        self.window = plan.window_of(resolved.query, period)
        self.computed = {} if isinstance(resolved.metric, Conversion) else plan.aggregates_of(resolved, known)
        self.numbers: Numbers = {}

    def row_values(self) -> dict[tuple[date | None, tuple], Value]:
        """The metric's value for every combination that has facts."""
        metric = self.resolved.metric
        if isinstance(metric, Conversion):
            return {key: metric_value(*found["passage"]) for key, found in self.numbers.items()}
        return {
            key: metric.value(lambda a, found=found: found.get(self.computed[a], 0))
            for key, found in self.numbers.items()
        }


def metric_value(started: int, finished: int) -> Value:
    """A conversion's share; nothing when nobody started."""
    from fractions import Fraction

    return Fraction(finished, started) if started else None


class _Asked:
    """One query on its way to its result."""

    def __init__(self, resolved: Resolved):
        self.resolved, self.query = resolved, resolved.query
        self.extent = _extent(resolved)
        self.period = self.query.period or self.extent
        self.steps: list[_Step] = []

    def prepare(self) -> None:
        """Lay out the period and the one it is compared with."""
        periods = [self.period]
        if self.query.compare and self.period:
            periods.append(self.period.compared(self.query.compare))
        self.steps = [_Step(self.resolved, p, _known(self.resolved, p)) for p in periods]

    def result(self, fresh: datetime) -> Result:
        """The rows, with empty buckets filled and the comparison beside them."""
        resolved, query = self.resolved, self.query
        tables = [(step.period, step.row_values()) for step in self.steps]
        unit = resolved.metric.unit
        if unit == "money":
            unit, tables = self._currency(tables)
        rows = _rows(resolved, tables) if self.period else ()
        return Result(
            metric=resolved.metric, query=query, period=self.period, unit=unit, rows=tuple(rows),
            freshness=fresh, history_from=self.extent.start if self.extent else None,
            definition=resolved.metric.definition,
        )

    def _currency(self, tables):
        """The one currency of the amounts; refuses to add up several."""
        query = self.query
        if not self.resolved.mixed:
            return query.currency or _fixed_currency(self.resolved) or settings.LINGYU_CURRENCY, tables
        seen = sorted({dims[-1] for _, values in tables for (_, dims), v in values.items() if dims[-1] and v})
        if len(seen) > 1:
            raise QueryError(
                N_("“%(metric)s” would add up amounts in several currencies (%(names)s). "
                   "Choose one with a filter such as currency = '%(first)s', or break down by currency."),
                metric=query.metric, names=", ".join(seen), first=seen[0],
            )
        kept = [
            (period, {(bucket, dims[:-1]): v for (bucket, dims), v in values.items() if not seen or dims[-1] in (seen[0], None)})
            for period, values in tables
        ]
        return seen[0] if seen else settings.LINGYU_CURRENCY, kept


def _rows(resolved: Resolved, tables) -> list[Row]:
    """Every bucket of every combination of dimensions, in the order of time then dimensions."""
    metric, query = resolved.metric, resolved.query
    combos = {dims for _, values in tables for _, dims in values} or ({()} if not query.by else set())
    ordered = sorted(combos, key=lambda dims: tuple((v is None, str(v)) for v in dims))
    series = [(_buckets(query, period), values) for period, values in tables]
    buckets, values = series[0]
    rows = []
    for dims in ordered:
        line = _line(metric, buckets, values, dims)
        before = _line(metric, *series[1], dims) if len(series) > 1 else []
        for index, (_, day) in enumerate(buckets):
            other = before[index] if index < len(before) else None
            other_day = series[1][0][index][1] if other is not None or index < len(before) else None
            rows.append((index, Row(day, dims, line[index], other, other_day)))
    rows.sort(key=lambda pair: pair[0])
    return [row for _, row in rows]


def _line(metric, buckets, values, dims) -> list[Value]:
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


def _run(steps: list[_Step]) -> None:
    """Compute everything the steps need, in as few scans as possible."""
    together: dict[tuple, dict[Aggregate, None]] = {}
    for step in steps:
        if isinstance(step.resolved.metric, Conversion):
            scan = plan.passage_scan(step.resolved, step.window)
            for bucket, *rest in _cached(scan):
                step.numbers[bucket, tuple(rest[:-2])] = {"passage": tuple(rest[-2:])}
        else:
            key = (step.window, step.resolved.by, step.resolved.where)
            together.setdefault(key, {}).update(dict.fromkeys(step.computed.values()))
    found: dict[tuple, Numbers] = {}
    for (window, by, where), items in together.items():
        numbers: Numbers = {}
        for scan in plan.scans(window, by, where, items):
            for bucket, *rest in _cached(scan):
                cell = numbers.setdefault((bucket, tuple(rest[: len(by)])), {})
                cell.update(zip(scan.aggregates, map(_whole, rest[len(by):]), strict=True))
        found[window, by, where] = numbers
    for step in steps:
        if not isinstance(step.resolved.metric, Conversion):
            numbers = found[step.window, step.resolved.by, step.resolved.where]
            wanted = set(step.computed.values())
            # A combination that only another metric's facts made is none of this one's.
            step.numbers = {key: cell for key, cell in numbers.items() if any(cell.get(a) for a in wanted)}


def _whole(number) -> int:
    return int(number)


def _known(resolved: Resolved, period: Period | None) -> dict[str, tuple]:
    """Which values of a dimension a ratio's denominator is known for, in this period."""
    known = {}
    for field, metric in plan.knowns(resolved.metric):
        window = plan.window_of(Query(metric=metric.name, tz=resolved.query.tz), period)
        values: set = set()
        for scan in plan.scans(window, (field,), None, metric.aggregates()):
            values |= {row[1] for row in _cached(scan) if row[1] is not None and any(row[2:])}
        known[field] = tuple(sorted(values))
    return known


def _extent(resolved: Resolved) -> Period | None:
    """The first and last day on which the metric counts anything, in the query's zone."""
    metric, zone = resolved.metric, ZoneInfo(resolved.query.tz)
    names: dict[str, set[str]] = {}
    if isinstance(metric, Conversion):
        names["occurred_at"] = {metric.start.name}
    for item in metric.aggregates():
        names.setdefault(item.at, set()).add(item.event)
    found = [_extent_of(tuple(sorted(events)), at) for at, events in names.items()]
    ends = [moment.astimezone(zone).date() for pair in found if pair for moment in pair]
    return Period(min(ends), max(ends)) if ends else None


def _extent_of(names: tuple[str, ...], at: str):
    return _keep(("extent", at, *names), lambda: engine().extent(names, at))


def _fixed_currency(resolved: Resolved) -> str | None:
    """The currency that the filter pins, when it pins one."""
    from lingyu.kernel import filters

    expr = resolved.where
    for item in expr.items if isinstance(expr, filters.All) else (expr,):
        if isinstance(item, filters.Compare) and item.field == "currency" and item.op == "=":
            return str(item.value)
    return None


# --- Answers kept until facts come in ------------------------------------------------------------

_kept: OrderedDict[tuple, object] = OrderedDict()
_lock = Lock()
KEPT = 512


def _cached(scan) -> list[tuple]:
    """The engine's answer, kept until the store changes."""
    run = engine().scan if isinstance(scan, Scan) else engine().passage
    return _keep(scan, lambda: run(scan))


def _keep(key, make):
    full = (engine().version(), key)
    with _lock:
        if full in _kept:
            _kept.move_to_end(full)
            return _kept[full]
    made = make()
    with _lock:
        _kept[full] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
