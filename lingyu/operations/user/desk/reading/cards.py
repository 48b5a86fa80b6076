"""The card of a group: activity, conversion and churn of a period beside their targets, and who does the
talking.

Activity is told for days: members who were there when the day began, and of them those with a valid message.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from lingyu.kernel.query import Period
from lingyu.store.explore import concentration
from lingyu.store.explore.silence import Returns

from ...models import Group, Membership, Message, Target
from . import converting, losing
from .book import Book

# From these shares of the loudest three on, and so many speakers, three people are the group.
LOUD, FEW_SPEAKERS = Fraction(3, 5), 4
# Messages below which nothing is said about who dominates.
FEWEST_MESSAGES = 20


@dataclass(frozen=True)
class Activity:
    """A day: members when it began, and those of them who said something valid."""

    day: date
    members: int
    active: int

    @property
    def rate(self) -> float | None:
        """Active ÷ members."""
        return self.active / self.members if self.members else None


@dataclass(frozen=True)
class Talk:
    """Who does the talking."""

    messages: int
    valid: int
    speakers: int
    top_share: Fraction | None
    gini: Fraction | None
    conversing: Fraction | None

    @property
    def valid_share(self) -> Fraction | None:
        """Of all that members sent."""
        return Fraction(self.valid, self.messages) if self.messages else None

    @property
    def dominated(self) -> bool:
        """Whether three people are the group."""
        enough = self.valid >= FEWEST_MESSAGES and self.speakers >= FEW_SPEAKERS
        return enough and self.top_share is not None and self.top_share >= LOUD


@dataclass(frozen=True)
class Card:
    """A group in a period, with the period before it."""

    group: Group
    period: Period
    members: int
    lurkers: int
    guessed: int
    activity: list[Activity]
    before: list[Activity]
    losses: losing.Losses
    losses_before: losing.Losses
    conversion: converting.Conversion
    conversion_before: converting.Conversion
    talk: Talk
    returns: Returns | None
    targets: dict[str, Decimal]

    @property
    def activity_rate(self) -> float | None:
        """The mean day: active members of all days ÷ members of all days."""
        return _mean(self.activity)

    @property
    def activity_before(self) -> float | None:
        """The same in the period before."""
        return _mean(self.before)

    @property
    def threshold(self) -> int | None:
        """Days of silence after which a member counts as lost."""
        return self.returns.threshold if self.returns else None

    def on_course(self, kpi: str) -> bool | None:
        """Whether a target is met; None without one or without a number."""
        value = {
            "activity": self.activity_rate,
            "conversion": self.conversion.rate,
            "churn": self.losses.rate,
        }[kpi]
        target = self.targets.get(kpi)
        if target is None or value is None:
            return None
        return value <= target if kpi == "churn" else value >= target


def _mean(days: list[Activity]) -> float | None:
    members = sum(d.members for d in days)
    return sum(d.active for d in days) / members if members else None


def cards(groups: list[Group], book: Book, past: Book, period: Period) -> list[Card]:
    """The cards of `groups`. `book` ends with the period, `past` with the one before."""
    targets = Target.standing([g.id for g in groups])
    curves, old = losing.thresholds(book), losing.thresholds(past)
    done, done_before = (converting.conversions(b, p) for b, p in ((book, period), (past, _before(period))))
    talks = _talks(groups, book, period)
    found = []
    for group in groups:
        key = group.id
        present = [s for s in book.stays[key] if s.left is None]
        found.append(
            Card(
                group=group,
                period=period,
                members=len(present),
                lurkers=sum(not len(book.days_of(key, s.who)) for s in present),
                guessed=sum(not s.known for s in present),
                activity=activity(book, key, period),
                before=activity(past, key, _before(period)),
                losses=losing.losses(book, group, period.start, _of(curves[key])),
                losses_before=losing.losses(past, group, _before(period).start, _of(old[key])),
                conversion=done[key],
                conversion_before=done_before[key],
                talk=talks[key],
                returns=curves[key],
                targets={kpi: value for (whose, kpi), value in targets.items() if whose == key},
            )
        )
    return found


def _of(found: Returns | None) -> int | None:
    return found.threshold if found else None


def _before(period: Period) -> Period:
    return Period(period.start - timedelta(period.days), period.start - timedelta(1))


def activity(book: Book, group: UUID, period: Period) -> list[Activity]:
    """Each day of the period."""
    told = []
    for n in range(period.days):
        day = period.start + timedelta(n)
        at = day.toordinal()
        members = {s.who for s in book.stays[group] if s.there_at_start_of(at)}
        active = sum(at in days for who, days in book.active[group].items() if who in members)
        told.append(Activity(day, len(members), active))
    return told


def _talks(groups: list[Group], book: Book, period: Period) -> dict[UUID, Talk]:
    """Who said how much in the period, members only."""
    rows = Message.objects.filter(group__in=groups).within(period.start, period.end).order_by("at", "id")
    counted = set(
        Membership.objects.filter(group__in=groups).counted().values_list("group", "participant").distinct()
    )
    said: dict[UUID, list] = {g.id: [] for g in groups}
    messages = dict.fromkeys(said, 0)
    for group, who, at, why in rows.values_list("group", "participant", "at", "why").iterator():
        if (group, who) in counted:
            messages[group] += 1
            if not why:
                said[group].append((at, str(who)))
    return {key: _talk(messages[key], those, _members(book, key)) for key, those in said.items()}


def _members(book: Book, group: UUID) -> set[str]:
    return {str(s.who) for s in book.stays[group] if s.left is None}


def _talk(messages: int, said: list[tuple], members: set[str]) -> Talk:
    counts = dict.fromkeys(members, 0)
    for _at, who in said:
        counts[who] = counts.get(who, 0) + 1
    everybody = list(counts.values())
    return Talk(
        messages,
        len(said),
        sum(n > 0 for n in everybody),
        concentration.top_share(everybody),
        concentration.gini(everybody),
        concentration.conversing_share(said),
    )
