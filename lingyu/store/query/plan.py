"""From a query to what the engine must compute: resolving names, and one scan for many metrics.

Holds pure functions over values; `run` talks to the engine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lingyu.kernel import filters
from lingyu.kernel.events import event_named, own_fields
from lingyu.kernel.metrics import Aggregate, Conversion, Metric, Ratio, metric_named
from lingyu.kernel.query import Period, Query, QueryError
from lingyu.kernel.text import N_

from ..engines.base import PassageScan, Scan, Window


@dataclass(frozen=True)
class Resolved:
    """A query whose names are known: its metric, its filter's tree, its dimensions checked."""

    query: Query
    metric: Metric
    where: filters.Expr | None
    # The currency dimension is read along when amounts could otherwise be mixed.
    by: tuple[str, ...]
    mixed: bool


def resolve(query: Query) -> Resolved:
    """Check every name of `query`. Raises UnknownMetric, FilterError or QueryError with what to do."""
    metric = metric_named(query.metric)
    dimensions = metric.dimensions()
    where = filters.parse(query.where)
    for field in [*query.by, *sorted(filters.fields_of(where))]:
        if field not in dimensions:
            raise QueryError(
                N_("“%(metric)s” cannot be broken down or filtered by “%(field)s”; it has: %(known)s."),
                metric=metric.name, field=field, known=", ".join(dimensions),
            )
    if len(set(query.by)) < len(query.by):
        raise QueryError(N_("The same dimension is named twice: %(names)s."), names=", ".join(query.by))
    _known_zone(query.tz)
    mixed = (
        metric.unit == "money" and "currency" in dimensions and query.currency is None
        and "currency" not in query.by and not _fixes_currency(where)
    )
    return Resolved(query, metric, where, (*query.by, "currency") if mixed else query.by, mixed)


def window_of(query: Query, period: Period | None) -> Window:
    """The window of `period` in UTC; unbounded without one."""
    zone = ZoneInfo(query.tz)

    def midnight(day) -> datetime:
        return datetime.combine(day, time(), zone).astimezone(UTC)

    return Window(
        start=midnight(period.start) if period else None,
        end=midnight(period.end + timedelta(1)) if period else None,
        grain=query.grain, tz=query.tz,
    )


def aggregates_of(resolved: Resolved, known: dict[str, tuple]) -> dict[Aggregate, Aggregate]:
    """The metric's aggregates, each with the one to compute: the query's currency and the ratio's
    known values of a dimension become part of its own filter."""
    extra = {}
    for item in resolved.metric.aggregates():
        fields = own_fields(event_named(item.event))
        where = item.where
        if resolved.query.currency is not None and "currency" in fields:
            where = filters.both(where, filters.Compare("currency", "=", resolved.query.currency))
        for field, values in known.items():
            if field in fields:
                # No value known: a filter that nothing passes.
                where = filters.both(where, filters.In(field, values or ("",)))
        extra[item] = replace(item, where=where)
    return extra


def scans(window: Window, by: tuple[str, ...], where, items: Iterable[Aggregate]) -> list[Scan]:
    """One scan for all aggregates that count at the same moment field."""
    groups: dict[str, dict[Aggregate, None]] = {}
    for item in items:
        groups.setdefault(item.at, {})[item] = None
    return [
        Scan(aggregates=tuple(group), window=window, at=at, by=by, where=where) for at, group in groups.items()
    ]


def passage_scan(resolved: Resolved, window: Window) -> PassageScan:
    """The scan of a conversion."""
    assert isinstance(resolved.metric, Conversion)
    return PassageScan(passage=resolved.metric.passage(), window=window, by=resolved.by, where=resolved.where)


def knowns(metric: Metric) -> list[tuple[str, Metric]]:
    """(dimension, denominator) of every ratio inside `metric` that asks what is known."""
    own = [(metric.known_by, metric.denominator)] if isinstance(metric, Ratio) and metric.known_by else []
    return own + [pair for part in metric.parts for pair in knowns(part)]


def _fixes_currency(expr: filters.Expr | None) -> bool:
    if isinstance(expr, filters.All):
        return any(map(_fixes_currency, expr.items))
    return isinstance(expr, filters.Compare) and expr.field == "currency" and expr.op == "="


def _known_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise QueryError(N_("There is no time zone “%(name)s”; use a name like Asia/Shanghai."), name=name) from None
