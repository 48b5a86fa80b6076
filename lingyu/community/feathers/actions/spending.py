"""Spending: at once, or held until something is delivered; and refunds.

Holds the spending side of the ledger with its receipts. Too few feathers are a receipt that says how
many are missing: whoever sells then creates nothing. Who insists within a minute is answered by the same
receipt, so that a finger on a button does not fill the list.
"""

from datetime import datetime

from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.actions import open_wallet
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import TooFewFeathers
from ..models import Receipt
from ..rules import Purpose
from . import receipts

TAKEN = ("spent", "held")


@repeatable
def spend(
    *,
    actor: Member | None,
    member: Member,
    purpose: Purpose,
    subject: str,
    amount: int,
    key: str,
    at: datetime | None = None,
) -> Receipt:
    """Spend feathers at once: `receipt.granted`, or too few, with `receipt.missing`."""
    return _take(ledger.spend, "spent", member, purpose, subject, amount, key, at or timezone.now())


@repeatable
def hold(
    *,
    actor: Member | None,
    member: Member,
    purpose: Purpose,
    subject: str,
    amount: int,
    key: str,
    at: datetime | None = None,
) -> Receipt:
    """Set feathers aside: `receipt.granted`, or too few, with `receipt.missing`."""
    return _take(ledger.hold, "held", member, purpose, subject, amount, key, at or timezone.now())


def _take(taking, outcome: str, member: Member, purpose: Purpose, subject: str, amount: int, key: str, at):
    wallet = open_wallet(member.id)
    if before := receipts.with_key(key, TAKEN):
        if before.member_id != member.id or before.asked != amount:
            raise ledger.KeyReused(f"key {key!r} names another purchase")
        return receipts.again(before, at)
    told = {"key": key, "cause": purpose.code, "subject": subject, "asked": amount}
    if not member.is_active:
        return _refused(member, at, reason="closed", facts={}, **told)
    try:
        posting = taking(
            member=member.id,
            amount=amount,
            key=key,
            cause=purpose.code,
            subject=subject,
            at=at,
            wallet=wallet,
        )
    except ledger.TooFew as few:
        facts = {"missing": few.missing, "available": few.available}
        return _refused(member, at, reason="too_few", facts=facts, **told)
    return receipts.write(member, at, outcome=outcome, amount=amount, transfer=posting.transfer, **told)


def _refused(member: Member, at: datetime, **told) -> Receipt:
    """A refusal with its receipt and, for too few, its fact; the same within a minute is the same one."""
    if before := receipts.repeated(member, at, **told):
        return before
    if missing := told["facts"].get("missing"):
        about = {"person": member.key, "cause": told["cause"], "subject": told["subject"]}
        record(TooFewFeathers(occurred_at=at, feathers=missing, **about))
    return receipts.write(member, at, outcome="refused", **told)


@repeatable
def turn_down(
    *,
    actor: Member | None,
    member: Member,
    purpose: Purpose,
    subject: str,
    amount: int,
    key: str,
    reason: str,
    facts: dict | None = None,
    at: datetime | None = None,
) -> Receipt:
    """Note that whoever sells refused, and why: nothing moves. `reason` is a code that `explaining` knows."""
    told = {"key": key, "cause": purpose.code, "subject": subject, "asked": amount}
    return _refused(member, at or timezone.now(), reason=reason, facts=facts or {}, **told)


@repeatable
def settle(*, actor: Member | None, key: str, at: datetime | None = None) -> Receipt | None:
    """Spend what is held under `key`; None when it was settled before. ValueError once it was released."""
    at = at or timezone.now()
    posting = ledger.settle_hold(key=key, at=at)
    if not posting.new:
        return None
    return receipts.follow_up(_origin(key), at, "settled", transfer=posting.transfer)


@repeatable
def release(*, actor: Member | None, key: str, why: str, at: datetime | None = None) -> Receipt | None:
    """Give back what is held under `key`; None when it was before. ValueError once it was settled."""
    at = at or timezone.now()
    posting = ledger.release_hold(key=key, at=at, why=why)
    if not posting.new:
        return None
    return receipts.follow_up(_origin(key), at, "released", reason=why, transfer=posting.transfer)


@repeatable
def refund(
    *, actor: Member | None, key: str, why: str, amount: int | None = None, at: datetime | None = None
) -> Receipt | None:
    """Give back what was spent under `key`, all that is left of it or `amount`; None when nothing is."""
    at = at or timezone.now()
    origin = _origin(key)
    open_wallet(origin.member_id)
    number = Receipt.objects.filter(key=key, outcome="refunded").count() + 1
    posting = ledger.refund(key=key, refund_key=f"{key}|refund{number}", amount=amount, at=at, why=why)
    if posting is None or not posting.new:
        return None
    return receipts.follow_up(
        origin, at, "refunded", reason=why, amount=posting.amount, transfer=posting.transfer
    )


def _origin(key: str) -> Receipt:
    return Receipt.objects.filter(key=key, outcome__in=TAKEN).get()
