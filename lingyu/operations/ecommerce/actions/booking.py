"""Writing what a comparison found to be new: ledger rows, product titles, corrections, and their facts.

Decides nothing. Rows go in by executemany: half a million model instances would take minutes.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import Model

from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record_all

from ..events import OrderLinePaid, OrderLineRefunded, RefundRebooked
from ..models import ImportRun, LedgerEntry, Product, Rebooking, Shop
from .entries import Comparison, Late, New

BATCH = 5_000


def book(*, actor: str | None, run: ImportRun, found: Comparison, progress: Callable[[int], None]) -> None:
    """Write all of `found` for `run` and record its facts; the caller holds the transaction."""
    shop = run.shop
    # In the order of their key, neighbours in the unique index are written together.
    found.new.sort(key=_key)
    ids = _ids(shop, found.new)
    _insert(LedgerEntry, _COLUMNS, _rows(run, found.new, ids), progress)
    _title(shop, found.new)
    Rebooking.objects.bulk_create(
        Rebooking(entry_id=late.known.id, paid_at=late.paid_at, run=run) for late in found.late
    )
    record_all(_facts(shop, actor, found, ids, run.finished_at))


def _key(new: New) -> tuple[str, str]:
    return (new.entry.order, new.line)


def _ids(shop: Shop, new: Iterable[New]) -> list[UUID]:
    """The ids of the entries and of their facts: the hashes of their keys."""
    key = str(shop.id)
    return [
        fact_id("ecommerce.ledger", key, n.entry.order, n.line, "paid" if n.entry.paid else "refund")
        for n in new
    ]


_COLUMNS = (
    "id",
    "shop",
    "order_number",
    "line",
    "kind",
    "occurred_at",
    "paid_at",
    "quantity",
    "amount",
    "currency",
    "product",
    "buyer",
    "country",
    "run",
)


def _rows(run: ImportRun, new: Iterable[New], ids: Iterable[UUID]) -> Iterator[tuple]:
    """The new entries as rows of the ledger's table, in the database's own types."""
    shop, key = run.shop, _key_adapter()
    shop_id, run_id, currency = key(shop.id), key(run.id), shop.currency
    moments = _Moments()
    for item, id_ in zip(new, ids, strict=True):
        e = item.entry
        yield (
            key(id_),
            shop_id,
            e.order,
            item.line,
            "paid" if e.paid else "refund",
            moments[e.at],
            moments[item.paid_at],
            e.quantity,
            e.amount,
            currency,
            e.product,
            e.buyer,
            e.country,
            run_id,
        )


def _key_adapter() -> Callable[[UUID], object]:
    """How this database takes a UUID."""
    if connection.features.has_native_uuid_field:
        return lambda value: value
    return lambda value: value.hex


class _Moments(dict):
    """Moments as this database takes them; the lines of an order share theirs."""

    def __missing__(self, moment: datetime | None) -> object:
        if len(self) > 100_000:
            self.clear()
        self[moment] = found = None if moment is None else connection.ops.adapt_datetimefield_value(moment)
        return found


def _insert(model: type[Model], fields: Iterable[str], rows: Iterator[tuple], progress) -> None:
    """`rows` into the table of `model`, whose columns are those of `fields` in the same order."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = [quote(model._meta.get_field(name).column) for name in fields]
    columns, done = ", ".join(names), 0
    insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608 - our names
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            if connection.vendor == "postgresql":
                # A statement a row costs PostgreSQL several times what a copy does.
                copied = cursor.copy(f"COPY {table} ({columns}) FROM STDIN")
                with connection.wrap_database_errors, copied as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                cursor.executemany(insert, batch)
            done += len(batch)
            progress(done)


def _title(shop: Shop, new: Iterable[New]) -> None:
    """Keep the title of each SKU's latest sale; among titles of one moment, the greatest."""
    latest: dict[str, tuple[datetime, str]] = {}
    for item in new:
        e = item.entry
        # Rows without money carry notes such as "damaged" where the title would be.
        if e.title and e.product and e.amount > 0 and (e.at, e.title) > latest.get(e.product, (e.at, "")):
            latest[e.product] = (e.at, e.title)
    known = dict(_titles(shop)) if latest else {}
    Product.objects.bulk_create(
        (
            Product(shop=shop, sku=sku, title=title[:300], titled_at=at)
            for sku, (at, title) in latest.items()
            if sku not in known or (at, title) > known[sku]
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["shop", "sku"],
        update_fields=["title", "titled_at"],
    )


def _titles(shop: Shop) -> Iterator[tuple[str, tuple[datetime, str]]]:
    """(SKU, (moment, title)) as they are now."""
    rows = Product.objects.filter(shop=shop).values_list("sku", "titled_at", "title")
    return ((sku, (at, title)) for sku, at, title in rows)


def _facts(shop: Shop, actor: str | None, found: Comparison, ids: list[UUID], now: datetime):
    """The facts of the new entries, payments before refunds, then the corrections."""
    name, currency = shop.name, shop.currency
    refunds = []
    for item, id_ in zip(found.new, ids, strict=True):
        e = item.entry
        if not e.paid:
            refunds.append((item, id_))
            continue
        yield OrderLinePaid(
            id=id_,
            occurred_at=e.at,
            person=e.buyer,
            actor=actor,
            shop=name,
            order=f"{name}/{e.order}",
            order_number=e.order,
            currency=currency,
            amount=e.amount,
            quantity=e.quantity,
            product=e.product,
            country=e.country,
        )
    for item, id_ in refunds:
        e = item.entry
        yield OrderLineRefunded(
            id=id_,
            occurred_at=e.at,
            person=e.buyer,
            actor=actor,
            shop=name,
            order=f"{name}/{e.order}",
            order_number=e.order,
            currency=currency,
            amount=-e.amount,
            quantity=-e.quantity,
            product=e.product,
            country=e.country,
            booked_at=item.paid_at or e.at,
            matched=item.paid_at is not None,
        )
    yield from _moves(shop, actor, found.late, now)


def _moves(shop: Shop, actor: str | None, late: Iterable[Late], now: datetime) -> Iterator[RefundRebooked]:
    """Each late refund out of its own day and into its order's: a pair that sums to zero."""
    rows = LedgerEntry.objects.in_bulk([item.known.id for item in late])
    for item in late:
        row = rows[item.known.id]
        ways = (("out", row.amount, row.occurred_at), ("in", -row.amount, item.paid_at))
        for way, amount, booked_at in ways:
            yield RefundRebooked(
                id=fact_id("ecommerce.rebooked", str(row.id), way),
                occurred_at=now,
                person=row.buyer,
                actor=actor,
                shop=shop.name,
                order=f"{shop.name}/{row.order_number}",
                order_number=row.order_number,
                currency=row.currency,
                amount=amount,
                booked_at=booked_at,
                product=row.product,
                country=row.country,
            )
