"""What a case is, and short ways to write one."""

from dataclasses import dataclass
from datetime import date

from lingyu.kernel.events import Event
from lingyu.kernel.metrics import Metric
from lingyu.kernel.query import Period, Query


@dataclass(frozen=True)
class Case:
    """`facts` recorded, `query` asked, `rows` expected.

    A row is (day, *dimensions, value), or (day, *dimensions, value, value before, day before)
    where a comparison is asked for; or `rows` is the type of the error. `unit` is checked if given.
    """

    says: str
    facts: tuple[Event, ...]
    query: Query
    rows: list[tuple] | type[Exception]
    unit: str | None = None


def ask_for(metric: Metric, start: str | None = None, end: str | None = None, **rest) -> Query:
    """A query for whole days from `start` to `end`; in Shanghai's days unless told otherwise."""
    period = Period(date.fromisoformat(start), date.fromisoformat(end or start)) if start else None
    return Query(metric=metric.name, period=period, **rest)


def d(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)
