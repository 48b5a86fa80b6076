"""Who is lost: by leaving, or by a silence after which hardly anybody comes back.

The silence is learned (`lingyu.store.explore.silence`), a group's own with all groups' behind it. Whoever is
not lost is censored: Kaplan and Meier's curve and Cox's model know that they may yet stay for long.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from lingyu.store.explore.silence import Returns, Spells, returns, spells
from lingyu.store.explore.survival import Moment, kaplan_meier

from ...models import Group
from .book import Book, Stay


@dataclass(frozen=True)
class Life:
    """One member's time in a group: from when on, how many days, whether it ended by loss, and how."""

    group: UUID
    who: UUID
    start: int
    days: int
    lost: str  # quit, removed, unknown, silent; "" for who is still there

    @property
    def cohort(self) -> str:
        """The month in which it began."""
        return date.fromordinal(self.start).strftime("%Y-%m")


@dataclass(frozen=True)
class Losses:
    """Who was lost in a period, of those `at_start` (in the group when it began)."""

    at_start: int
    left: int
    silent: int
    flash: int
    removed: int

    @property
    def lost(self) -> int:
        """Both ways."""
        return self.left + self.silent

    @property
    def rate(self) -> float | None:
        """Lost ÷ members at the start."""
        return self.lost / self.at_start if self.at_start else None


def thresholds(book: Book) -> dict[UUID, Returns | None]:
    """The return curve of each group."""
    own = {group.id: _spells(book, group.id) for group in book.groups}
    pooled = Spells(
        np.concatenate([s.days for s in own.values()] or [np.zeros(0, np.int64)]),
        np.concatenate([s.returned for s in own.values()] or [np.zeros(0, bool)]),
    )
    return {group: returns(found, pooled if len(own) > 1 else None) for group, found in own.items()}


def _spells(book: Book, group: UUID) -> Spells:
    stays = book.last_stays(group)
    return spells(
        (days, _watched(book, stays[who], int(days[-1])))
        for who, days in book.active[group].items()
        if who in stays
    )


def _watched(book: Book, stay: Stay, last: int) -> int:
    """The last day on which they could have spoken."""
    return max(last, stay.left if stay.left is not None else book.until)


def silent_since(book: Book, group: UUID, who: UUID) -> int | None:
    """The last day on which they took part; None for who never did."""
    days = book.days_of(group, who)
    return int(days[-1]) if len(days) else None


def losses(book: Book, group: Group, start: date, threshold: int | None) -> Losses:
    """Who was lost from `start` to the book's last day."""
    first, at_start, left, silent, removed = start.toordinal(), 0, 0, 0, 0
    flash = sum(s.joined >= first and s.left is not None for s in book.stays[group.id])
    for stay in book.stays[group.id]:
        if not stay.there_at_start_of(first):
            continue
        at_start += 1
        if stay.left is not None:
            left += 1
            removed += stay.how == "removed"
            continue
        last = silent_since(book, group.id, stay.who)
        if threshold and last is not None and first <= last + threshold <= book.until:
            silent += 1
    return Losses(at_start, left, silent, flash, removed)


def lives(book: Book, group: UUID, threshold: int | None) -> list[Life]:
    """Everybody's time in a group; a stay that is not known to have begun earlier begins with a message."""
    found = []
    for who, stay in book.last_stays(group).items():
        days = book.days_of(group, who)
        days = days[days >= stay.joined]
        last = int(days[-1]) if len(days) else stay.joined
        if stay.left is not None:
            found.append(Life(group, who, stay.joined, stay.left - stay.joined, stay.how))
        elif threshold and len(days) and last + threshold <= book.until:
            found.append(Life(group, who, stay.joined, last - stay.joined, "silent"))
        else:
            found.append(Life(group, who, stay.joined, book.until - stay.joined, ""))
    return found


def curve(those: list[Life]) -> list[Moment]:
    """How many stay how long."""
    if not those:
        return []
    durations = np.array([life.days for life in those])
    return list(kaplan_meier(durations, np.array([bool(life.lost) for life in those], float)))


def staying_at(moments: list[Moment], day: int) -> Moment | None:
    """The curve on a day; None where it does not reach so far."""
    if not moments or moments[-1].day < day:
        return None
    return next((m for m in reversed(moments) if m.day <= day), None)
