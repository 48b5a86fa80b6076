"""What the house asks of an engine: to take facts in once, and to compute scans and passages.

Holds the engine-neutral questions. Each engine writes its own SQL by hand for them: translated
SQL was silently wrong on some KPIs (approximate distincts, defaults for nulls).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from lingyu.kernel.aggregates import Aggregate, Passage
from lingyu.kernel.events import all_fields
from lingyu.kernel.filters import Expr


@dataclass(frozen=True, kw_only=True)
class Window:
    """Which moments count and how they fall into buckets.

    `start` (included) and `end` (excluded) are aware UTC, None for unbounded; buckets are
    calendar days, ISO weeks or months of `tz`, or one bucket for `total`.
    """

    start: datetime | None
    end: datetime | None
    grain: str
    tz: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    """Aggregates over one window, by dimensions; all of them count at the same moment field."""

    aggregates: tuple[Aggregate, ...]
    window: Window
    at: str = "occurred_at"
    by: tuple[str, ...] = ()
    where: Expr | None = None

    @property
    def names(self) -> list[str]:
        """The events it reads."""
        return sorted({a.event for a in self.aggregates})


@dataclass(frozen=True, kw_only=True)
class PassageScan:
    """People entering and finishing a passage, by the bucket and dimensions of their start."""

    passage: Passage
    window: Window
    by: tuple[str, ...] = ()
    where: Expr | None = None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# (bucket's first calendar day or None for the total, *dimension values, *numbers); a sum over
# no fact at all is None, which is not the same as facts that sum to zero.
Found = tuple


class EngineError(RuntimeError):
    """The engine cannot answer or take in facts now; the text says why and what to do."""


class Engine(Protocol):
    """The functions behind which DuckDB and ClickHouse stand."""

    def append(self, bodies: Sequence[tuple[str, Path]]) -> int:
        """Take in facts: (event name, file of JSON lines). Returns how many were new.

        A fact whose event and id are already there among the facts of its UTC day is left out, so
        the same body may be sent again after a crash. When it returns, the facts are on disk.
        """

    def scan(self, scan: Scan) -> list[Found]:
        """(bucket, *dims, *numbers) for every combination that has facts; no order promised."""

    def passage(self, scan: PassageScan) -> list[Found]:
        """(bucket, *dims, people who started, people who finished in time)."""

    def extent(self, names: Sequence[str], at: str = "occurred_at") -> tuple[datetime, datetime] | None:
        """The first and last moment `at` of the named events, or None when there are none."""

    def tidy(self) -> int:
        """Rearrange stored facts for faster questions, and throw away what no reader needs.

        Returns how many files were merged; called by whoever holds the shipper's lease.
        """

    def version(self) -> str:
        """Changes whenever facts have come in: the key under which answers may be kept."""

    def values(self, field: str, names: Sequence[str]) -> list:
        """The different values of a field among the named events, in order, nulls left out."""


def moment(microseconds: int) -> datetime:
    """Aware UTC, from microseconds since 1970: how moments leave an engine."""
    return _EPOCH + timedelta(microseconds=microseconds)


def with_moments(rows: list[tuple], by: Sequence[str], first: int = 1) -> list[tuple]:
    """Rows whose dimensions `by`, from place `first` on, are made Python's where they hold moments."""
    places = [n for n, field in enumerate(by, first) if all_fields().get(field) is datetime]
    if not places:
        return rows
    return [
        tuple(moment(v) if n in places and v is not None else v for n, v in enumerate(row)) for row in rows
    ]


@lru_cache(maxsize=256)
def offsets(window: Window) -> tuple[tuple[datetime | None, int], ...]:
    """The zone's offsets within a bounded window: (since when, seconds east of UTC), in order.

    Adding seconds is many times faster than asking an engine's zone tables for every row, and
    both engines then agree with the zone database of Python.
    """
    zone, day = ZoneInfo(window.tz), timedelta(days=1)
    at = window.start
    found: list[tuple[datetime | None, int]] = [(None, _offset(at, zone))]
    while at < window.end:
        following = min(at + day, window.end)
        if _offset(following, zone) != found[-1][1]:
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=(high - low) // timedelta(seconds=1) // 2)
                low, high = (middle, high) if _offset(middle, zone) == found[-1][1] else (low, middle)
            found.append((high, _offset(high, zone)))
        at = following
    return tuple(found)


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    return int(moment.astimezone(UTC).astimezone(zone).utcoffset().total_seconds())
