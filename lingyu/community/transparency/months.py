"""Calendar months in a time zone.

Holds one value. Knows no rows.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"([1-9]\d{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True)
class Month:
    """One month of the calendar; reads and writes itself as “2026-11”."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime, zone: str) -> "Month":
        """The month in which an aware `moment` lies, by the clocks of `zone`."""
        local = moment.astimezone(ZoneInfo(zone))
        return cls(local.year, local.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """From “2026-11”; ValueError for anything else."""
        if not (read := _WRITTEN.fullmatch(text)):
            raise ValueError(text)
        return cls(int(read[1]), int(read[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def before(self) -> "Month":
        """The month before it."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def since(self, zone: str) -> datetime:
        """The moment with which it begins, in UTC."""
        return datetime(self.year, self.number, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)

    def until(self, zone: str) -> datetime:
        """The moment with which it is over: the first one that does not belong to it."""
        return self.next.since(zone)
