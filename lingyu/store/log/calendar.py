"""Days of a zone as numbers, for whole arrays: when each begins, and which one a moment lies in.

Days are counted from 1970-01-01. Moments are milliseconds since 1970, UTC. A day may have 23 or 25
hours. Holds no format of dates for people.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

EPOCH = date(1970, 1, 1)
# What can be asked for: facts older than 2000 are refused by the collector, later ones than today too.
FIRST, LAST = (date(1990, 1, 1) - EPOCH).days, (date(2100, 1, 1) - EPOCH).days


class Calendar:
    """The days of `zone`."""

    def __init__(self, zone: ZoneInfo):
        self.zone, self._starts = zone, _starts(zone.key)

    def start(self, day: int) -> int:
        """The moment at which a day begins."""
        return int(self._starts[min(max(day, FIRST), LAST) - FIRST])

    def days(self, moments: np.ndarray) -> np.ndarray:
        """The day of each moment, int32."""
        return (np.searchsorted(self._starts, moments, side="right") - 1 + FIRST).astype(np.int32)

    def today(self, now: datetime) -> int:
        """The day that `now`, an aware moment, lies in."""
        return number_of(now.astimezone(self.zone).date())


@cache
def _starts(key: str) -> np.ndarray:
    zone = ZoneInfo(key)
    midnight = datetime(1970, 1, 1, tzinfo=zone)
    found = [
        round((midnight + timedelta(days=day)).astimezone(UTC).timestamp() * 1000)
        for day in range(FIRST, LAST + 1)
    ]
    return np.array(found, dtype=np.int64)


def number_of(day: date) -> int:
    """A date as the number of its day."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    """The date of a day's number."""
    return EPOCH + timedelta(days=int(number))
