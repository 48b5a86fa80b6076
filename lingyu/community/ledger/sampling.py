"""Sampling: a few members and one account of the house looked at closely, and the sum of all.

Holds checks that are true at any moment, without a transaction: each compares what one statement read at
one moment, or entries, which never change.
"""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import BigIntegerField, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from .models import HOUSE_KINDS, MEMBER_KINDS, Account, Entry, Lot, Transfer, account_id
from .walking import Walk, rows_of

# Of a long account only the end is walked; the whole of it is once a day.
NEWEST = 2_000


def sample(size: int) -> list[str]:
    """What is wrong with `size` members drawn by chance, one account of the house, or the sum of all."""
    found = [fault for owner in _drawn(Q(kind="available"), size) for fault in member_faults(owner)]
    for account in _accounts(Q(kind__in=HOUSE_KINDS), 1):
        found += account_faults(account)
    if fault := totals_fault():
        found.append(fault)
    return found


def totals_fault() -> str:
    """In words, when the balances of all accounts do not add up to nought."""
    total = Account.objects.aggregate(all=Sum("balance"))["all"] or 0
    return f"the balances of all accounts add up to {total}, not to 0" if total else ""


def _accounts(which: Q, size: int) -> list[Account]:
    # Their ids are hashes, so that those after any point are drawn by chance, without sorting all.
    start = uuid4()
    rows = Account.objects.filter(which).order_by("id")
    found = list(rows.filter(id__gte=start)[:size])
    return found + list(rows.filter(id__lt=start)[: size - len(found)])


def _drawn(which: Q, size: int) -> list[str]:
    return [account.owner for account in _accounts(which, size)]


def member_faults(owner: str) -> Iterator[str]:
    """What is wrong with one member: their chains, and lots, promises and holds against the balances."""
    for account in Account.objects.filter(id__in=[account_id(kind, owner) for kind in MEMBER_KINDS]):
        yield from account_faults(account)
    parts = {
        "available": Lot.objects.filter(member=owner).order_by().values("member").annotate(all=Sum("left")),
        "pending": _open(owner, "pend"),
        "held": _open(owner, "hold"),
    }
    for kind, rows in parts.items():
        part = Coalesce(Subquery(rows.values("all"), output_field=BigIntegerField()), 0)
        both = Account.objects.filter(id=account_id(kind, owner)).annotate(part=part)
        for balance, made_up in both.values_list("balance", "part"):
            if balance != made_up:
                yield f"member {owner}: {kind} is {balance}, what makes it up adds up to {made_up}"


def _open(owner: str, kind: str):
    rows = Transfer.objects.filter(member=owner, kind=kind).open().order_by()
    return rows.values("member").annotate(all=Sum("amount"))


def account_faults(account: Account) -> Iterator[str]:
    """What is wrong with an account as it was read: its newest entries lead to where it stands."""
    walk = Walk(account.id)
    before = account.version - NEWEST
    if base := Entry.objects.filter(account=account.id, version=before).first():
        walk.version, walk.balance, walk.hash = base.version, base.balance, base.hash
    for row in rows_of(account=account.id, version__gt=max(0, before), version__lte=account.version):
        yield from walk.step(row)
    yield from walk.end(account)
