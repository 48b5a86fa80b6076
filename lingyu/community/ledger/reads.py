"""Reading the ledger: balances, lots, statements, and what has become of all feathers.

Holds queries only.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum

from lingyu.store.prepared import Prepared

from .models import HOUSE_KINDS, MEMBER_KINDS, Account, Anchor, Drift, Entry, Lot, Transfer, account_id

# Stands in the header of every page of a member.
BALANCES = Prepared(lambda ids: Account.objects.filter(id__in=ids).values_list("kind", "balance"))


@dataclass(frozen=True)
class Balance:
    """A member's feathers: to spend, set aside for orders, promised, and owed (as a positive number)."""

    available: int
    held: int
    pending: int
    debt: int


@dataclass(frozen=True)
class Totals:
    """What has become of all feathers; issued = available + held + spent + expired + clawed_back + debt.

    `debt` is negative: what members owe. `pending` is promised and not issued.
    """

    issued: int
    available: int
    held: int
    spent: int
    expired: int
    clawed_back: int
    debt: int
    pending: int

    @property
    def balanced(self) -> bool:
        """Whether the parts make up the whole."""
        parts = (self.available, self.held, self.spent, self.expired, self.clawed_back, self.debt)
        return self.issued == sum(parts)


def balance(member: UUID) -> Balance:
    """A member's feathers now."""
    ids = [account_id(kind, member) for kind in MEMBER_KINDS]
    found = dict(BALANCES.ask(ids=ids))
    available, held, debt, pending = (found.get(kind, 0) for kind in MEMBER_KINDS)
    return Balance(available, held, pending, -debt)


def totals() -> Totals:
    """All feathers there ever were."""
    rows = Account.objects.values_list("kind").annotate(all=Sum("balance"))
    found = dict(rows)
    of = {kind: found.get(kind) or 0 for kind in (*MEMBER_KINDS, *HOUSE_KINDS)}
    return Totals(
        issued=-of["issuer"],
        available=of["available"],
        held=of["held"],
        spent=of["spent"],
        expired=of["expired"],
        clawed_back=of["clawed_back"],
        debt=of["debt"],
        pending=of["pending"],
    )


def available_at(member: UUID, at: datetime) -> int:
    """What a member had to spend at a moment, by the times of the movements."""
    rows = Entry.objects.filter(account=account_id("available", member), transfer__at__lte=at)
    return rows.aggregate(all=Sum("amount"))["all"] or 0


def lots(member: UUID) -> QuerySet[Lot]:
    """A member's open lots, earliest expiry first."""
    return Lot.objects.open_of(member)


def expiring(member: UUID, before: datetime) -> int:
    """How many feathers of a member expire before that time, unless they are spent."""
    rows = Lot.objects.filter(member=member, left__gt=0, expires_at__lt=before)
    return rows.aggregate(all=Sum("left"))["all"] or 0


def statement(member: UUID) -> QuerySet[Entry]:
    """What happened to a member's available feathers, newest first, each with the balance after it."""
    rows = Entry.objects.filter(account=account_id("available", member))
    return rows.select_related("transfer").order_by("-version")


def drift() -> QuerySet[Drift]:
    """What did not add up when it was looked at, newest first."""
    return Drift.objects.order_by("-at")


def last_anchor() -> Anchor | None:
    """The last seal on all accounts."""
    return Anchor.objects.order_by("-id").first()


def earned(member: UUID) -> int:
    """What a member has earned in all: issued, less what was taken back and not restored."""
    rows = Transfer.objects.filter(member=member, kind__in=["issue", "claw_back", "restore"])
    found = dict(rows.order_by().values_list("kind").annotate(all=Sum("amount")))
    return found.get("issue", 0) - found.get("claw_back", 0) + found.get("restore", 0)
