"""Rows of the desks: goals set for a metric over a period, and levers that were pulled.

Tokens, segments, questions and queries in SQL stand with their rooms. Holds no KPI tree; that is the team's.
"""

from django.conf import settings
from django.db import models

from lingyu.kernel.ids import uuid7

from .api.models import ApiToken
from .explore.models import Embed, SavedQuestion
from .segments.models import SavedSegment, SegmentVersion
from .sql.models import SavedQuery

__all__ = [
    "ApiToken",
    "Embed",
    "Goal",
    "Pull",
    "SavedQuery",
    "SavedQuestion",
    "SavedSegment",
    "SegmentVersion",
]


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


class PullQuerySet(models.QuerySet):
    """Pulls, as adjectives."""

    def standing(self):
        """Not taken back."""
        return self.filter(ended_at__isnull=True)

    def lately(self, operation: str):
        """Of one operation, the last one first, with who did it."""
        return self.filter(operation=operation).select_related("by").order_by("-at", "-id")


class Pull(models.Model):
    """That somebody pulled a lever: on what, who and when; and who took it back and when.

    `id` is the id of its LeverPulled fact. `subject` is empty for a lever without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operation = models.CharField(max_length=100)
    lever = models.CharField(max_length=100)
    subject = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PullQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["operation", "-at"], name="pull_lately")]

    def __str__(self):
        return f"{self.lever} {self.subject}"
