"""What people confirmed: findings, the second person, corrections after appeals, reliefs.

A finding is never changed: what became of it are rows of their own, and `standings` reads them together.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class FindingQuerySet(models.QuerySet):
    """Findings, as adjectives."""

    def whole(self):
        """With everything that became of them, in four queries however many there are."""
        return self.select_related("second").prefetch_related("corrections", "reliefs")

    def standing(self):
        """Not overturned."""
        overturned = Correction.objects.filter(finding=models.OuterRef("id"), severity__isnull=True)
        return self.filter(~models.Exists(overturned))


class Finding(models.Model):
    """That a member broke a clause. Append-only.

    `decision` is the decision (of the room `cases`) that confirmed it. Severity and lawfulness are those
    of `pact`, the version in force at the act. `decided_by` is None when the house decided by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.UUIDField(unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="findings")
    subject = models.CharField(max_length=80, db_index=True)
    clause = models.CharField(max_length=10)
    also = models.JSONField(default=list)
    severity = models.PositiveSmallIntegerField()
    illegal = models.BooleanField(default=False)
    aggravators = models.JSONField(default=list)
    evidence = models.CharField(max_length=500, blank=True)
    pact = models.PositiveIntegerField()
    ladder = models.PositiveIntegerField()
    acted_at = models.DateTimeField()
    told_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(condition=models.Q(severity__range=(1, 5)), name="severity_is_1_to_5"),
            models.CheckConstraint(
                condition=models.Q(acted_at__lte=models.F("told_at")), name="told_after_the_act"
            ),
        ]

    def __str__(self):
        return f"{self.clause} · {self.member_id}"


class Second(models.Model):
    """That a second person confirmed what is permanent or aggravated; never who decided. Append-only."""

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, primary_key=True, related_name="second")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("second confirmation")
        verbose_name_plural = _("second confirmations")

    def __str__(self):
        return f"✓✓ {self.finding_id}"


class Refusal(models.Model):
    """That a second person did not confirm: it stays at what one person may do. Never the one who decided.

    Nothing has to be corrected for that: the ladder gives a finding that nobody seconded no more than rung
    `BEFORE_PERMANENT`, and its aggravators do not count. The row ends the waiting, with reasons. Append-only.
    """

    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, primary_key=True, related_name="refusal"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=2_000)

    class Meta:
        verbose_name = _("refused second confirmation")
        verbose_name_plural = _("refused second confirmations")
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="a_refusal_has_reasons")]

    def __str__(self):
        return f"✓✗ {self.finding_id}"


class Correction(models.Model):
    """What an appeal made of a finding: a lower severity, or none (overturned). Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="corrections")
    severity = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=2_000, blank=True)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")

    def __str__(self):
        return f"{self.finding_id} → {self.severity or '–'}"


class Relief(models.Model):
    """A time in which a penalty rests because an appeal is late; open until it is ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="reliefs")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("relief")
        verbose_name_plural = _("reliefs")
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=models.Q(until__isnull=True), name="one_relief_at_a_time"
            )
        ]

    def __str__(self):
        return f"⏸ {self.finding_id}"
