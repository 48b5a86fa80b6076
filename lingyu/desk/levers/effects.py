"""What a lever's metric did around each pull: a comparison in time, which proves no cause.

Only whole days count: the day of the pull belongs to neither side, nor does today, which is not over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.conf import settings
from django.utils import timezone

from lingyu.kernel.aggregates import Value
from lingyu.kernel.operations import Lever, Operation
from lingyu.kernel.query import Period, Query
from lingyu.store.query import ask_all

from ..frame import quoted
from ..models import Pull

# Pulls shown on a desk.
SHOWN = 8
# Days on either side of a pull; with fewer than FEWEST after it, it is too early to tell.
DAYS, FEWEST = 7, 2

# (subject or None, day) -> the metric's value on that day
Course = dict[tuple[str | None, date], Value]


@dataclass(frozen=True)
class Effect:
    """One pull with its metric's daily average before and after; `after` is None when too early."""

    pull: Pull
    lever: Lever
    name: str
    unit: str
    days: int
    before: Value
    after: Value

    @property
    def change(self) -> float | None:
        """Relative change of the average; None where there is nothing to compare."""
        if self.after is None or not self.before:
            return None
        return float((self.after - self.before) / abs(self.before))

    @property
    def can_undo(self) -> bool:
        """Whether it can still be taken back."""
        return self.lever.undoes is not None and self.pull.ended_at is None


def lately(operation: Operation, today: date | None = None) -> list[Effect]:
    """The operation's last pulls, the newest first; those of levers that it no longer has are left out."""
    if not operation.levers:
        return []
    today = today or timezone.localdate()
    pulls = [p for p in Pull.objects.lately(operation.code)[:SHOWN] if operation.lever(p.lever)]
    found: dict[Pull, Effect] = {}
    for lever in operation.levers:
        own = [p for p in pulls if p.lever == lever.code]
        found |= dict(zip(own, _effects(lever, own, today), strict=True))
    return [found[pull] for pull in pulls]


def around(pull: Pull, today: date) -> tuple[Period, Period | None]:
    """The whole days compared: those before the pull, and those since; None while they are too few."""
    day = timezone.localdate(pull.at)
    over = min(today, timezone.localdate(pull.ended_at)) if pull.ended_at else today
    last = min(day + timedelta(DAYS), over - timedelta(1))
    before = Period(day - timedelta(DAYS), day - timedelta(1))
    return before, Period(day + timedelta(1), last) if (last - day).days >= FEWEST else None


def _effects(lever: Lever, pulls: list[Pull], today: date) -> Iterable[Effect]:
    if not pulls:
        return
    names = lever.names([p.subject for p in pulls if p.subject]) if lever.names else {}
    spans = [around(pull, today) for pull in pulls]
    course, unit = _course(lever, pulls, spans)
    for pull, (before, after) in zip(pulls, spans, strict=True):
        key = (pull.subject or None) if lever.by else None
        yield Effect(
            pull=pull,
            lever=lever,
            name=names.get(pull.subject) or pull.subject,
            # An average of counts is no count.
            unit="number" if unit == "count" else unit,
            days=after.days if after else 0,
            before=_average(lever, course, key, before),
            after=_average(lever, course, key, after) if after else None,
        )


def _course(lever: Lever, pulls: list[Pull], spans: list[tuple]) -> tuple[Course, str]:
    """The metric by day for every subject, and as a whole for pulls without one: two questions at most."""
    metric, subjects = lever.moves, {p.subject for p in pulls if p.subject and lever.by}
    days = [day for span in spans for period in span if period for day in (period.start, period.end)]
    asked = {
        "metric": metric.name,
        "period": Period(min(days), max(days)),
        "grain": "day",
        "tz": settings.TIME_ZONE,
        "currency": settings.LINGYU_CURRENCY if "currency" in metric.dimensions() else None,
    }
    queries = []
    if subjects:
        where = f"{lever.by} in ({', '.join(map(quoted, sorted(subjects)))})"
        queries.append(Query(by=(lever.by,), where=where, **asked))
    if not lever.by or not all(p.subject for p in pulls):
        queries.append(Query(**asked))
    results = ask_all(queries)
    course = {
        (str(row.dims[0]) if row.dims else None, row.time): row.value for r in results for row in r.rows
    }
    return course, results[0].unit


def _average(lever: Lever, course: Course, key: str | None, period: Period) -> Value:
    """The mean of the days' values; days on which the metric is nothing are left out."""
    values = [course.get((key, day), lever.moves.empty) for day in period.buckets("day")]
    known = [Fraction(v) for v in values if v is not None]
    return sum(known) / len(known) if known else None
