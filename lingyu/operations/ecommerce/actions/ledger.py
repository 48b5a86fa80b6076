"""Booking the entries of a file: compared with the ledger, written with their facts, in one transaction.

Holds the reading of what is known and the action; the decision is in `matching`, rows and facts
are made in `booking`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member

from ..models import ImportRun, LedgerEntry, Rebooking, Shop
from . import booking
from .entries import Comparison, Entry, Known
from .matching import compare_order

# Order numbers asked for at a time: below the 999 variables that old SQLites allow.
CHUNK = 900


@dataclass(frozen=True)
class ImportedFile:
    """The file that entries come from, as its import is recorded. `format` names the adapter."""

    name: str
    sha256: str
    format: str
    importer: str = "orders"
    refused: int = 0
    skipped: int = 0


def compare(
    *, shop: Shop, entries: Iterable[Entry], progress: Callable[[int], None] = lambda done: None
) -> Comparison:
    """What booking `entries` would change. Reads only; `progress` is told the entries done so far."""
    orders: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        orders[entry.order].append(entry)
    found, done = Comparison(), 0
    for numbers, known in _known(shop, list(orders)):
        for number in numbers:
            compare_order(orders[number], known.get(number, ()), found)
            done += len(orders[number])
        progress(done)
    _leave_out_rebooked(found)
    return found


@transaction.atomic
def post_entries(
    *,
    actor: Member | None,
    shop: Shop,
    file: ImportedFile,
    entries: Iterable[Entry],
    at: datetime | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> tuple[ImportRun, Comparison]:
    """Book what is new among `entries`, all of one file, and record its facts; all of it or nothing.

    Entries that the ledger has already are left alone. An order with a conflicting entry changes
    nothing and is reported in the comparison. `at` is the time of the import (now).
    """
    started = at or timezone.now()
    # One import at a time into a shop: on PostgreSQL two could otherwise both find a line missing.
    shop = Shop.objects.select_for_update().get(id=shop.id)
    found = compare(shop=shop, entries=entries, progress=progress)
    run = ImportRun.objects.create(
        shop=shop,
        importer=file.importer,
        format=file.format,
        file=file.name[:255],
        sha256=file.sha256,
        imported_by=actor.key if actor else "",
        started_at=started,
        finished_at=started,
        new=len(found.new),
        unchanged=found.unchanged,
        conflicting=len(found.conflicts),
        refused=file.refused + len(found.held_back_rows),
        skipped=file.skipped,
    )
    booking.book(actor=actor.key if actor else None, run=run, found=found, progress=progress)
    run.finished_at = at or timezone.now()
    run.save(update_fields=["finished_at"])
    return run, found


def _known(shop: Shop, numbers: Sequence[str]) -> Iterator[tuple[Sequence[str], dict[str, list[Known]]]]:
    """Chunks of order numbers, each with the ledger's entries of its orders."""
    ledger = LedgerEntry.objects.filter(shop=shop)
    if not ledger.exists():
        yield numbers, {}
        return
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        known: dict[str, list[Known]] = defaultdict(list)
        rows = ledger.filter(order_number__in=chunk).values_list(
            "order_number", "id", "line", "kind", "occurred_at", "quantity", "amount", "product", "paid_at"
        )
        for number, id_, line, kind, at, quantity, amount, product, paid_at in rows.iterator(5000):
            known[number].append(Known(id_, line, kind == "paid", at, quantity, amount, product, paid_at))
        yield chunk, known


def _leave_out_rebooked(found: Comparison) -> None:
    """Drop from `late` the refunds that have been moved to their order's day before."""
    if found.late:
        moved: set = set()
        ids = [late.known.id for late in found.late]
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            moved.update(Rebooking.objects.filter(entry__in=chunk).values_list("entry_id", flat=True))
        found.late = [late for late in found.late if late.known.id not in moved]
