"""Spending: at once, or held first and settled or released later.

Holds spends and holds. What has expired is never spent.
"""

from datetime import datetime
from uuid import UUID

from ..events import FeathersHeld, FeathersReleased, FeathersSpent
from ..models import Lot, Transfer
from . import lots
from .ending import expire
from .posting import Draft, Posting, Wallet, again, known, open_wallet, post


class TooFew(Exception):
    """The member has fewer feathers than asked for; nothing has been written for it."""

    def __init__(self, missing: int, available: int):
        super().__init__(f"{missing} feathers are missing, {available} are there")
        self.missing, self.available = missing, available


def spend(
    *, member: UUID, amount: int, key: str, cause: str, subject: str, at: datetime, about: dict | None = None
) -> Posting:
    """Spend feathers at once. Raises TooFew when there are not enough."""
    return _take(Draft("spend", key, amount, cause, subject, at, about or {}), member, "spent", FeathersSpent)


def hold(
    *, member: UUID, amount: int, key: str, cause: str, subject: str, at: datetime, about: dict | None = None
) -> Posting:
    """Set feathers aside until `settle_hold` or `release_hold`. Raises TooFew when there are not enough."""
    return _take(Draft("hold", key, amount, cause, subject, at, about or {}), member, "held", FeathersHeld)


def _take(draft: Draft, member: UUID, target: str, fact: type) -> Posting:
    wallet = open_wallet(member)
    if found := known(draft.key, member, draft.kind, draft.amount):
        return again(found, wallet)
    for lot in Lot.objects.expired(draft.at).filter(member=member):
        expire(lot, wallet, draft.at)
    if draft.amount > wallet.balance("available"):
        raise TooFew(draft.amount - wallet.balance("available"), wallet.balance("available"))
    draft.move(draft.amount, "available", target)
    lots.take(draft, member, draft.amount)
    return post(draft, wallet, fact)


def settle_hold(*, key: str, at: datetime) -> Posting:
    """Spend what was held under `key`. Raises LookupError for no such hold, ValueError once released."""
    held, wallet, closed = _held(key, "settle")
    if closed:
        return again(closed, wallet)
    draft = Draft("settle", f"{key}:settled", held.amount, held.cause, held.subject, at, closes=held)
    draft.move(held.amount, "held", "spent")
    return post(draft, wallet, FeathersSpent)


def release_hold(*, key: str, at: datetime, why: str = "") -> Posting:
    """Give back what was held under `key`. Raises LookupError for no such hold, ValueError once settled."""
    held, wallet, closed = _held(key, "release")
    if closed:
        return again(closed, wallet)
    draft = Draft(
        "release", f"{key}:released", held.amount, held.cause, held.subject, at, {"why": why}, closes=held
    )
    lots.credit(draft, wallet, "held", lots.taken(held))
    return post(draft, wallet, FeathersReleased)


def _held(key: str, kind: str) -> tuple[Transfer, Wallet, Transfer | None]:
    held = Transfer.objects.filter(key=key, kind="hold").first()
    if held is None:
        raise LookupError(f"nothing is held under {key!r}")
    wallet = open_wallet(held.member)
    closed = Transfer.objects.filter(closes=held).first()
    if closed and closed.kind != kind:
        raise ValueError(f"what was held under {key!r} has been closed by a {closed.kind}")
    return held, wallet, closed
