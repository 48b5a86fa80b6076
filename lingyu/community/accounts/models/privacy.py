"""What members asked for about their own data: exports, erasures, and each step of an erasure.

Holds state and its reading: what has become of a request follows from its times. Does not hold what
a room exports or erases: that is `privacy`.
"""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.kernel.ids import uuid7

from .members import Member

# How long an export waits to be fetched, and an erasure to be thought over.
EXPORT_KEPT = timedelta(days=7)
COOLING_OFF = timedelta(days=7)
# After so many failures an export is given up; the member may ask again.
EXPORT_ATTEMPTS = 5
_RECEIPT = "accounts.erasure"


class DataExportQuerySet(models.QuerySet):
    """Exports, as adjectives."""

    def open(self):
        """Asked for, and neither made nor given up."""
        return self.filter(done_at__isnull=True, failed_at__isnull=True)

    def fetchable(self, now):
        """Made, and still offered."""
        return self.filter(done_at__isnull=False, removed_at__isnull=True, expires_at__gt=now)

    def outdated(self, now):
        """Offered long enough; the file is still there."""
        return self.filter(done_at__isnull=False, removed_at__isnull=True, expires_at__lte=now)


class DataExport(models.Model):
    """That a member asked for everything about them, how far it has come, and until when it is offered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="exports")
    asked_at = models.DateTimeField(_("asked for"))
    begun_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    parts_done = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("data export")
        verbose_name_plural = _("data exports")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
                name="one_open_export_a_member",
            )
        ]

    def __str__(self):
        return f"{self.member_id} · {self.asked_at:%Y-%m-%d}"

    @property
    def path(self) -> Path:
        """Where the file lies; not below the media folder, which a proxy may serve to everybody."""
        return Path(settings.LINGYU_HOME) / "exports" / f"{self.id}.zip"


class ErasureQuerySet(models.QuerySet):
    """Erasures, as adjectives."""

    def standing(self):
        """Asked for and not called off."""
        return self.filter(cancelled_at__isnull=True)

    def waiting(self):
        """In their cooling-off time: may still be called off."""
        return self.standing().filter(begun_at__isnull=True)

    def due(self, now):
        """The time to think it over is past, and not everything is done."""
        return self.standing().filter(due_at__lte=now, done_at__isnull=True).order_by("due_at", "id")


class Erasure(models.Model):
    """That a member asked to be erased, from when on, and whether their words stay without their name."""

    class Words(models.TextChoices):
        """What becomes of comments and articles."""

        KEEP = "keep", _("Keep them under “Erased member”")
        REMOVE = "remove", _("Remove them too")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="erasures")
    words = models.CharField(max_length=10, choices=Words.choices, default=Words.KEEP)
    asked_at = models.DateTimeField(_("asked for"))
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # A code of why it could not be finished yet; never words about the person.
    stopped_by = models.CharField(max_length=100, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=models.Q(cancelled_at__isnull=True), name="one_erasure_a_member"
            )
        ]

    def __str__(self):
        return f"{self.member_id} · {self.due_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """What opens the receipt without an account, which will be gone by then."""
        return signing.Signer(salt=_RECEIPT).sign(str(self.id))

    @classmethod
    def behind(cls, token: str) -> "Erasure":
        """The erasure of a receipt's address; DoesNotExist for one that we never gave out."""
        try:
            return cls.objects.get(id=signing.Signer(salt=_RECEIPT).unsign(token))
        except signing.BadSignature:
            raise cls.DoesNotExist from None


class ErasureStep(models.Model):
    """That one room has been cleared for an erasure: so many rows, at that time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=60)
    at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("erasure step")
        verbose_name_plural = _("erasure steps")
        constraints = [models.UniqueConstraint(fields=["erasure", "code"], name="erasure_step_once")]

    def __str__(self):
        return f"{self.code} ×{self.rows}"
