"""From a query to what the engine must compute: resolving names, and one scan for many metrics.

Holds pure functions over values; `run` talks to the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lingyu.kernel import filters
from lingyu.kernel.aggregates import Aggregate
from lingyu.kernel.conversion import Conversion
from lingyu.kernel.events import event_named, own_fields
from lingyu.kernel.metrics import Metric, Ratio, metric_named
from lingyu.kernel.query import Period, Query, QueryError
from lingyu.kernel.text import N_

from ..engines.base import PassageScan, Scan, Window
from .literals import fitted

# Years a period may touch: beyond them zones and engines have no calendar to count by.
YEARS = (1900, 2200)
# Buckets of one answer; a page or a file with more serves nobody.
BUCKETS = 20_000


@dataclass(frozen=True)
class Resolved:
    """A query whose names are known: its metric, its filter's tree, its dimensions checked."""

    query: Query
    metric: Metric
    where: filters.Expr | None


def resolve(query: Query) -> Resolved:
    """Check every name of `query`. Raises UnknownMetric, FilterError or QueryError with what to do."""
    metric = metric_named(query.metric)
    _known_zone(query.tz)
    where = filters.parse(query.where)
    dimensions = metric.dimensions()
    for field in [*query.by, *sorted(filters.fields_of(where))]:
        if field not in dimensions:
            raise QueryError(
                N_("“%(metric)s” cannot be broken down or filtered by “%(field)s”; it has: %(known)s."),
                metric=metric.name,
                field=field,
                known=", ".join(dimensions),
            )
    if len(set(query.by)) < len(query.by):
        raise QueryError(N_("The same dimension is named twice: %(names)s."), names=", ".join(query.by))
    if query.period:
        check_period(query, query.period)
    return Resolved(query, metric, fitted(where, query.tz))


def check_period(query: Query, period: Period) -> None:
    """Refuse a period that no calendar covers, or one of too many buckets. Raises QueryError."""
    if period.start.year < YEARS[0] or period.end.year > YEARS[1]:
        raise QueryError(
            N_("The period must lie between the years %(first)s and %(last)s."), first=YEARS[0], last=YEARS[1]
        )
    if query.grain == "day" and period.days > BUCKETS:
        raise QueryError(
            N_("%(days)s days are too many for one answer; choose weeks, months or a shorter period."),
            days=period.days,
        )


def window_of(query: Query, period: Period | None) -> Window:
    """The window of `period` in UTC; unbounded without one."""
    zone = ZoneInfo(query.tz)

    def midnight(day) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)

    return Window(
        start=midnight(period.start) if period else None,
        end=midnight(period.end + timedelta(1)) if period else None,
        grain=query.grain,
        tz=query.tz,
    )


def aggregates_of(resolved: Resolved, known: dict[str, tuple]) -> dict[Aggregate, Aggregate]:
    """The metric's aggregates, each with the one to compute.

    The query's currency and a ratio's known values of a dimension become part of its filter.
    """
    computed = {}
    for item in resolved.metric.aggregates():
        fields = own_fields(event_named(item.event))
        where = fitted(item.where, resolved.query.tz)
        if resolved.query.currency is not None and "currency" in fields:
            where = filters.both(where, filters.Compare("currency", "=", resolved.query.currency))
        for field, values in known.items():
            if field in fields:
                where = filters.both(where, filters.In(field, values))
        computed[item] = replace(item, where=where)
    return computed


def scans(window: Window, by: tuple[str, ...], where, items: Iterable[Aggregate]) -> list[Scan]:
    """One scan for all aggregates that count at the same moment field."""
    groups: dict[str, dict[Aggregate, None]] = {}
    for item in items:
        groups.setdefault(item.at, {})[item] = None
    return [
        Scan(aggregates=tuple(group), window=window, at=at, by=by, where=where)
        for at, group in groups.items()
    ]


def passage_scan(resolved: Resolved, window: Window) -> PassageScan:
    """The scan of a conversion."""
    assert isinstance(resolved.metric, Conversion)
    way, tz = resolved.metric.passage(), resolved.query.tz
    way = replace(way, start_where=fitted(way.start_where, tz), finish_where=fitted(way.finish_where, tz))
    return PassageScan(passage=way, window=window, by=resolved.query.by, where=resolved.where)


def knowns(metric: Metric) -> list[tuple[str, Metric]]:
    """(dimension, denominator) of every ratio inside `metric` that asks what is known."""
    own = [(metric.known_by, metric.denominator)] if isinstance(metric, Ratio) and metric.known_by else []
    return own + [pair for part in metric.parts for pair in knowns(part)]


def mixable(resolved: Resolved) -> tuple[str, ...]:
    """The events whose amounts might be in several currencies that this query would add up."""
    query, metric = resolved.query, resolved.metric
    if metric.unit != "money" or query.currency is not None or "currency" in query.by:
        return ()
    if fixed_currency(resolved.where) is not None:
        return ()
    names = {a.event for a in metric.aggregates()}
    return tuple(sorted(name for name in names if "currency" in own_fields(event_named(name))))


def fixed_currency(expr: filters.Expr | None) -> str | None:
    """The currency that a filter pins, when it pins one."""
    for item in expr.items if isinstance(expr, filters.All) else (expr,):
        if isinstance(item, filters.Compare) and (item.field, item.op) == ("currency", "="):
            return str(item.value)
    return None


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise QueryError(
            N_("There is no time zone “%(name)s”; use a name like Asia/Shanghai."), name=name
        ) from None
