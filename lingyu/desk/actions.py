"""What an operator may change on a desk itself."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from lingyu.kernel.metrics import Metric
from lingyu.store.outbox import record

from .events import GoalSet
from .models import Goal


def set_goal(*, actor, metric: Metric, start: date, end: date, target: int, currency: str = "") -> Goal:
    """Set the target of `metric` from `start` to `end`, in minor units of `currency` or as a count."""
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
