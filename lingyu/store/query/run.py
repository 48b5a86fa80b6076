"""Asking the engine and putting the answer together.

Holds the order of the steps: what to compute comes from `plan`, answers from `answers`, rows
are laid out by `table`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.conf import settings

from lingyu.kernel.aggregates import Aggregate, Value
from lingyu.kernel.conversion import Conversion
from lingyu.kernel.query import Period, Query, QueryError, Result
from lingyu.kernel.text import N_

from .. import freshness
from . import plan, table
from .answers import Answers
from .plan import Resolved

# (bucket or None, dims) -> {aggregate: number}
Numbers = dict[tuple[date | None, tuple], dict[Aggregate, Value]]
# How often a set of questions is asked again because facts came in between two of them.
TRIES = 3


def ask(query: Query) -> Result:
    """The answer to one query."""
    return ask_all([query])[0]


def ask_all(queries: Sequence[Query]) -> list[Result]:
    """The answers to many queries, all from the same state of the store.

    Those alike but for the metric share one scan. Raises UnknownMetric, FilterError and
    QueryError, each with a translatable message.
    """
    resolved = [plan.resolve(query) for query in queries]
    fresh = freshness.as_of()
    for _ in range(TRIES):
        answers = Answers()
        results = {one: answers.result(one) for one in resolved}
        asked = [_Asked(one, answers) for one, known in results.items() if known is None]
        _compute([step for one in asked for step in one.steps], answers)
        for one in asked:
            results[one.resolved] = answers.keep_result(one.resolved, one.result(fresh))
        if not answers.changed():
            break
    return [replace(results[one], freshness=fresh) for one in resolved]


class _Step:
    """One period of one query: what it needs from the engine, and later its numbers."""

    def __init__(self, resolved: Resolved, period: Period | None, known: dict[str, tuple]):
        self.resolved, self.period = resolved, period
        self.window = plan.window_of(resolved.query, period)
        self.computed = {} if self.is_passage else plan.aggregates_of(resolved, known)
        self.numbers: Numbers = {}

    @property
    def is_passage(self) -> bool:
        return isinstance(self.resolved.metric, Conversion)

    def values(self) -> table.Values:
        """The metric's value for every combination that has facts."""
        if self.is_passage:
            return {key: _share(*found["passage"]) for key, found in self.numbers.items()}
        metric = self.resolved.metric
        return {
            key: metric.value(lambda a, found=found: found.get(self.computed[a]) or 0)
            for key, found in self.numbers.items()
        }


class _Asked:
    """One query on its way to its result."""

    def __init__(self, resolved: Resolved, answers: Answers):
        self.resolved, self.query, self.answers = resolved, resolved.query, answers
        self.extent = _extent(resolved, answers)
        self.period = self.query.period or self.extent
        periods = [self.period]
        if self.period:
            plan.check_period(self.query, self.period)
            if self.query.compare:
                periods.append(self.period.compared(self.query.compare))
        self.steps = [_Step(resolved, p, _known(resolved, p, answers)) for p in periods]

    def result(self, fresh: datetime) -> Result:
        """The rows, with empty buckets filled and the comparison beside them."""
        metric = self.resolved.metric
        unit = self._currency() if metric.unit == "money" else metric.unit
        tables = [(step.period, step.values()) for step in self.steps]
        return Result(
            metric=metric,
            query=self.query,
            period=self.period,
            unit=unit,
            rows=table.rows(metric, self.query, tables) if self.period else (),
            freshness=fresh,
            history_from=self.extent.start if self.extent else None,
            definition=metric.definition,
        )

    def _currency(self) -> str:
        """The one currency of the amounts; refuses to add up several."""
        events = plan.mixable(self.resolved)
        if not events:
            return self.query.currency or plan.fixed_currency(self.resolved.where) or settings.LINGYU_CURRENCY
        seen = self.answers.values("currency", events)
        if len(seen) > 1:
            seen = sorted({c for step in self.steps for c in _currencies(step, events, self.answers)})
        if len(seen) > 1:
            raise QueryError(
                N_(
                    "“%(metric)s” would add up amounts in several currencies (%(names)s). "
                    "Choose one with a filter such as currency = '%(first)s', or break down by currency."
                ),
                metric=self.query.metric,
                names=", ".join(seen),
                first=seen[0],
            )
        return seen[0] if seen else settings.LINGYU_CURRENCY


