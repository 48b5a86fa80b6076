"""The daily snapshot: which days are missing, and the taking of a bounded batch of them.

After 180 days WeCom has forgotten a day: what is missing then is missing for good, and is said so.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from ... import actions
from ...models import Snapshot
from .client import OLDEST, OWNERS, SPAN, ZONE, Client

# Days taken by one run of the job: each is one request for every hundred owners.
DAYS = 10
# The day is told the morning after, when WeCom has counted it.
READY = 6


def last_day(now: datetime) -> date:
    """The newest day that WeCom has counted."""
    local = now.astimezone(ZONE)
    return local.date() - timedelta(days=1 if local.hour >= READY else 2)


def missing(owners: Sequence[str], now: datetime) -> list[date]:
    """The days, newest first, that WeCom still has and we have not of every owner."""
    newest = last_day(now)
    oldest = now.astimezone(ZONE).date() - timedelta(days=OLDEST)
    known: dict[date, set[str]] = {}
    rows = Snapshot.objects.filter(day__gte=oldest, owner__in=owners)
    for day, owner in rows.values_list("day", "owner"):
        known.setdefault(day, set()).add(owner)
    span = (newest - oldest).days + 1
    days = (newest - timedelta(n) for n in range(span))
    return [day for day in days if len(known.get(day, ())) < len(set(owners))]


def lost(owners: Sequence[str], now: datetime) -> list[date]:
    """Days between the first snapshot and WeCom's memory that are missing for good."""
    oldest = now.astimezone(ZONE).date() - timedelta(days=OLDEST)
    known = set(Snapshot.objects.filter(owner__in=owners, day__lt=oldest).values_list("day", flat=True))
    if not known:
        return []
    first = min(known)
    return [d for n in range((oldest - first).days) if (d := first + timedelta(n)) not in known]


def take(door: Client, owners: Sequence[str], now: datetime) -> int:
    """Take the next missing days, newest first; how many. An owner whom nothing is told of has noughts."""
    days = missing(owners, now)[:DAYS]
    for day in days:
        told: dict[str, dict] = {owner: {} for owner in owners}
        for at in range(0, len(owners), OWNERS):
            told |= dict(door.by_owner(day, owners[at : at + OWNERS]))
        wanted = {owner: told[owner] for owner in owners}
        actions.keep_snapshots(actor=None, day=day, figures=wanted, at=timezone.now())
    return len(days)


def disagreeing(door: Client, owners: Sequence[str], start: date, end: date) -> list[date]:
    """Days of which the snapshots of `owners` (at most 100) do not add up to WeCom's own totals."""
    found = []
    for at in range(0, (end - start).days + 1, SPAN):
        first = start + timedelta(at)
        last = min(end, first + timedelta(SPAN - 1))
        for day, figures in door.by_day(first, last, owners):
            kept = Snapshot.objects.filter(day=day, owner__in=owners)
            if kept and sum(row.messages for row in kept) != figures.get("msg_total", 0):
                found.append(day)
    return found
