"""Conversion of a group: of the members who were reached, those who did what the group is for, in time.

Reached is who was in the group when the period began, or joined in it; the window runs from that day. Members
whose window is not over are in neither number. Only members whose account is known can be matched with what
they did on the site: how many these are stands beside the rate.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from lingyu.kernel.query import Period, Query
from lingyu.store.query import ask_all

from ...models import Group, Participant
from .book import Book


@dataclass(frozen=True)
class Conversion:
    """Of `reached` members with a known account, `converted` in time; `open`: whose window is not over."""

    goal: str
    days: int
    reached: int
    converted: int
    open: int
    unknown: int

    @property
    def rate(self) -> float | None:
        """Converted ÷ reached."""
        return self.converted / self.reached if self.reached else None


def conversions(book: Book, period: Period) -> dict[UUID, Conversion]:
    """Of each group of the book."""
    aimed = [g for g in book.groups if g.goal]
    queries = [_query(g.goal, period, max(x.goal_days for x in aimed if x.goal == g.goal)) for g in aimed]
    results = dict(zip((g.id for g in aimed), ask_all(queries) if queries else (), strict=True))
    people = _members(book)
    found = {}
    for group in book.groups:
        done = _done(results[group.id]) if group.id in results else {}
        found[group.id] = _of(group, book, period, people, done)
    return found


def _query(goal: str, period: Period, days: int) -> Query:
    reaching = Period(period.start, period.end + timedelta(days))
    return Query(metric=goal, period=reaching, grain="day", by=("person",), tz=settings.TIME_ZONE)


def _done(result) -> dict[str, list[int]]:
    """The days on which each person did it."""
    days: dict[str, list[int]] = {}
    for row in result.rows:
        if row.value and row.dims[0]:
            days.setdefault(str(row.dims[0]), []).append(row.time.toordinal())
    return days


def _members(book: Book) -> dict[UUID, str]:
    """The account of each participant of whom it is known."""
    rows = Participant.objects.filter(memberships__group__in=book.groups, member__isnull=False)
    return {who: str(member) for who, member in rows.values_list("id", "member").distinct()}


def _of(
    group: Group, book: Book, period: Period, people: dict[UUID, str], done: dict[str, list[int]]
) -> Conversion:
    first, last, today = period.start.toordinal(), period.end.toordinal(), date.today().toordinal()
    began: dict[UUID, int] = {}
    for stay in book.stays[group.id]:
        if stay.joined <= last and (stay.left is None or stay.left >= first):
            began.setdefault(stay.who, max(first, stay.joined))
    reached = converted = open_ = unknown = 0
    for who, day in began.items():
        ends = day + group.goal_days - 1
        if who not in people:
            unknown += 1
        elif ends >= today:
            open_ += 1
        else:
            reached += 1
            converted += any(day <= d <= ends for d in done.get(people[who], ()))
    if not group.goal:
        reached = converted = 0
    return Conversion(group.goal, group.goal_days, reached, converted, open_, unknown)
