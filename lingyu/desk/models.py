"""Rows of the desks: goals set for a metric over a period, levers that were pulled, questions that were kept.

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


class KeptQuestion(models.Model):
    """A question of facts as it was asked on a desk, with who kept it and when.

    `question` is its JSON with every default written out. Its days move along with time where `preset`
    names a period (`30d`); they stay where it is `custom`. `compare` is whether the period before is
    shown beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operation = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    question = models.JSONField()
    preset = models.CharField(max_length=10)
    compare = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class KeptQuerySet(models.QuerySet):
    """Questions that were kept, as adjectives."""

    def standing(self):
        """Not deleted, not revoked."""
        return self.filter(ended_at__isnull=True)

    def of(self, operation: str):
        """Of one desk, the last one first, with who made it."""
        return self.filter(operation=operation).select_related("made_by").order_by("-made_at", "-id")


class SavedQuestion(KeptQuestion):
    """A question that a desk keeps under a title; a deleted one (`ended_at`) can be taken back."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["operation", "-made_at"], name="saved_lately")]


class Embed(KeptQuestion):
    """An answer that whoever has its signed address may see, until it is revoked (`ended_at`)."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["operation", "-made_at"], name="embed_lately")]
