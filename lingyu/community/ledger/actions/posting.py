"""Posting: the one place where a transfer, its entries, balances, lots and fact are written together.

Holds the lock order and the chain; `rows` writes. What a transfer means is said by the other modules.

The lock order, which keeps transfers from waiting for one another in a circle: a member's accounts; then
the house's, of which a shard's issuer is locked before any other of the shard and stands for all of it.
Who moves feathers of several members in one transaction opens their wallets `together` first.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import connection

from lingyu.kernel.ids import uuid7
from lingyu.store.outbox import OutsideTransaction, recording

from ..chain import entry_hash, transfer_digest
from ..models import HOUSE_KINDS, MEMBER_KINDS, OWING, SHARDS, Transfer, account_id
from . import rows
from .rows import Batch, Pot

# More than all feathers there will ever be; a number beyond it is a mistake.
LARGEST = 10**12


class KeyReused(ValueError):
    """The same business key was used for something else."""


class Contradiction(RuntimeError):
    """The ledger would no longer add up: a mistake of ours, and nothing is written."""


@dataclass(frozen=True)
class Posting:
    """What came of a transfer: `new` tells it from the answer to a key that was known already.

    `to_debt` is how many of its feathers repaid what the member owed, or became owed; `available` is
    the member's balance after it.
    """

    transfer: UUID
    new: bool
    amount: int
    to_debt: int
    available: int


@dataclass
class Wallet:
    """A member's own accounts, locked until the transaction ends."""

    member: UUID
    accounts: dict[str, Pot]

    def balance(self, kind: str) -> int:
        """What the member's account of `kind` holds."""
        return self.accounts[kind].balance


def open_wallet(member: UUID) -> Wallet:
    """Lock the member's accounts, making those that are missing. Raises OutsideTransaction without one."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("feathers move only within the transaction of what they are for")
    return Wallet(member, _locked({account_id(kind, member): kind for kind in MEMBER_KINDS}, str(member)))


def together(*members: UUID) -> dict[UUID, Wallet]:
    """Open several members' wallets, and lock all of the house that their transfers touch."""
    wallets = {member: open_wallet(member) for member in sorted(set(members))}
    for shard in sorted({_shard(member) for member in members}):
        _house(shard, HOUSE_KINDS)
    return wallets


def _locked(ids: dict[UUID, str], owner: str) -> dict[str, Pot]:
    found = rows.lock(ids)
    if len(found) < len(ids):
        rows.open_accounts([(id, kind, owner) for id, kind in ids.items()])
        found = rows.lock(ids)
    return {pot.kind: pot for pot in found}


def _shard(member: UUID) -> int:
    """A member's shard of the house, always the same: what went into it can come out of it again."""
    return member.int % SHARDS


def _house(shard: int, kinds) -> dict[str, Pot]:
    ids = _house_ids(shard)
    return _locked({ids[kind]: kind for kind in {"issuer", *kinds}}, str(shard))


@cache
def _house_ids(shard: int) -> dict[str, UUID]:
    return {kind: account_id(kind, shard) for kind in HOUSE_KINDS}


def known(key: str, member: UUID, kind: str, **same) -> Transfer | None:
    """The transfer of this key, if there is one; asked for while the member's accounts are locked.

    Raises KeyReused when it was another member's, of another kind, or differs in what is given as `same`.
    """
    found = Transfer.objects.filter(key=key).first()
    wanted = {"member": member, "kind": kind} | {k: v for k, v in same.items() if v is not None}
    if found and any(getattr(found, name) != value for name, value in wanted.items()):
        raise KeyReused(f"key {key!r} names a {found.kind} of {found.amount} already")
    return found


def again(transfer: Transfer, wallet: Wallet) -> Posting:
    """The answer to a key that was known already."""
    debt = sum(e.amount for e in transfer.entries.all() if e.account_id == wallet.accounts["debt"].id)
    return Posting(transfer.id, False, transfer.amount, abs(debt), wallet.balance("available"))


