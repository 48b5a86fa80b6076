"""Earning: an attempt is judged by the rule in force, and what it comes to is kept with its receipt.

Holds earning, and what a review makes of it: approved, declined. Taking back is in `undoing`.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.actions import Wallet, open_wallet
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import FeathersRefused
from ..judging import Attempt, Verdict, judge
from ..models import Receipt, RuleVersion
from ..rules import RULES, Rule, Terms
from . import receipts
from .facts import Known, known_of
from .ruling import version_in_force

# Why nothing is earned while one may not write.
MUTED = "muted"
# Of a key: what follows from a reward is called by it, and more.
LONGEST = 180


def key_of(rule: Rule, member: Member, subject: str, occurrence: str) -> str:
    """The business key: one reward for ever. What is too long for a column is digested."""
    key = f"{rule.code}|{member.id}|{subject}|{occurrence}"
    if len(key) <= LONGEST:
        return key
    return f"{rule.code}|{member.id}|{sha256(key.encode()).hexdigest()[:32]}"


@repeatable
def earn(
    *,
    actor: Member | None,
    member: Member,
    rule: Rule,
    subject: str,
    occurrence: str = "",
    facts: dict | None = None,
    refused: str = "",
    amount: int | None = None,
    at: datetime | None = None,
) -> Receipt:
    """What an attempt comes to: granted, pending, capped, refused, or rewarded before ("again").

    `refused` is a reason code of the rewarding room, when it knows that nothing is due; the receipt
    says so. A cap grants the remainder that it leaves, and nothing over it. `amount` is what is asked for
    where that is less than the rule gives.
    """
    at = at or timezone.now()
    key = key_of(rule, member, subject, occurrence)
    version, day = version_in_force(rule), receipts.day_of(at)
    # From here to the end of the transaction this member earns and spends nothing else.
    wallet = open_wallet(member.id)
    known = known_of(member, rule, version.terms, key=key, subject=subject, day=day, at=at)
    if known.rewarded:
        return receipts.again(Receipt.objects.get(id=known.rewarded), at)
    attempt = Attempt(at, day, subject, {**known.facts, **(facts or {})})
    terms = version.terms
    if amount is not None:
        terms = replace(terms, amount=min(amount, terms.amount))
    verdict = _verdict(refused, member, terms, attempt, known)
    told = {
        "key": key,
        "cause": rule.code,
        "version": version.number,
        "subject": subject,
        "occurrence": occurrence,
        "asked": terms.amount,
        "amount": verdict.amount,
        "counts": verdict.amount,
        "reason": verdict.reason,
        "left": verdict.left,
        "facts": attempt.facts,
    }
    if not verdict.amount:
        return _refuse(member, told, at)
    return _reward(member, version, told, at, wallet)


def earn_after_all(*, actor: Member | None, member: Member, at: datetime | None = None) -> int:
    """Judge anew what was refused for a mute at the time that, in the light of today, was none.

    As if it were then: by the caps of that day. Answers how many attempts were judged anew; one that is
    rewarded by now stays as it is.
    """
    done = 0
    refused = Receipt.objects.filter(member=member, outcome="refused", reason=MUTED).order_by("at", "id")
    for receipt in refused:
        if receipt.cause not in RULES or not door.standing_of(member, receipt.at).speaks:
            continue
        if Receipt.objects.filter(key=receipt.key).exclude(reason=MUTED).exists():
            continue
        earn(
            actor=actor,
            member=member,
            rule=RULES[receipt.cause],
            subject=receipt.subject,
            occurrence=receipt.occurrence,
            facts=receipt.facts,
            at=receipt.at,
        )
        done += 1
    return done


def _refuse(member: Member, told: dict, at: datetime) -> Receipt:
    outcome = "capped" if told["reason"].startswith("cap.") else "refused"
    about = {"cause": told["cause"], "reason": told["reason"], "subject": told["subject"]}
    record(FeathersRefused(occurred_at=at, person=member.key, **about))
    return receipts.write(member, at, outcome=outcome, **told)


def _verdict(refused: str, member: Member, terms: Terms, attempt: Attempt, known: Known) -> Verdict:
    if refused:
        return Verdict(0, refused)
    if not member.is_active:
        return Verdict(0, "closed")
    if not door.standing_of(member, attempt.at).speaks:
        return Verdict(0, MUTED)
    return judge(terms, attempt, known)


def _reward(member: Member, version: RuleVersion, told: dict, at: datetime, wallet: Wallet) -> Receipt:
    terms = version.terms
    about = {"rule": told["cause"], "version": version.number, "occurrence": told["occurrence"]}
    common = {
        "member": member.id,
        "amount": told["amount"],
        "key": told["key"],
        "cause": told["cause"],
        "subject": told["subject"],
        "about": about,
        "at": at,
        "wallet": wallet,
    }
    life = timedelta(days=terms.lot_days) if terms.lot_days else None
    if terms.review or terms.hold:
        due = at + timedelta(seconds=terms.hold) if terms.hold else None
        posting = ledger.pend(**common, due_at=due, lot_life=life)
        return receipts.write(member, at, outcome="pending", transfer=posting.transfer, due_at=due, **told)
    posting = ledger.issue(**common, lot_expires_at=at + life if life else None)
    return receipts.write(member, at, outcome="granted", transfer=posting.transfer, **told)


@repeatable
def approve(
    *,
    actor: Member | None,
    member: Member,
    rule: Rule,
    subject: str,
    occurrence: str = "",
    at: datetime | None = None,
) -> Receipt | None:
    """Post what waits for review; None when nothing does."""
    at = at or timezone.now()
    found = rewarded(member, rule, subject, occurrence)
    if found is None or found.outcome != "pending":
        return None
    return note_posted(found, at)


def note_posted(origin: Receipt, at: datetime) -> Receipt | None:
    """Post a promise with its receipt; None when it was resolved before."""
    posting = ledger.post_pending(key=origin.key, at=at)
    if posting is None or not posting.new:
        return None
    return receipts.follow_up(origin, at, "approved", transfer=posting.transfer)


@repeatable
def decline(
    *,
    actor: Member | None,
    member: Member,
    rule: Rule,
    subject: str,
    occurrence: str = "",
    why: str,
    at: datetime | None = None,
) -> Receipt | None:
    """Break a promise that waits, and give its room under the caps back; None when nothing waits."""
    at = at or timezone.now()
    found = rewarded(member, rule, subject, occurrence)
    if found is None or not ledger.void_pending(key=found.key, why=why, at=at):
        return None
    return receipts.follow_up(found, at, "declined", reason=why, counts=-found.counts)


def rewarded(member: Member, rule: Rule, subject: str, occurrence: str) -> Receipt | None:
    """The receipt that grants or promises it; the member earns and spends nothing else until the end."""
    open_wallet(member.id)
    return Receipt.objects.rewarded(key_of(rule, member, subject, occurrence)).first()
