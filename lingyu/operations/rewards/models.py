"""Rows of rewards: adjustments by hand that wait for a second person, what a feather is worth, budgets.

Holds state and its reading; a new value or budget is a new row, the last one counts. Does not write:
`actions` is the only writer.
"""

from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.models import Receipt
from lingyu.kernel.ids import uuid7


class AdjustmentQuerySet(models.QuerySet):
    """Adjustments, as adjectives."""

    def waiting(self):
        """Asked for, not decided."""
        return self.filter(outcome="")

    def told(self):
        """With everybody they name, the newest first."""
        return self.select_related("member", "asked_by", "decided_by", "result").order_by("-asked_at", "-id")


class Adjustment(models.Model):
    """Feathers that an operator asked to give or to take, and what another one decided.

    To take names the receipt (`takes`) whose reward is taken back: nothing is taken that was not given.
    The database holds that whoever approves is not whoever asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    amount = models.IntegerField()
    takes = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    result = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AdjustmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjustment by hand")
        verbose_name_plural = _("adjustments by hand")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="approved") | ~models.Q(decided_by=models.F("asked_by")),
                name="adjustment_by_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="approved") | ~models.Q(decided_by=models.F("member")),
                name="adjustment_not_of_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", decided_by__isnull=True)
                | (~models.Q(outcome="") & models.Q(decided_by__isnull=False)),
                name="adjustment_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~models.Q(amount=0), name="adjustment_of_something"),
            models.UniqueConstraint(
                fields=["takes"], condition=models.Q(outcome=""), name="one_adjustment_takes_a_receipt"
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="adjustment_newest")]

    def __str__(self):
        return f"{self.amount:+d} · {self.member}"


class FeatherValue(models.Model):
    """What a thousand feathers cost the house from `at` on: minor units of the currency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    per_thousand = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("value of a feather")
        verbose_name_plural = _("values of a feather")
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.per_thousand} {self.currency}"

    @classmethod
    def standing(cls, at: datetime | None = None) -> "FeatherValue | None":
        """The value in force, or None before anybody said one."""
        rows = cls.objects.filter(at__lte=at) if at else cls.objects.all()
        return rows.select_related("by").first()


class Budget(models.Model):
    """How many feathers may be issued in the month that begins on `month`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField()
    feathers = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("budget of feathers")
        verbose_name_plural = _("budgets of feathers")
        ordering = ["-month", "-at", "-id"]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.feathers}"

    @classmethod
    def standing(cls, months: list[date]) -> dict[date, int]:
        """The budgets in force, by month."""
        rows = cls.objects.filter(month__in=months).order_by("month", "at", "id")
        return dict(rows.values_list("month", "feathers"))
