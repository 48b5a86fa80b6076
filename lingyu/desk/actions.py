"""What an operator may change on a desk itself: set its goals, pull its levers, take a pull back."""

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.ids import uuid7
from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Lever, Operation
from lingyu.store.outbox import record

from .events import GoalSet, LeverPulled, LeverUndone
from .models import Goal, Pull

CURRENCY = re.compile("[A-Z]{3}")


def set_goal(*, actor, metric: Metric, start: date, end: date, target: int, currency: str = "") -> Goal:
    """Set the target of `metric` from `start` to `end`, in minor units of `currency` or as a count.

    Raises ValidationError for what is no code of a currency.
    """
    if currency and not CURRENCY.fullmatch(currency):
        raise ValidationError(_("Three letters, such as CNY."))
    now = timezone.now()
    with transaction.atomic():
        goal = Goal.objects.create(
            metric=metric.name,
            start=start,
            end=end,
            target=target,
            currency=currency,
            set_by=actor,
            set_at=now,
        )
        record(
            GoalSet(
                occurred_at=now,
                actor=str(actor.pk),
                metric=metric.name,
                start=start,
                end=end,
                target=target,
                currency=currency or None,
            )
        )
    return goal


@transaction.atomic
def pull_lever(
    *, actor, operation: Operation, lever: Lever, fields: dict[str, Any], at: datetime | None = None
) -> Pull:
    """Pull `lever` with its form's cleaned fields: what it does and that it was done are one change.

    Raises ValidationError, with nothing done, when its guard or its action refuses.
    """
    at = at or timezone.now()
    if lever.guard and (why := lever.guard(**fields)):
        raise ValidationError(_(why))
    subject = lever.pulls(actor=actor, at=at, **fields)
    # Pulled anew on the same subject, so the pull before it had come to its end by another way.
    before = Pull.objects.filter(operation=operation.code, lever=lever.code, subject=subject or "")
    before.standing().update(ended_by=actor, ended_at=at)
    pull = Pull.objects.create(
        id=uuid7(), operation=operation.code, lever=lever.code, subject=subject or "", by=actor, at=at
    )
    record(_event(LeverPulled, pull, lever, actor, at, id=pull.id))
    return pull


@transaction.atomic
def undo_pull(*, actor, lever: Lever, pull: Pull, at: datetime | None = None) -> bool:
    """Take back what a pull did; False when there was nothing left to take back."""
    at = at or timezone.now()
    if not (lever.undoes and Pull.objects.standing().filter(id=pull.id).update(ended_by=actor, ended_at=at)):
        return False
    if not lever.undoes(actor=actor, at=at, subject=pull.subject or None):
        return False
    record(_event(LeverUndone, pull, lever, actor, at))
    return True


def _event(kind: type, pull: Pull, lever: Lever, actor, at: datetime, **more):
    return kind(
        occurred_at=at,
        actor=str(actor.pk),
        lever=lever.code,
        metric=lever.moves.name,
        operation=pull.operation,
        subject=pull.subject or None,
        **more,
    )
