"""Counting visitors: what a platform tells of a day, and its corrections."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record_all

from ..events import VisitorsCounted
from ..models import ImportRun, Shop, VisitorCount
from .ledger import ImportedFile


class VisitorDay(NamedTuple):
    """How many people visited a shop on one day."""

    day: date
    visitors: int


class Counted(NamedTuple):
    """What a file of visitor counts changed: days new, days corrected, days that were known so."""

    new: int
    corrected: int
    unchanged: int


def compare_visitors(*, shop: Shop, days: Iterable[VisitorDay]) -> tuple[dict[date, int], Counted]:
    """{day: difference to what is known} of the days that would change, and the counts. Reads only."""
    told = {d.day: d.visitors for d in days}
    known = VisitorCount.objects.known(shop)
    changes = {day: count - known.get(day, 0) for day, count in told.items() if known.get(day) != count}
    new = sum(day not in known for day in changes)
    return changes, Counted(new, len(changes) - new, len(told) - len(changes))


@transaction.atomic
def count_visitors(
    *,
    actor: Member | None,
    shop: Shop,
    file: ImportedFile,
    days: Iterable[VisitorDay],
    at: datetime | None = None,
) -> Counted:
    """Book what `days` tell beyond what is known: a corrected day becomes a fact of the difference."""
    started = at or timezone.now()
    shop = Shop.objects.select_for_update().get(id=shop.id)
    changes, counted = compare_visitors(shop=shop, days=days)
    run = ImportRun.objects.create(
        shop=shop,
        importer=file.importer,
        format=file.format,
        file=file.name[:255],
        sha256=file.sha256,
        imported_by=actor.key if actor else "",
        started_at=started,
        finished_at=at or timezone.now(),
        new=counted.new + counted.corrected,
        unchanged=counted.unchanged,
        refused=file.refused,
    )
    turns = dict(VisitorCount.objects.filter(shop=shop).values_list("day").annotate(Count("id")))
    rows = []
    for day, change in sorted(changes.items()):
        turn = turns.get(day, 0) + 1
        key = fact_id("ecommerce.visitors", str(shop.id), day.isoformat(), str(turn))
        rows.append(VisitorCount(id=key, shop=shop, day=day, turn=turn, change=change, run=run))
    VisitorCount.objects.bulk_create(rows, batch_size=500)
    zone, who = ZoneInfo(shop.zone), actor.key if actor else None
    record_all(
        VisitorsCounted(
            id=row.id,
            occurred_at=datetime.combine(row.day, time(12), zone).astimezone(UTC),
            actor=who,
            shop=shop.name,
            visitors=row.change,
        )
        for row in rows
    )
    return counted
