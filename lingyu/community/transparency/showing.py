"""The numbers of a month as its page shows them: as published, beside the same as it is known today.

Holds reads and values. A number that later corrections have changed keeps its place, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from . import counting, dimensions
from .definitions import GROUPS, NUMBERS, TABLES, Group, Number, name_of, number_of
from .models import Publication
from .months import Month

# Everybody may ask, and counting reads many rows: it is counted anew after so long.
KEPT = timedelta(minutes=5)
# Months in the charts.
DRAWN = 13
Numbers = Mapping[str, counting.Value]


@dataclass(frozen=True)
class Cell:
    """One number as published (None where the month is not), as of today, and today's interval of a share."""

    published: counting.Value
    today: counting.Value
    unit: str
    low: counting.Value = None
    high: counting.Value = None
    corrected: bool = False


@dataclass(frozen=True)
class Line:
    """A number with its definition, or a part of one with its name."""

    name: str
    cells: tuple[Cell, ...]
    number: Number | None = None
    code: str = ""


@dataclass(frozen=True)
class Table:
    """Some numbers by one dimension."""

    dimension: dimensions.Name
    columns: tuple[Number, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Shown:
    """A month: its publication, when it is published, the moment of “today”, and everything counted."""

    month: Month
    publication: Publication | None
    known: datetime
    said: Numbers
    today: Numbers

    @property
    def corrections(self) -> int:
        """How many numbers are not today what they were when published."""
        codes = self.said.keys() | self.today.keys() if self.publication else ()
        return sum(self.said.get(code) != self.today.get(code) for code in codes)

    def cell(self, code: str) -> Cell:
        """One number by its code."""
        return self._cell(code, number_of(code))

    def name(self, code: str) -> str:
        """What people call it."""
        return name_of(code, get_language() or "en")

    def number(self, code: str) -> Number:
        """Its definition."""
        return number_of(code)

    def groups(self) -> list[tuple[Group, list[Line]]]:
        """The numbers themselves, as they stand together; what is only broken down stands in `tables`."""
        language = get_language() or "en"
        whole = [(g, [n for n in g.numbers if n.code in self.today]) for g in GROUPS]
        return [
            (g, [Line(n.label(language), (self._cell(n.code, n),), n, n.code) for n in ns]) for g, ns in whole
        ]

    def tables(self) -> list[Table]:
        """Everything that is broken down, where there is something."""
        found = [self._table(dimension, codes) for dimension, codes in TABLES]
        return [table for table in found if table.lines]

    def _table(self, dimension: str, codes: tuple[str, ...]) -> Table:
        names = dimensions.names_of(dimension, get_language() or "en")
        values = [v for v in self._values(dimension, codes) if self._any(dimension, codes, v)]
        lines = [
            Line(
                names.get(value, value),
                tuple(self._cell(f"{code}/{dimension}/{value}", NUMBERS[code]) for code in codes),
                code=value,
            )
            for value in values
        ]
        columns = tuple(NUMBERS[code] for code in codes)
        return Table(dimensions.DIMENSIONS[dimension], columns, tuple(lines))

    def _values(self, dimension: str, codes: tuple[str, ...]) -> list[str]:
        """The values that any of the numbers has, in the order in which people know them."""
        heads = tuple(f"{code}/{dimension}/" for code in codes)
        there = {c.split("/")[2] for c in (*self.said, *self.today) if c.startswith(heads)}
        order = {value: n for n, value in enumerate(dimensions.names_of(dimension, "en"))}
        return sorted(there, key=lambda value: (order.get(value, len(order)), value))

    def _any(self, dimension: str, codes: tuple[str, ...], value: str) -> bool:
        asked = [f"{code}/{dimension}/{value}" for code in codes]
        return any(numbers.get(code) for numbers in (self.said, self.today) for code in asked)

    def _cell(self, code: str, number: Number) -> Cell:
        said, today = self.said.get(code), self.today.get(code)
        if number.unit == "count":
            said, today = (said or 0) if self.publication else None, today or 0
        bounds = (self.today.get(f"{code}/low"), self.today.get(f"{code}/high"))
        return Cell(said, today, number.unit, *bounds, corrected=bool(self.publication) and said != today)


def shown(month: Month, now: datetime | None = None) -> Shown:
    """A month as it was published, if it was, and as it is known today (up to `KEPT` ago)."""
    row = Publication.objects.filter(month=str(month)).first()
    said = row.said["numbers"] if row else {}
    known, today = _today(month, now or timezone.now())
    return Shown(month, row, known, said, today)


def _today(month: Month, now: datetime) -> tuple[datetime, Numbers]:
    def count():
        return now, counting.numbers(month, known=now, zone=settings.TIME_ZONE)

    return cache.get_or_set(f"transparency:{month}", count, KEPT.total_seconds())


def months(now: datetime | None = None) -> list[Month]:
    """Every month that has a page, the latest first: those published, and the running one."""
    published = [
        Month.parse(m) for m in Publication.objects.order_by("-month").values_list("month", flat=True)
    ]
    running = Month.of(now or timezone.now(), settings.TIME_ZONE)
    # A month that is over and not yet published stands between them for an hour.
    missing = []
    while published and published[0] < (before := (missing[-1] if missing else running).before):
        missing.append(before)
    return [running, *missing, *(m for m in published if m < running)]


def over_time(now: datetime | None = None) -> list[tuple[Month, Numbers]]:
    """The published numbers of the last months, the earliest first."""
    rows = list(Publication.objects.order_by("-month")[:DRAWN])
    return [(row.of, row.said["numbers"]) for row in reversed(rows)]


def latest(known: list[Month]) -> Month:
    """Of `months`, the one that is shown when none is named: the last published, else the running one."""
    published = Publication.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.parse(published) if published else known[0]
