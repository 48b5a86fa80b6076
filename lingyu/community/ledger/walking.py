"""Walking: one account's entries from the first on, linked, added up, and its lots replayed.

Holds the walk and changes nothing. `verify` walks everything, `sampling` a few accounts.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from .chain import entry_hash, transfer_digest
from .models import OWING, Account, Entry, account_id

# What is read of each entry: its own columns, then all that its transfer says.
COLUMNS = ("id", "account_id", "version", "amount", "balance", "hash")
SAID = (
    "id key kind at member amount cause subject about lots due_at closes_id reverses_id".split()  # noqa: SIM905
)
# Read as texts: of a million rows, making ids and JSON of them takes longer than checking them.
_IDS = {f"transfer__{name}" for name in ("id", "member", "closes_id", "reverses_id")}
TEXTS = _IDS | {"account_id", "transfer__about", "transfer__lots"}


@dataclass(slots=True)
class Words:
    """What a transfer says, without the cost of a model."""

    id: str
    key: str
    kind: str
    at: datetime
    member: str
    amount: int
    cause: str
    subject: str
    about: dict
    lots: list
    due_at: datetime | None
    closes_id: str | None
    reverses_id: str | None


@dataclass
class Walk:
    """Where the walk through one account stands: number, balance, hash, and what its lots hold.

    `lots` by id: what is left, the most it ever held, when it expires.
    """

    account: UUID
    version: int = 0
    balance: int = 0
    hash: str = ""
    lots: dict[str, list] = field(default_factory=dict)

    def step(self, row: tuple) -> Iterator[str]:
        """The next entry, a row of `rows_of`; what is wrong with it, in words."""
        id, _account, version, amount, balance, hash, transfer = row
        where = f"entry {id} (account {self.account}, number {version})"
        if version != self.version + 1:
            yield f"{where}: number {self.version + 1} is missing before it"
        if balance != self.balance + amount:
            yield f"{where}: balance {balance}, expected {self.balance + amount}"
        expected = entry_hash(self.hash, self.account, version, amount, balance, transfer_digest(transfer))
        if hash != expected:
            yield (
                f"{where}: its hash is {hash[:12]}…, expected {expected[:12]}…: "
                f"it, its transfer {transfer.id}, or an entry before it was changed"
            )
        self.version, self.balance, self.hash = version, balance, hash
        for lot, moved, expiry in transfer.lots:
            kept = self.lots.setdefault(lot, [0, 0, None])
            kept[0] += moved
            kept[1:] = [max(kept[1], kept[0]), expiry]

    def end(self, account: Account) -> Iterator[str]:
        """What is wrong with the account that should stand where the walk ended."""
        if account.id != account_id(account.kind, account.owner):
            yield f"account {account.id}: is not the {account.kind} of {account.owner}"
        if (account.version, account.balance, account.head) != (self.version, self.balance, self.hash):
            yield (
                f"account {account.id} ({account}): stands at {account.balance} after {account.version} "
                f"entries, its entries end at {self.balance} after {self.version}"
                + ("" if account.head == self.hash else ", with another hash")
            )
        if (account.balance > 0) if account.kind in OWING else (account.balance < 0):
            yield f"account {account.id} ({account}): {account.balance} is on the wrong side of 0"


def lot_faults(lot, kept: list | None, member: str) -> Iterator[str]:
    """What is wrong with a lot, against what the walk says it holds; None when no transfer names it."""
    left, most, expiry = kept or (0, 0, None)
    if str(lot.member) != member or kept is None:
        yield f"lot {lot.id}: no transfer of member {lot.member} brought it"
    if lot.left != left:
        yield f"lot {lot.id}: {lot.left} left, expected {left}"
    if lot.amount != most:
        yield f"lot {lot.id}: held {lot.amount}, expected {most}"
    if lot.expires_at != (datetime.fromisoformat(expiry) if expiry else None):
        yield f"lot {lot.id}: expires {lot.expires_at}, expected {expiry}"


def rows_of(**where) -> Iterator[tuple]:
    """COLUMNS and the Words of the transfer, in the order of account and number."""
    names = [*COLUMNS, *(f"transfer__{name}" for name in SAID)]
    found = Entry.objects.filter(**where).order_by("account_id", "version")
    rows = found.values_list(*(Cast(name, TextField()) if name in TEXTS else name for name in names))
    for id, account, version, amount, balance, hash, *said in rows.iterator(chunk_size=2_000):
        yield id, _uuid(account), version, amount, balance, hash, _words(*said)


def _words(id, key, kind, at, member, amount, cause, subject, about, lots, due_at, closes, reverses) -> Words:
    about, lots = {} if about == "{}" else json.loads(about), json.loads(lots)
    ended = (closes and _dashed(closes), reverses and _dashed(reverses))
    return Words(
        _dashed(id), key, kind, at, _member(member), amount, cause, subject, about, lots, due_at, *ended
    )


def _dashed(id: str) -> str:
    """An id as texts write it; SQLite keeps it without the dashes."""
    return id if len(id) != 32 else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"


# The rows of an account follow one another, and a member's are near.
_uuid, _member = lru_cache(maxsize=8)(UUID), lru_cache(maxsize=10_000)(_dashed)
