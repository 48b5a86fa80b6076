"""Adjusting by hand: one operator asks, another approves, and only then do feathers move.

Holds asking and deciding. What is given is an attempt under the rule `adjust.by_hand`, with its limits;
what is taken back is always one receipt's reward, so that a reversal is linked to its original.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rewards import BY_HAND
from lingyu.community.feathers.rules import RULES
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import AdjustmentAsked, AdjustmentDecided
from ..models import Adjustment


class NotAllowed(ValidationError):
    """Who decides must be another person than who asked, and than who is concerned."""


@transaction.atomic
def ask_to_give(
    *, actor: Member, member: Member, amount: int, why: str, at: datetime | None = None
) -> Adjustment:
    """Ask that a member be given feathers. Raises ValidationError for more than the rule gives."""
    terms = feathers.version_in_force(BY_HAND).terms
    if not terms.on:
        raise ValidationError(_("Adjustments by hand are switched off."))
    if not 0 < amount <= terms.amount:
        raise ValidationError({"amount": _("From 1 to %(most)d feathers at once.") % {"most": terms.amount}})
    return _ask(actor, member, amount, None, why, at or timezone.now())


@transaction.atomic
def ask_to_take(*, actor: Member, receipt: Receipt, why: str, at: datetime | None = None) -> Adjustment:
    """Ask that the reward of a receipt be taken back. Raises ValidationError when it can't be."""
    if receipt.cause not in RULES or receipt.outcome not in ("granted", "pending") or not receipt.amount:
        raise ValidationError(_("Only what a rule has given can be taken back."))
    try:
        with transaction.atomic():
            return _ask(actor, receipt.member, -receipt.amount, receipt, why, at or timezone.now())
    except IntegrityError:
        raise ValidationError(_("Somebody has asked for that already.")) from None


def _ask(actor: Member, member: Member, amount: int, takes: Receipt | None, why: str, at) -> Adjustment:
    why = one_line(why)[:200]
    if not why:
        raise ValidationError({"why": _("Say why: the member reads it.")})
    made = Adjustment.objects.create(
        member=member, amount=amount, takes=takes, why=why, asked_by=actor, asked_at=at
    )
    record(
        AdjustmentAsked(
            occurred_at=at, person=member.key, actor=actor.key, adjustment=str(made.id), feathers=amount
        )
    )
    return made


@repeatable
def approve(*, actor: Member, adjustment: Adjustment, at: datetime | None = None) -> Receipt | None:
    """Move the feathers, once; None when it was decided before. The receipt says what came of it.

    Raises NotAllowed for whoever asked, and for whom it concerns.
    """
    at = at or timezone.now()
    found = _waiting(adjustment)
    if found is None:
        return None
    if actor.pk in (found.asked_by_id, found.member_id):
        raise NotAllowed(_("Somebody else has to approve this: neither who asked nor who receives it."))
    receipt = _taken(found, actor, at) if found.takes else _given(found, actor, at)
    _decide(found, actor, "approved", at, receipt)
    return receipt


def _given(found: Adjustment, actor: Member, at: datetime) -> Receipt:
    return feathers.earn(
        actor=actor,
        member=found.member,
        rule=BY_HAND,
        subject=f"adjustment:{found.id}",
        facts={"words": found.why},
        amount=found.amount,
        at=at,
    )


def _taken(found: Adjustment, actor: Member, at: datetime) -> Receipt:
    origin = found.takes
    about = {
        "actor": actor,
        "member": found.member,
        "rule": RULES[origin.cause],
        "subject": origin.subject,
        "occurrence": origin.occurrence,
        "why": "by_hand",
        "at": at,
    }
    receipt = feathers.decline(**about) or feathers.claw_back(**about, words=found.why)
    if receipt is None:
        raise ValidationError(_("These feathers have been taken back already: decline this."))
    return receipt


@transaction.atomic
def decline(*, actor: Member, adjustment: Adjustment, at: datetime | None = None) -> bool:
    """Say no, or, as whoever asked, withdraw it; False when it was decided before."""
    found = _waiting(adjustment)
    if found is None:
        return False
    outcome = "withdrawn" if actor.pk == found.asked_by_id else "declined"
    _decide(found, actor, outcome, at or timezone.now(), None)
    return True


def _waiting(adjustment: Adjustment) -> Adjustment | None:
    """The row, locked: two who decide at once decide one after the other."""
    rows = Adjustment.objects.waiting().select_for_update(of=("self",))
    return rows.select_related("member", "takes").filter(id=adjustment.id).first()


def _decide(found: Adjustment, actor: Member, outcome: str, at: datetime, receipt: Receipt | None) -> None:
    decided = {"outcome": outcome, "decided_by": actor, "decided_at": at, "result": receipt}
    Adjustment.objects.filter(id=found.id).update(**decided)
    moved = receipt.amount if receipt else 0
    record(
        AdjustmentDecided(
            occurred_at=at,
            person=found.member.key,
            actor=actor.key,
            adjustment=str(found.id),
            feathers=-moved if found.amount < 0 else moved,
            outcome=outcome,
        )
    )