def _compute(steps: list[_Step], answers: Answers) -> None:
    """Compute everything the steps need, in as few scans as possible."""
    together: dict[tuple, dict[Aggregate, None]] = {}
    for step in steps:
        if step.is_passage:
            for bucket, *rest in answers.passage(plan.passage_scan(step.resolved, step.window)):
                step.numbers[bucket, tuple(rest[:-2])] = {"passage": tuple(rest[-2:])}
        else:
            together.setdefault(_place(step), {}).update(dict.fromkeys(step.computed.values()))
    found = {place: _scan(place, items, answers) for place, items in together.items()}
    for step in steps:
        if not step.is_passage:
            wanted = set(step.computed.values())
            # A combination that only another metric's facts made is none of this one's.
            step.numbers = {
                key: cell
                for key, cell in found[_place(step)].items()
                if any(_is_there(a, cell.get(a)) for a in wanted)
            }


def _place(step: _Step) -> tuple:
    """What steps have to share to be computed by one scan."""
    return step.window, step.resolved.query.by, step.resolved.where


def _scan(place: tuple, items: dict[Aggregate, None], answers: Answers) -> Numbers:
    window, by, where = place
    numbers: Numbers = {}
    for scan in plan.scans(window, by, where, items):
        for bucket, *rest in answers.scan(scan):
            cell = numbers.setdefault((bucket, tuple(rest[: len(by)])), {})
            cell.update(zip(scan.aggregates, map(_whole, rest[len(by) :]), strict=True))
    return numbers


def _whole(number) -> int | None:
    return None if number is None else int(number)


def _is_there(item: Aggregate, number: int | None) -> bool:
    """Whether an aggregate had any fact: a sum may be zero and still be of facts."""
    return number is not None if item.kind == "sum" else bool(number)


def _share(started: int, finished: int) -> Value:
    """A conversion; nothing when nobody started."""
    return Fraction(finished, started) if started else None


def _known(resolved: Resolved, period: Period | None, answers: Answers) -> dict[str, tuple]:
    """Which values of a dimension the ratios' denominators are known for, in this period."""
    known: dict[str, set] = {}
    for field, metric in plan.knowns(resolved.metric):
        query = Query(metric=metric.name, tz=resolved.query.tz)
        items = plan.aggregates_of(Resolved(query, metric, None), {}).values()
        values = {
            row[1]
            for scan in plan.scans(plan.window_of(query, period), (field,), None, items)
            for row in answers.scan(scan)
            if row[1] is not None and any(row[2:])
        }
        known[field] = known.get(field, values) & values
    return {field: tuple(sorted(values)) for field, values in known.items()}


def _currencies(step: _Step, events: tuple[str, ...], answers: Answers) -> set[str]:
    """The currencies of the amounts that one step adds up."""
    items = [a for a in step.computed.values() if a.event in events]
    window = plan.window_of(Query(metric="", tz=step.resolved.query.tz), step.period)
    return {
        row[1]
        for scan in plan.scans(window, ("currency",), step.resolved.where, items)
        for row in answers.scan(scan)
        if row[1] is not None and any(row[2:])
    }


def _extent(resolved: Resolved, answers: Answers) -> Period | None:
    """The first and last day on which the metric counts anything, in the query's zone."""
    metric, zone = resolved.metric, ZoneInfo(resolved.query.tz)
    names: dict[str, set[str]] = {}
    if isinstance(metric, Conversion):
        names["occurred_at"] = {metric.start.name}
    for item in metric.aggregates():
        names.setdefault(item.at, set()).add(item.event)
    found = [answers.extent(tuple(sorted(events)), at) for at, events in names.items()]
    ends = [moment.astimezone(zone).date() for pair in found if pair for moment in pair]
    return Period(min(ends), max(ends)) if ends else None
