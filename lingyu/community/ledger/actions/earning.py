"""Earning: feathers are issued at once, or promised and later issued or not.

Holds issues and pendings. A promise is a transfer between accounts of its own, so that it is chained
and counted like everything else, and counts towards nothing before it is kept.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from ..events import FeathersIssued, FeathersPended, FeathersVoided
from ..models import Transfer
from . import lots
from .posting import Draft, Posting, Wallet, again, open_wallet, post


def issue(
    *,
    member: UUID,
    amount: int,
    key: str,
    cause: str,
    subject: str,
    at: datetime,
    about: dict | None = None,
    lot_expires_at: datetime | None = None,
    wallet: Wallet | None = None,
) -> Posting:
    """Give a member new feathers; what is owed is repaid from them first.

    Here and below, `wallet` is the member's, when whoever calls has opened it already.
    """
    wallet = wallet or open_wallet(member)
    draft = Draft("issue", key, amount, cause, subject, at, about or {})
    return _issue(draft, wallet, lot_expires_at)


def _issue(draft: Draft, wallet: Wallet, expires_at: datetime | None) -> Posting:
    repaid = min(draft.amount, -wallet.balance("debt"))
    draft.move(repaid, "issuer", "debt")
    draft.move(draft.amount - repaid, "issuer", "available")
    lots.add(draft, wallet.member, draft.amount - repaid, expires_at)
    return post(draft, wallet, FeathersIssued)


def pend(
    *,
    member: UUID,
    amount: int,
    key: str,
    cause: str,
    subject: str,
    at: datetime,
    about: dict | None = None,
    due_at: datetime | None = None,
    when_due: Literal["post", "expire"] = "post",
    lot_life: timedelta | None = None,
    wallet: Wallet | None = None,
) -> Posting:
    """Promise feathers: kept by `post_pending`, broken by `void_pending`; at `due_at`, as `when_due` says."""
    wallet = wallet or open_wallet(member)
    terms = {"when_due": when_due, "lot_seconds": int(lot_life.total_seconds()) if lot_life else None}
    draft = Draft("pend", key, amount, cause, subject, at, {**(about or {}), **terms}, due_at=due_at)
    draft.move(amount, "promised", "pending")
    return post(draft, wallet, FeathersPended)


def post_pending(*, key: str, at: datetime) -> Posting | None:
    """Keep the promise `key`; None when there is none or it has been resolved otherwise."""
    found = _promise(key)
    if found is None:
        return None
    promise, wallet = found
    if resolved := Transfer.objects.filter(closes=promise).first():
        return again(resolved, wallet) if resolved.kind == "issue" else None
    draft = Draft("issue", f"{key}:kept", promise.amount, promise.cause, promise.subject, at, closes=promise)
    draft.move(promise.amount, "pending", "promised")
    life = promise.about.get("lot_seconds")
    return _issue(draft, wallet, at + timedelta(seconds=life) if life else None)


def void_pending(*, key: str, why: str, at: datetime, kind: Literal["void", "lapse"] = "void") -> bool:
    """Break the promise `key`, saying why; False when there is none or it was resolved before."""
    found = _promise(key)
    if found is None or Transfer.objects.filter(closes=found[0]).exists():
        return False
    promise, wallet = found
    draft = Draft(
        kind,
        f"{key}:{kind}",
        promise.amount,
        promise.cause,
        promise.subject,
        at,
        {"why": why},
        closes=promise,
    )
    draft.move(promise.amount, "pending", "promised")
    post(draft, wallet, FeathersVoided)
    return True


def _promise(key: str) -> tuple[Transfer, Wallet] | None:
    promise = Transfer.objects.filter(key=key, kind="pend").first()
    return (promise, open_wallet(promise.member)) if promise else None
