"""Rows of segments: a saved condition, and every version that it had."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from lingyu.kernel.ids import uuid7


class SavedSegmentQuerySet(models.QuerySet):
    """Segments, as adjectives."""

    def kept(self):
        """Not deleted."""
        return self.filter(deleted_at__isnull=True)

    def deleted(self):
        """Deleted, the last one first."""
        return self.filter(deleted_at__isnull=False).order_by("-deleted_at")


class SavedSegment(models.Model):
    """A condition on people under a title, as it is at present. Who meets it is computed when it is asked.

    `condition` is a `lingyu.kernel.questions.Condition` as JSON; it refers to other segments by their ids,
    so that a new title changes nothing. `operation` is the desk where it was made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operation = models.CharField(max_length=100)
    title = models.CharField(max_length=80)
    condition = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedSegmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["title"], condition=Q(deleted_at__isnull=True), name="segment_title_once"
            )
        ]

    def __str__(self):
        return self.title


class SegmentVersion(models.Model):
    """What a segment was called and meant from `at` on, and who made it so."""

    segment = models.ForeignKey(SavedSegment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    condition = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["segment", "number"], name="segment_version_once")]

    def __str__(self):
        return f"{self.title} {self.number}"
