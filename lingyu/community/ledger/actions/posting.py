"""Posting: the one place where a transfer, its entries, balances, lots and fact are written together.

Holds the lock order and the chain. What a transfer means is said by the other modules of `actions`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from lingyu.kernel.ids import uuid7
from lingyu.store.outbox import OutsideTransaction, record

from ..chain import entry_hash, transfer_digest
from ..models import MEMBER_KINDS, OWING, SHARDS, Account, Entry, Lot, Transfer, account_id


class KeyReused(ValueError):
    """The same business key was used for something else."""


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
    """A member's own accounts, locked until the transaction ends, and the lots as they were read."""

    member: UUID
    accounts: dict[str, Account]
    lots: dict[UUID, Lot] = field(default_factory=dict)

    def balance(self, kind: str) -> int:
        """What the member's account of `kind` holds."""
        return self.accounts[kind].balance


def open_wallet(member: UUID) -> Wallet:
    """Lock the member's accounts, making those that are missing. Raises OutsideTransaction without one."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("feathers move only within the transaction of what they are for")
    ids = {account_id(kind, member): kind for kind in MEMBER_KINDS}
    found = _lock(ids)
    if len(found) < len(ids):
        missing = [Account(id=id, kind=kind, owner=str(member)) for id, kind in ids.items()]
        Account.objects.bulk_create(missing, ignore_conflicts=True)
        found = _lock(ids)
    return Wallet(member, {account.kind: account for account in found})


def _lock(ids: Iterable) -> list[Account]:
    return list(Account.objects.filter(id__in=ids).order_by("id").select_for_update())


def known(key: str, member: UUID, kind: str, amount: int | None = None) -> Transfer | None:
    """The transfer of this key, if there is one; asked for while the member's accounts are locked.

    Raises KeyReused when it was another member's, of another kind or amount.
    """
    found = Transfer.objects.filter(key=key).first()
    if found and (
        (found.member, found.kind) != (member, kind) or (amount is not None and found.amount != amount)
    ):
        raise KeyReused(f"key {key!r} names a {found.kind} of {found.amount} already")
    return found


def again(transfer: Transfer, wallet: Wallet) -> Posting:
    """The answer to a key that was known already."""
    debt = sum(e.amount for e in transfer.entries.all() if e.account_id == wallet.accounts["debt"].id)
    return Posting(transfer.id, False, transfer.amount, abs(debt), wallet.balance("available"))


@dataclass
class Draft:
    """A transfer being made up: its words, what it does to accounts by kind, and to lots by id."""

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

    def __post_init__(self):
        if self.amount <= 0:
            raise ValueError(f"{self.kind} {self.key!r}: a transfer moves at least one feather")

    def move(self, amount: int, source: str, target: str) -> None:
        """Take `amount` from the account of one kind to that of another."""
        if amount:
            self.legs[source] -= amount
            self.legs[target] += amount


def post(draft: Draft, wallet: Wallet, fact: type) -> Posting:
    """Write the transfer with its entries, balances, lots and fact; Σ of its legs is nought."""
    transfer = Transfer(
        id=draft.id,
        key=draft.key,
        kind=draft.kind,
        at=draft.at,
        member=wallet.member,
        amount=draft.amount,
        cause=draft.cause,
        subject=draft.subject,
        about=draft.about,
        lots=draft.lots,
        due_at=draft.due_at,
        closes=draft.closes,
        reverses=draft.reverses,
    )
    transfer.save(force_insert=True)
    accounts = _accounts(draft, wallet)
    digest = transfer_digest(transfer)
    entries = [
        _enter(accounts[kind], amount, transfer, digest) for kind, amount in draft.legs.items() if amount
    ]
    Entry.objects.bulk_create(entries)
    for entry in entries:
        account = entry.account
        Account.objects.filter(id=account.id).update(
            balance=account.balance, version=account.version, head=account.head
        )
    record(
        fact(
            occurred_at=draft.at,
            person=str(wallet.member),
            feathers=draft.amount,
            cause=draft.cause,
            subject=draft.subject,
        )
    )
    return Posting(
        transfer.id, True, draft.amount, abs(draft.legs.get("debt", 0)), wallet.balance("available")
    )


def _accounts(draft: Draft, wallet: Wallet) -> dict[str, Account]:
    """The accounts of all legs; the house's are locked last, in the order of their ids."""
    # A member's shard, always the same: what went into it can come out of it again.
    shard = wallet.member.int % SHARDS
    house = {account_id(kind, shard): kind for kind in draft.legs if kind not in MEMBER_KINDS}
    found = _lock(house)
    if len(found) < len(house):
        missing = [Account(id=id, kind=kind, owner=str(shard)) for id, kind in house.items()]
        Account.objects.bulk_create(missing, ignore_conflicts=True)
        found = _lock(house)
    return {**wallet.accounts, **{account.kind: account for account in found}}


def _enter(account: Account, amount: int, transfer: Transfer, digest: str) -> Entry:
    account.balance += amount
    account.version += 1
    if (account.balance > 0) if account.kind in OWING else (account.balance < 0):
        raise ValueError(f"{account.kind} of {account.owner} would stand at {account.balance}")
    account.head = entry_hash(account.head, account.id, account.version, amount, account.balance, digest)
    return Entry(
        transfer=transfer,
        account=account,
        amount=amount,
        balance=account.balance,
        version=account.version,
        hash=account.head,
    )
