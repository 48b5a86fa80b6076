"""Rows of the feathers: versions of rules, and receipts of every attempt to earn or spend.

Holds state and its reading; neither kind of row is ever changed or deleted: triggers refuse it.
Does not write: `actions` is the only writer.
"""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .rules import Terms, named


class RuleVersion(models.Model):
    """What a rule says from `at` on, until the next version; who wrote it, and why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    data = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_versions_follow")]
        ordering = ["rule", "-number"]

    def __str__(self):
        return f"{self.rule} {self.number}"

    @property
    def terms(self) -> Terms:
        """What it says."""
        return Terms.from_data(self.data)


# What ends a promise, and what ends a hold: their own receipts say so.
CAME, LET_GO = ("approved", "declined"), ("settled", "released")


def _midnight(day: date) -> datetime:
    """When a civil day of the site begins."""
    return timezone.make_aware(datetime(day.year, day.month, day.day))


class ReceiptQuerySet(models.QuerySet):
    """Receipts, as adjectives."""

    def of(self, member: Member):
        """Of one member, newest first."""
        return self.filter(member=member).order_by("-at", "-id")

    def told(self, outcome: str = "", cause: str = "", since: date | None = None, until: date | None = None):
        """Only of an outcome, of a rule or purpose, between civil days of the site, the last included."""
        rows = self.filter(outcome=outcome) if outcome else self
        rows = rows.filter(cause=cause) if cause else rows
        rows = rows.filter(at__gte=_midnight(since)) if since else rows
        return rows.filter(at__lt=_midnight(until + timedelta(days=1))) if until else rows

    def with_promise(self):
        """Each with what its key promised (`promise`, `promised_at`), and when that ended (`came_at`)."""
        promised = Receipt.objects.filter(key=OuterRef("key"), outcome="pending")
        came = Receipt.objects.filter(key=OuterRef("key"), outcome__in=CAME + LET_GO)
        return self.annotate(
            promise=Subquery(promised.values("id")[:1]),
            promised_at=Subquery(promised.values("at")[:1]),
            came_at=Subquery(came.values("at")[:1]),
        )

    def joined(self):
        """A promise and what came of it as one: the outcome, which tells when it was promised."""
        came = Receipt.objects.filter(key=OuterRef("key"), outcome__in=CAME)
        return self.with_promise().exclude(Q(outcome="pending") & Exists(came))

    def attempts(self):
        """What somebody tried, without what followed from it later."""
        return self.filter(outcome__in=["granted", "pending", "capped", "refused"])

    def rewarded(self, key: str):
        """The one that grants or promises what `key` names."""
        return self.filter(key=key, outcome__in=["granted", "pending"])

    def used(self, **where) -> int:
        """Feathers that count towards caps."""
        return self.filter(**where).aggregate(all=Sum("counts"))["all"] or 0


class Receipt(models.Model):
    """What came of one attempt to earn or spend, or of what followed from it.

    `key` names the business (rule, member, subject, occurrence; or a purchase): many receipts may
    share it, one of which rewards. `asked` is what the rule gives or the price, `amount` what moved.
    `counts` is what it adds to caps on its `day` (a declined promise gives its room back).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="receipts")
    at = models.DateTimeField()
    day = models.DateField()
    key = models.CharField(max_length=200)
    cause = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=0)
    subject = models.CharField(max_length=200)
    occurrence = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, blank=True)
    asked = models.PositiveIntegerField(default=0)
    amount = models.PositiveIntegerField(default=0)
    counts = models.IntegerField(default=0)
    left = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    transfer = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)

    # Known of receipts that were read `with_promise()`.
    promise = promised_at = came_at = None

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="receipt_of_member"),
            models.Index(fields=["key"], name="receipt_by_key"),
            models.Index(fields=["member", "cause", "day"], name="receipt_by_day"),
            models.Index(fields=["member", "cause", "subject"], name="receipt_by_subject"),
            models.Index(fields=["cause", "-at"], name="receipt_by_cause"),
        ]

    def __str__(self):
        return f"{self.outcome} {self.amount} · {self.key}"

    def get_absolute_url(self) -> str:
        """The page that explains it."""
        return reverse("receipt", args=[self.id])

    @property
    def granted(self) -> bool:
        """Whether feathers moved as asked (or to the remainder), now or when they were asked before."""
        return self.outcome in ("granted", "spent", "held") or (
            self.outcome == "again" and self.reason in ("granted", "spent", "held")
        )

    @property
    def ends_promise(self) -> bool:
        """Whether it is what came of a promise."""
        return self.outcome in CAME and self.promised_at is not None

    @property
    def missing(self) -> int:
        """How many feathers were missing, when there were too few."""
        return self.facts.get("missing", 0)

    @property
    def what(self):
        """The rule or purpose; None when it is declared no more."""
        return named(self.cause)

    @property
    def sign(self) -> int:
        """1 for feathers that came, -1 for those that went, 0 for those that did not move."""
        if self.outcome in ("granted", "approved", "refunded", "released", "restored"):
            return 1
        return -1 if self.outcome in ("spent", "held", "clawed_back") else 0