@dataclass
class Draft:
    """A transfer being made up: its words, what it does to accounts by kind, and to lots.

    Made while the wallet is open, so that the ids of a member's transfers follow one another.
    """

    kind: str
    key: str
    amount: int
    cause: str
    subject: str
    at: datetime
    about: dict = field(default_factory=dict)
    due_at: datetime | None = None
    closes: Transfer | None = None
    reverses: Transfer | None = None
    id: UUID = field(default_factory=uuid7)
    legs: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lots: list[list] = field(default_factory=list)
    made: list[dict] = field(default_factory=list)
    changed: dict[UUID, Batch] = field(default_factory=dict)

    def __post_init__(self):
        if type(self.amount) is not int or not 0 < self.amount <= LARGEST:
            raise ValueError(
                f"{self.kind} {self.key!r}: a transfer moves at least one feather, and whole ones, "
                f"not {self.amount!r}"
            )
        # What is booked first keeps room for what will follow from it: ":settled", "|claw12|restored".
        longest = 180 if self.kind in ("issue", "pend", "spend", "hold") and not self.closes else 200
        if len(self.key) > longest or len(self.cause) > 100 or len(self.subject) > 200:
            raise ValueError(
                f"{self.kind} {self.key!r}: longer than {longest} (key), 100 (cause) or 200 (subject)"
            )
        _plain(self.about)

    def move(self, amount: int, source: str, target: str) -> None:
        """Take `amount` from the account of one kind to that of another."""
        if amount:
            self.legs[source] -= amount
            self.legs[target] += amount


def _plain(value) -> None:
    """ValueError for what would not be read back as it was hashed: PostgreSQL writes fractions otherwise."""
    if isinstance(value, dict):
        for key, part in value.items():
            _plain(part)
            if not isinstance(key, str):
                raise ValueError(f"{key!r} is no name of what a transfer is about")
    elif isinstance(value, list | tuple):
        for part in value:
            _plain(part)
    elif not (value is None or isinstance(value, str | int)):
        raise ValueError(f"a transfer is about texts and whole numbers, not {value!r}")


def post(draft: Draft, wallet: Wallet, fact: type) -> Posting:
    """Write the transfer with its entries, balances, lots and fact; Σ of its legs is nought.

    The transfer is first: when its key is known, nothing else is written, and the answer is the earlier one.
    """
    transfer = _transfer(draft, wallet.member)
    house = _house_legs(draft, wallet.member)
    booked, found = rows.book(transfer, house)
    if not booked:
        return again(known(draft.key, wallet.member, draft.kind, amount=draft.amount), wallet)
    if len(found) < len(house):
        found = _locked(house, str(_shard(wallet.member))).values()
    accounts = wallet.accounts | {pot.kind: pot for pot in found}
    legs = {kind: amount for kind, amount in draft.legs.items() if amount}
    entries = _entries(transfer, accounts, legs)
    moved = {"feathers": draft.amount, "cause": draft.cause, "subject": draft.subject}
    told = recording([fact(occurred_at=draft.at, person=str(wallet.member), **moved)])
    rows.write(entries, [accounts[kind] for kind in legs], draft.made, draft.changed.values(), told)
    return Posting(
        transfer.id, True, draft.amount, abs(draft.legs.get("debt", 0)), wallet.balance("available")
    )


def _transfer(draft: Draft, member: UUID) -> Transfer:
    said = ("id", "key", "kind", "at", "amount", "cause", "subject", "about", "lots", "due_at")
    named = {name: getattr(draft, name) for name in said}
    return Transfer(member=member, closes=draft.closes, reverses=draft.reverses, **named)


def _house_legs(draft: Draft, member: UUID) -> dict[UUID, str]:
    """The house's accounts of all legs, by id, and the shard's issuer with them; they are locked last."""
    kinds, ids = [kind for kind in draft.legs if kind not in MEMBER_KINDS], _house_ids(_shard(member))
    return {ids[kind]: kind for kind in {"issuer", *kinds}} if kinds else {}


def _entries(transfer: Transfer, accounts: dict[str, Pot], legs: dict[str, int]) -> list[dict]:
    """Each leg's entry, linked to the one before it in its account."""
    digest, entries = transfer_digest(transfer), []
    for kind, amount in legs.items():
        pot = accounts[kind]
        pot.balance += amount
        pot.version += 1
        if (pot.balance > 0) if kind in OWING else (pot.balance < 0):
            raise Contradiction(f"{kind} of {pot.owner} would stand at {pot.balance}")
        pot.head = entry_hash(pot.head, pot.id, pot.version, amount, pot.balance, digest)
        entries.append(
            {
                "transfer_id": transfer.id,
                "account_id": pot.id,
                "amount": amount,
                "balance": pot.balance,
                "version": pot.version,
                "hash": pot.head,
            }
        )
    return entries
