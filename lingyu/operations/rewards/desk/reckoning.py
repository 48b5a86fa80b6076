"""What feathers are owed and what they cost: ageing, what became of each month's, budgets, money.

Holds reading of ledger and mall costs; amounts of money are minor units. Nothing here is stored: each
figure follows from the ledger as it is.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from lingyu.community.ledger.models import Lot, Transfer

from ..models import Budget, FeatherValue

MONTHS = 24
CHUNK = 500


@dataclass(frozen=True)
class Age:
    """Open feathers that expire in one month; None is never."""

    month: date | None
    feathers: int
    members: int
    overdue: bool = False


@dataclass
class Cohort:
    """What became of the feathers issued in one month.

    `used` is what is neither open nor expired nor taken back: spent, set aside, or repaid a debt.
    """

    month: date
    issued: int = 0
    open: int = 0
    expired: int = 0
    clawed: int = 0

    @property
    def used(self) -> int:
        """Spent, set aside for orders, or repaid a debt."""
        return self.issued - self.open - self.expired - self.clawed

    @property
    def breakage(self) -> float | None:
        """The share that expired so far."""
        return self.expired / self.issued if self.issued else None

    @property
    def over(self) -> bool:
        """Whether nothing of it can expire any more."""
        return not self.open


@dataclass(frozen=True)
class Breakage:
    """The share that expires in the end, from months that are over, and what that means for what is open."""

    rate: float | None
    months: int
    expected: int


def ageing(now: datetime) -> list[Age]:
    """Open feathers by the month in which they expire, what never does last."""
    rows = Lot.objects.filter(left__gt=0).annotate(month=TruncMonth("expires_at")).values("month")
    counted = rows.annotate(all=Sum("left"), members=Count("member", distinct=True))
    this = timezone.localtime(now).date().replace(day=1)
    found = [Age(_day(r["month"]), r["all"], r["members"], bool(_before(r["month"], this))) for r in counted]
    return sorted(found, key=lambda age: age.month or date.max)


def _before(month: datetime | None, this: date) -> bool:
    return month is not None and _day(month) < this


def _day(month: datetime | date | None) -> date | None:
    if isinstance(month, datetime):
        return timezone.localtime(month).date() if timezone.is_aware(month) else month.date()
    return month


def cohorts(now: datetime, months: int = MONTHS) -> list[Cohort]:
    """What became of the feathers of each of the last months, the newest first."""
    start = _start(now, months)
    found: dict[date, Cohort] = {}

    def of(month) -> Cohort:
        day = _day(month)
        return found.setdefault(day, Cohort(day))

    left = Lot.objects.filter(id=OuterRef("id")).values("left")[:1]
    issued = Transfer.objects.filter(kind="issue", at__gte=start)
    rows = issued.annotate(month=TruncMonth("at"), left=Subquery(left)).values("month")
    for row in rows.annotate(all=Sum("amount"), open=Sum("left")).order_by("month"):
        cohort = of(row["month"])
        cohort.issued, cohort.open = row["all"], row["open"] or 0
    for month, amount in _clawed(start):
        of(month).clawed += amount
    for month, amount in _expired(start):
        of(month).expired += amount
    return sorted(found.values(), key=lambda cohort: cohort.month, reverse=True)


def _clawed(start: datetime) -> Iterator[tuple]:
    """Taken back, less what was given back, by the month in which it had been issued."""
    for kind, path, sign in (("claw_back", "reverses", 1), ("restore", "reverses__reverses", -1)):
        rows = Transfer.objects.filter(kind=kind, **{f"{path}__kind": "issue", f"{path}__at__gte": start})
        months = rows.annotate(month=TruncMonth(f"{path}__at")).values("month")
        for row in months.annotate(all=Sum("amount")).order_by("month"):
            yield row["month"], sign * row["all"]


def _expired(start: datetime) -> Iterator[tuple]:
    """Expired and not taken back later, by the month in which it had been issued."""
    undone = Transfer.objects.filter(kind="restore").values("reverses")
    claws = Transfer.objects.filter(kind="claw_back", reverses__at__gte=start, about__expired__gt=0)
    taken = claws.exclude(id__in=undone).annotate(month=TruncMonth("reverses__at"))
    for month, about in taken.values_list("month", "about").iterator(CHUNK):
        yield month, -about["expired"]
    ends = Transfer.objects.filter(kind="expire", at__gte=start).values_list("subject", "amount")
    # A batch at a time: lots name the transfer that brought them by its id.
    rows = ends.iterator(CHUNK)
    while batch := list(islice(rows, CHUNK)):
        amounts: dict[UUID, int] = defaultdict(int)
        for subject, amount in batch:
            amounts[UUID(subject.removeprefix("lot:"))] += amount
        issued = Transfer.objects.filter(id__in=list(amounts), kind="issue", at__gte=start)
        for id, month in issued.annotate(month=TruncMonth("at")).values_list("id", "month"):
            yield month, amounts[id]


def breakage(found: list[Cohort]) -> Breakage:
    """What will expire: each month's issue × the share that expired of months that are over.

    At most what is open of it: feathers that were used cannot expire.
    """
    over = [cohort for cohort in found if cohort.over and cohort.issued]
    issued = sum(cohort.issued for cohort in over)
    # Without one feather that ever expired nothing is known of how many will.
    if not any(cohort.expired for cohort in over):
        return Breakage(None, len(over), 0)
    rate = sum(cohort.expired for cohort in over) / issued
    expected = sum(min(cohort.open, round(cohort.issued * rate)) for cohort in found)
    return Breakage(rate, len(over), expected)


def budgets(now: datetime, months: int = 6) -> list[tuple[date, int, int | None]]:
    """(month, issued, budget) of the last months and the next, the newest first."""
    today = timezone.localtime(now).date()
    wanted = [_shift(today, -n) for n in range(-1, months)]
    start = _start(now, months)
    rows = Transfer.objects.filter(kind="issue", at__gte=start).annotate(month=TruncMonth("at"))
    counted = rows.values("month").annotate(all=Sum("amount")).order_by("month")
    issued = {_day(row["month"]): row["all"] for row in counted}
    standing = Budget.standing(wanted)
    return [(month, issued.get(month, 0), standing.get(month)) for month in wanted]


def worth(feathers: int, value: FeatherValue | None) -> int | None:
    """What so many feathers cost, in minor units; None before anybody said what one is worth."""
    return round(feathers * value.per_thousand / 1_000) if value else None


def _shift(day: date, months: int) -> date:
    """The first of a month so many months away."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def _start(now: datetime, months: int) -> datetime:
    first = _shift(timezone.localtime(now).date(), 1 - months)
    return timezone.make_aware(datetime(first.year, first.month, 1))


def month_of(now: datetime) -> tuple[datetime, datetime]:
    """The beginning of this month and of the next."""
    return _start(now, 1), _start(now, 0)


def overdue(now: datetime) -> int:
    """Feathers in lots whose time is over, which the next run of the job takes away."""
    rows = Lot.objects.expired(now).order_by()
    return rows.aggregate(all=Sum("left"))["all"] or 0
