"""Undoing: what was earned is taken back, and given back when that was a mistake.

Holds claw-backs and their restoration.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.ledger import actions as ledger
from lingyu.store.repeatable import repeatable

from ..judging import Attempt, capped
from ..models import Receipt, RuleVersion
from ..rules import RULES, Rule
from . import receipts
from .earning import rewarded
from .facts import known_of


@repeatable
def claw_back(
    *,
    actor: Member | None,
    member: Member,
    rule: Rule,
    subject: str,
    occurrence: str = "",
    why: str,
    words: str = "",
    at: datetime | None = None,
) -> Receipt | None:
    """Take back what was earned; None when nothing was, or all has been taken back.

    The room under the caps stays used: who loses a reward cannot earn it again on the same day.
    """
    at = at or timezone.now()
    found = rewarded(member, rule, subject, occurrence)
    if found is None or not _posted(found):
        return None
    posting = ledger.claw_back(key=found.key, claw_key=_claw_key(found), at=at, why=why)
    if posting is None:
        return None
    facts = {"to_debt": posting.to_debt} | ({"words": words} if words else {})
    return receipts.follow_up(
        found,
        at,
        "clawed_back",
        reason=why,
        amount=posting.amount,
        transfer=posting.transfer,
        facts=facts,
    )


@repeatable
def restore(
    *,
    actor: Member | None,
    member: Member,
    rule: Rule,
    subject: str,
    occurrence: str = "",
    why: str,
    at: datetime | None = None,
) -> Receipt | None:
    """Undo the last claw-back, or post anew what was declined; None when there is nothing to undo."""
    at = at or timezone.now()
    found = rewarded(member, rule, subject, occurrence)
    if found is None:
        return None
    if not _posted(found):
        return _restore_declined(found, why, at)
    number = Receipt.objects.filter(key=found.key, outcome="clawed_back").count()
    if not number:
        return None
    key = f"{found.key}|claw{number}"
    posting = ledger.restore(claw_key=key, restore_key=f"{key}|restored", at=at, why=why)
    if posting is None or not posting.new:
        return None
    return receipts.follow_up(
        found, at, "restored", reason=why, amount=posting.amount, transfer=posting.transfer
    )


def _restore_declined(found: Receipt, why: str, at: datetime) -> Receipt | None:
    """What was declined by mistake is issued after all: a promise is resolved only once.

    Its room under the caps was given back then; if others have taken it since, what is left is given.
    """
    if not Receipt.objects.filter(key=found.key, outcome="declined").exists():
        return None
    rule = RULES.get(found.cause)
    terms = RuleVersion.objects.get(rule=found.cause, number=found.version).terms
    if rule is None:
        return None
    known = known_of(found.member, rule, terms, key=found.key, subject=found.subject, day=found.day, at=at)
    verdict = capped(replace(terms, amount=found.amount), Attempt(at, found.day, found.subject), known)
    if not verdict.amount:
        return receipts.follow_up(found, at, "capped", reason=verdict.reason, amount=0, left=verdict.left)
    posting = ledger.issue(
        member=found.member_id,
        amount=verdict.amount,
        key=f"{found.key}:kept",
        cause=found.cause,
        subject=found.subject,
        about={"rule": found.cause, "version": found.version, "why": why},
        at=at,
        lot_expires_at=at + timedelta(days=terms.lot_days) if terms.lot_days else None,
    )
    if not posting.new:
        return None
    told = {"amount": verdict.amount, "counts": verdict.amount, "left": verdict.left}
    return receipts.follow_up(found, at, "restored", reason=why, transfer=posting.transfer, **told)


def _posted(found: Receipt) -> bool:
    came = ("approved", "restored")
    return found.outcome == "granted" or Receipt.objects.filter(key=found.key, outcome__in=came).exists()


def _claw_key(found: Receipt) -> str:
    return f"{found.key}|claw{Receipt.objects.filter(key=found.key, outcome='clawed_back').count() + 1}"
