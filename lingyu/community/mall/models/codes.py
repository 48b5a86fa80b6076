"""Pools of codes, sealed; whose each is, and when it was looked at."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

# Goods and orders are named, not imported: a good counts its codes, and stands on this module.


class Batch(models.Model):
    """Codes that were put in together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    good = models.ForeignKey("Good", on_delete=models.PROTECT, related_name="batches")
    added = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("batch of codes")
        verbose_name_plural = _("batches of codes")

    def __str__(self):
        return f"{self.added} → {self.good_id}"


class CodeQuerySet(models.QuerySet):
    """Codes, as adjectives."""

    def free(self):
        """In the pool."""
        return self.filter(order__isnull=True, withdrawn_at__isnull=True)

    def unrevealed(self):
        """Somebody's, and never looked at."""
        return self.filter(order__isnull=False, reveals__isnull=True)


class Code(models.Model):
    """One code: sealed, known by its mark, and shown by its `tail` once it has been looked at.

    Without a batch it came from a supplier for this one order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    good = models.ForeignKey("Good", on_delete=models.PROTECT, related_name="codes")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="codes")
    order = models.OneToOneField("Order", on_delete=models.PROTECT, null=True, related_name="code")
    sealed = models.TextField()
    mark = models.CharField(max_length=64)
    tail = models.CharField(max_length=8)
    withdrawn_at = models.DateTimeField(null=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [models.UniqueConstraint(fields=["good", "mark"], name="a_code_once")]
        indexes = [
            models.Index(
                fields=["good", "id"],
                name="code_free",
                condition=Q(order__isnull=True, withdrawn_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"…{self.tail}"


class Reveal(models.Model):
    """That a code was shown to whose it is. `turn` is how often it had been opened again: once a turn."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="reveals")
    turn = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reveal")
        verbose_name_plural = _("reveals")
        constraints = [models.UniqueConstraint(fields=["code", "turn"], name="revealed_once_a_turn")]

    def __str__(self):
        return f"{self.code_id} {self.turn}"


class Reopening(models.Model):
    """That an operator let a code be shown once more, and why. The operator does not see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="reopenings")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")

    def __str__(self):
        return f"{self.code_id} {self.at:%F}"
