"""The question put to the event store, and its answer: plain frozen values.

Holds periods, grains, the query and the result. Does not answer: `lingyu.store.query` does.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from .aggregates import Value
from .metrics import Metric
from .text import N_

Grain = Literal["day", "week", "month", "total"]
Comparison = Literal["previous", "year"]
GRAINS: tuple[str, ...] = get_args(Grain)
COMPARISONS: tuple[str, ...] = get_args(Comparison)


class QueryError(ValueError):
    """The question cannot be answered as asked; `message` is a msgid and `params` fill it."""

    def __init__(self, message: str, **params):
        self.message, self.params = message, params
        super().__init__(message % params)


@dataclass(frozen=True, order=True)
class Period:
    """Calendar days from `start` to `end`, both included, in the query's time zone."""

    start: date
    end: date

    def __post_init__(self):
        if self.end < self.start:
            raise QueryError(
                N_("The period ends (%(end)s) before it starts (%(start)s)."), start=self.start, end=self.end
            )

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    def previous(self) -> "Period":
        """The same length directly before; whole months go back by months, so June follows May."""
        if self.start.day == 1 and (self.end + timedelta(1)).day == 1:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
            return Period(_months_before(self.start, months), self.start - timedelta(1))
        return Period(self.start - timedelta(self.days), self.start - timedelta(1))

    def year_before(self) -> "Period":
        """The same days one year earlier; 29 February becomes the 28th."""
        return Period(_year_before(self.start), _year_before(self.end))

    def compared(self, comparison: Comparison) -> "Period":
        """The period that `comparison` compares with."""
        return self.previous() if comparison == "previous" else self.year_before()

    def buckets(self, grain: Grain) -> list[date]:
        """The first day of every bucket, clipped to the period: the first may start late."""
        if grain == "total":
            return [self.start]
        starts = [self.start]
        while (following := _next(starts[-1], grain)) <= self.end:
            starts.append(following)
        return starts

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


@dataclass(frozen=True, kw_only=True)
class Query:
    """One metric over one period.

    `period` None means all history. `by` names dimensions; `where` is a filter expression
    (`lingyu.kernel.filters`); `currency` picks one where money in several would be mixed.
    """

    metric: str
    period: Period | None = None
    grain: Grain = "total"
    by: tuple[str, ...] = ()
    where: str = ""
    currency: str | None = None
    compare: Comparison | None = None
    tz: str = "Asia/Shanghai"

    def __post_init__(self):
        if self.grain not in GRAINS:
            raise QueryError(
                N_("There is no grain “%(grain)s”; use one of %(grains)s."),
                grain=self.grain,
                grains=", ".join(GRAINS),
            )
        if self.compare not in (None, *COMPARISONS):
            raise QueryError(
                N_("There is no comparison “%(name)s”; use one of %(names)s."),
                name=self.compare,
                names=", ".join(COMPARISONS),
            )


@dataclass(frozen=True)
class Row:
    """One bucket of one combination of dimensions; money in minor units, ratios as exact fractions.

    `time` is the bucket's first day within the period; `before` and `before_time` are the
    compared bucket's, when a comparison was asked for and has such a bucket.
    """

    time: date
    dims: tuple[str | int | None, ...]
    value: Value
    before: Value = None
    before_time: date | None = None

    @property
    def change(self) -> float | None:
        """Relative change against the compared bucket; None where that is nothing or zero."""
        if self.value is None or not self.before:
            return None
        return float((self.value - self.before) / abs(self.before))


@dataclass(frozen=True, kw_only=True)
class Result:
    """The answer: rows in the order of time then dimensions, and where they come from.

    `unit` is a currency code for money. `freshness` is the moment up to which every recorded
    fact is in the numbers; `history_from` the first day on which the metric has any fact.
    """

    metric: Metric
    query: Query
    period: Period | None
    unit: str
    rows: tuple[Row, ...]
    freshness: datetime
    history_from: date | None = None
    definition: str = field(default="")

    @property
    def total(self) -> Value:
        """The value of the only row; the metric's empty value when there is none."""
        return self.rows[0].value if self.rows else self.metric.empty


def _next(day: date, grain: str) -> date:
    if grain == "day":
        return day + timedelta(1)
    if grain == "week":
        return day + timedelta(7 - day.weekday())
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
