"""Everything that a page needs of some groups, read once: stays, and the days on which each took part.

Days are ordinals (`date.toordinal`) of the site's zone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.utils import timezone

from ...models import Group, Membership, Message

# How far back talk is read: what is older moves no threshold any more.
HISTORY = timedelta(days=400)


@dataclass(frozen=True)
class Stay:
    """One stay of a counted member, by days; `left` is None while it lasts."""

    group: UUID
    who: UUID
    joined: int
    left: int | None
    how: str
    known: bool
    role: str

    def there_at_start_of(self, day: int) -> bool:
        """Whether they were in the group when the day began."""
        return self.joined < day and (self.left is None or self.left >= day)


@dataclass
class Book:
    """Stays and active days of `groups` up to the day `until`; what happened later is not in it."""

    groups: list[Group]
    until: int
    stays: dict[UUID, list[Stay]] = field(default_factory=lambda: defaultdict(list))
    # group → participant → ascending days with a valid message, and how many there were on each
    active: dict[UUID, dict[UUID, np.ndarray]] = field(default_factory=lambda: defaultdict(dict))
    said: dict[UUID, dict[UUID, np.ndarray]] = field(default_factory=lambda: defaultdict(dict))
    first: int | None = None

    def days_of(self, group: UUID, who: UUID) -> np.ndarray:
        """The days on which somebody took part in a group."""
        return self.active[group].get(who, _NEVER)

    def last_stays(self, group: UUID) -> dict[UUID, Stay]:
        """Of everybody who was ever in a group their latest stay."""
        return {stay.who: stay for stay in self.stays[group]}


_NEVER = np.zeros(0, np.int64)


def open_book(groups: Sequence[Group], until: date) -> Book:
    """Read the groups. Members only: staff and bots are in nothing."""
    book = Book(list(groups), until.toordinal())
    ids = [g.id for g in groups]
    counted = set()
    stays = Membership.objects.filter(group__in=ids).counted().order_by("joined_at", "id")
    for row in stays.values_list(
        "group", "participant", "joined_at", "left_at", "how", "joined_known", "role"
    ):
        stay = _stay(*row, until=book.until)
        if stay:
            book.stays[stay.group].append(stay)
            counted.add((stay.group, stay.who))
    talk = Message.objects.filter(group__in=ids).valid().within(until - HISTORY, until)
    found: dict[tuple, list] = defaultdict(list)
    for group, who, day, said in talk.person_days():
        if (group, who) in counted:
            found[group, who].append((day.toordinal(), said))
    for (group, who), days in found.items():
        table = np.array(days, np.int64)
        book.active[group][who], book.said[group][who] = table[:, 0], table[:, 1]
    firsts = [int(days[0]) for those in book.active.values() for days in those.values()]
    book.first = min(firsts, default=None)
    return book


def _stay(
    group: UUID,
    who: UUID,
    joined: datetime,
    left: datetime | None,
    how: str,
    known: bool,
    role: str,
    *,
    until,
) -> Stay | None:
    """A row by days, as it stood when the day `until` ended; None for a stay that began later."""
    begins = timezone.localdate(joined).toordinal()
    ends = timezone.localdate(left).toordinal() if left else None
    if begins > until:
        return None
    over = ends is not None and ends <= until
    return Stay(group, who, begins, ends if over else None, how if over else "", known, role)
