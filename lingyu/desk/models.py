"""Rows of the desks: goals set for a metric over a period.

Holds no KPI tree; that is the team's.
"""

from django.conf import settings
from django.db import models

from lingyu.kernel.ids import uuid7


class GoalQuerySet(models.QuerySet):
    """Goals by what they are for."""

    def covering(self, metric: str, day):
        """Goals for `metric` whose period includes `day`, the one set last first."""
        return self.filter(metric=metric, start__lte=day, end__gte=day).order_by("-set_at")


class Goal(models.Model):
    """A target for one metric from `start` to `end`; a newer row for the same days replaces it.

    `target` is a whole number: minor units of `currency` for money, a count otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    metric = models.CharField(max_length=100)
    start = models.DateField()
    end = models.DateField()
    target = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    set_at = models.DateTimeField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["metric", "start", "end"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="goal_period_in_order"
            ),
            models.CheckConstraint(condition=models.Q(target__gt=0), name="goal_target_positive"),
        ]

    def __str__(self):
        return f"{self.metric} {self.start}/{self.end}"
