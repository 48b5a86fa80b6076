"""Growth accounting of the members who take part in groups: who is new, came back, came again, fell away.

The same questions as everywhere (`lingyu.store.explore`), asked of the groups' active days held in memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from django.conf import settings
from pyroaring import BitMap

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Answer, Lifecycle, Retention
from lingyu.kernel.questions.days import number
from lingyu.store.explore.activity import lifecycle
from lingyu.store.explore.holding import hold
from lingyu.store.explore.retention import retention
from lingyu.store.explore.sequences import Sequences

from .book import Book

EVENT = "took_part"


@dataclass(frozen=True)
class Pulse:
    """How many took part on the day `day`, and in the 7 and 30 days that end with it."""

    day: date
    dau: int
    wau: int
    mau: int

    @property
    def stickiness(self) -> float | None:
        """DAU ÷ MAU."""
        return self.dau / self.mau if self.mau else None


def held(book: Book) -> Sequences | None:
    """The active days of all groups as one history; None where nobody took part."""
    zone = ZoneInfo(settings.TIME_ZONE)
    people, moments = [], []
    for those in book.active.values():
        for who, days in those.items():
            people += [str(who)] * len(days)
            moments += [_noon(int(day), zone) for day in days]
    if not people:
        return None
    duck = duckdb.connect(":memory:")
    duck.register("told", {"person": np.array(people, object), "ms": np.array(moments, np.int64)})
    duck.execute(
        "CREATE TABLE lines AS SELECT DISTINCT person, ms, ? AS event, NULL::VARIANT AS props FROM told",
        [EVENT],
    )
    duck.unregister("told")
    ends = datetime.combine(date.fromordinal(book.until) + timedelta(1), time(), zone).astimezone(UTC)
    return hold(duck, zone, freshness=ends)


def _noon(day: int, zone: ZoneInfo) -> int:
    return round(datetime.combine(date.fromordinal(day), time(12), zone).timestamp() * 1000)


def accounting(source: Sequences, period: Period, grain: str) -> Answer:
    """The life-cycle of the period's weeks or months."""
    return lifecycle(Lifecycle(period=period, grain=grain), source)


def quick_ratio(row: dict) -> float | None:
    """(new + resurrected) ÷ churned; None where nobody was lost."""
    return (row["new"] + row["resurrecting"]) / row["dormant"] if row["dormant"] else None


def coming_back(source: Sequences, period: Period, count: int = 8) -> Answer:
    """Weekly cohorts by the first week ever, and who took part again."""
    return retention(Retention(period=period, unit="week", count=count), source)


def pulses(source: Sequences, days: Sequence[date]) -> list[Pulse]:
    """DAU, WAU and MAU of each day; windows that trail it."""
    first = number(days[0])
    known = {n: source.bitmap(EVENT, n) for n in range(first - 29, number(days[-1]) + 1)}

    def within(last: int, length: int) -> int:
        return len(BitMap.union(*(known[n] for n in range(last - length + 1, last + 1))))

    return [Pulse(day, within(n, 1), within(n, 7), within(n, 30)) for day in days for n in (number(day),)]
