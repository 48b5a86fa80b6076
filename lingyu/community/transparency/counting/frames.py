"""What all counting needs: the time looked at, and a few ways to count.

Holds no number of its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, QuerySet

from lingyu.community.cases.measuring.agreement import wilson
from lingyu.community.pact.ladder import Ladder

Value = int | float | None
Counts = Iterator[tuple[str, Value]]


@dataclass(frozen=True)
class Frame:
    """A month from `since` up to and without `until`, as it was known before `known`, counted by `method`."""

    since: datetime
    until: datetime
    known: datetime
    ladder: Ladder
    method: int

    @property
    def end(self) -> datetime:
        """Up to when rows of the month itself are known."""
        return min(self.until, self.known)

    def within(self, field: str) -> dict:
        """The condition that `field` lies in the month, as far as it is known."""
        return {f"{field}__gte": self.since, f"{field}__lt": self.end}


def by(code: str, rows: QuerySet, field: str) -> Counts:
    """How many rows there are of each value of `field`: “CODE/VALUE”; rows without a value are left out."""
    found = rows.order_by().values_list(field).annotate(number=Count("pk"))
    yield from ((f"{code}/{value}", number) for value, number in sorted(found) if value not in (None, ""))


def share(code: str, hits: int, whole: int) -> Counts:
    """A share with the bounds of Wilson's interval of 95 %: “CODE”, “CODE/low”, “CODE/high”."""
    found = wilson(hits, whole)
    for name, value in ((code, found.value), (f"{code}/low", found.low), (f"{code}/high", found.high)):
        yield name, None if value is None else round(value, 6)


def middle(code: str, lasted: Iterable[timedelta]) -> Counts:
    """The median in hours."""
    hours = [one.total_seconds() / 3600 for one in lasted]
    yield code, round(median(hours), 2) if hours else None
