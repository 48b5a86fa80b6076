"""Rows: the ledger's tables locked and written with as few statements as there can be.

Holds SQL by hand, and nothing that decides. The ORM says the same in three times as many round trips
and six times the processor time (bench/README.md), and all of it passes while other members of the same
shard wait; on SQLite, while everybody waits. Both databases run the same statements.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from django.db import connection

from lingyu.store.rows import Answer, Statement, columns, insert, inserting, run

from ..models import Account, Entry, Lot, Transfer


@dataclass(slots=True)
class Pot:
    """An account as it stands, locked until the transaction ends."""

    id: UUID
    kind: str
    owner: str
    balance: int
    version: int
    head: str


@dataclass(slots=True)
class Batch:
    """A lot as it stands."""

    id: UUID
    amount: int
    left: int
    expires_at: datetime | None


def lock(ids: Iterable[UUID]) -> list[Pot]:
    """Lock accounts until the transaction ends, in one order for all: a shard's issuer before its others."""
    return _pots(run([_locking(ids)])[0])


def _locking(ids: Iterable[UUID]) -> Statement:
    wanted = [_key(id) for id in ids]
    sql = (
        f"select id, kind, owner, balance, version, head from ledger_account where id in ({_marks(wanted)}) "
        f"order by kind <> 'issuer', id{_for_update()}"
    )
    return sql, wanted


def _pots(answer: Answer) -> list[Pot]:
    return [Pot(_uuid(row[0]), *row[1:]) for row in answer.rows]


def open_accounts(accounts: list[tuple[UUID, str, str]]) -> None:
    """Make those of (id, kind, owner) that do not exist."""
    blank = {"balance": 0, "version": 0, "head": "", "sealed": 0}
    rows = [{"id": id, "kind": kind, "owner": owner, **blank} for id, kind, owner in accounts]
    insert(Account, rows, "on conflict do nothing")


def open_lots(member: UUID, first: UUID | None = None) -> list[Batch]:
    """A member's lots with something left: `first` before any, then earliest expiry, then those without."""
    ahead = "id <> %s, " if first else ""
    sql = (
        'select id, amount, "left", expires_at from ledger_lot where member = %s and "left" > 0 '
        f"order by {ahead}expires_at is null, expires_at, id"
    )
    asked = [_key(member), *([_key(first)] if first else [])]
    return _lots(sql, asked)


def lots_of(ids: Iterable[UUID]) -> dict[UUID, Batch]:
    """Lots by their ids, empty ones too."""
    wanted = list(ids)
    if not wanted:
        return {}
    sql = f'select id, amount, "left", expires_at from ledger_lot where id in ({_marks(wanted)})'
    return {lot.id: lot for lot in _lots(sql, [_key(id) for id in wanted])}


def _lots(sql: str, asked: list) -> list[Batch]:
    found = run([(sql, asked)])[0].rows
    return [Batch(_uuid(id), amount, left, _moment(at)) for id, amount, left, at in found]


def book(transfer: Transfer, house: Iterable[UUID]) -> tuple[bool, list[Pot]]:
    """Write a transfer and lock the house's accounts: False when its key is known and nothing was written."""
    wanted = list(house)
    statements = inserting(Transfer, [columns(transfer)], "on conflict (key) do nothing")
    booked, *locked = run([*statements, *([_locking(wanted)] if wanted else [])])
    return bool(booked.count), [pot for answer in locked for pot in _pots(answer)]


def write(
    entries: list[dict],
    pots: Iterable[Pot],
    made: list[dict],
    changed: Iterable[Batch],
    told: list[Statement],
) -> None:
    """Write entries, where they leave their accounts, new lots and changed ones, and what is `told` of it."""
    stands = [(_key(pot.id), pot.balance, pot.version, pot.head) for pot in pots]
    expiry = Lot._meta.get_field("expires_at")
    lots = [
        (_key(lot.id), lot.amount, lot.left, expiry.get_db_prep_save(lot.expires_at, connection))
        for lot in changed
    ]
    run(
        [
            *inserting(Entry, entries),
            *_updating("ledger_account", ("balance", "version", "head"), stands),
            *inserting(Lot, made),
            *_updating("ledger_lot", ("amount", '"left"', "expires_at"), lots),
            *told,
        ]
    )


def _updating(table: str, names: tuple[str, ...], rows: list[tuple]) -> list[Statement]:
    """Set `names` of the rows whose id comes first in each of `rows`."""
    if not rows:
        return []
    # PostgreSQL cannot tell the type of a value that is null in every row.
    casts = {"expires_at": "::timestamptz"} if connection.vendor == "postgresql" else {}
    sets = ", ".join(f"{name} = v.column{n}{casts.get(name, '')}" for n, name in enumerate(names, 2))
    values = ", ".join([f"({_marks(rows[0])})"] * len(rows))
    sql = f"update {table} set {sets} from (values {values}) as v where {table}.id = v.column1"
    return [(sql, [value for row in rows for value in row])]


def _marks(values: Iterable) -> str:
    return ", ".join("%s" for _ in values)


@cache
def _for_update() -> str:
    return " for update" if connection.features.has_select_for_update else ""


@cache
def _native_uuids() -> bool:
    return connection.features.has_native_uuid_field


def _key(id: UUID):
    return id if _native_uuids() else id.hex


def _uuid(value) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _moment(value: datetime | None) -> datetime | None:
    # SQLite keeps UTC without saying so.
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value
