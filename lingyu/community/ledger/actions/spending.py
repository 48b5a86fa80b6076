"""Spending: at once, or held first and settled or released later.

Holds spends and holds. What has expired is never spent.
"""

from datetime import datetime
from uuid import UUID

from ..events import FeathersHeld, FeathersReleased, FeathersSpent
from ..models import Transfer
from . import lots
from .ending import sweep
from .posting import Draft, Posting, Wallet, again, known, open_wallet, post


class TooFew(Exception):
    """The member has fewer feathers than asked for; nothing has been written for it."""

    def __init__(self, missing: int, available: int):
        super().__init__(f"{missing} feathers are missing, {available} are there")
        self.missing, self.available = missing, available


def spend(*, member: UUID, wallet: Wallet | None = None, **words) -> Posting:
    """Spend feathers at once: `amount`, `key`, `cause`, `subject`, `at`, and perhaps what it is `about`.

    Raises TooFew when there are not enough. `wallet` is the member's, when whoever calls has opened it.
    """
    return _take("spend", wallet or open_wallet(member), "spent", FeathersSpent, **words)


def hold(*, member: UUID, wallet: Wallet | None = None, **words) -> Posting:
    """Set feathers aside until `settle_hold` or `release_hold`; otherwise as `spend`."""
    return _take("hold", wallet or open_wallet(member), "held", FeathersHeld, **words)


def _take(
    kind: str,
    wallet: Wallet,
    target: str,
    fact: type,
    *,
    amount: int,
    key: str,
    cause: str,
    subject: str,
    at: datetime,
    about: dict | None = None,
) -> Posting:
    draft = Draft(kind, key, amount, cause, subject, at, about or {})
    there = sweep(wallet, at)
    if amount > wallet.balance("available"):
        if found := known(key, wallet.member, kind, amount=amount):
            return again(found, wallet)
        raise TooFew(amount - wallet.balance("available"), wallet.balance("available"))
    draft.move(amount, "available", target)
    lots.take(draft, wallet.member, amount, there)
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
    sweep(wallet, at)
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
