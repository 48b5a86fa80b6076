"""Rows of exploring: questions that a desk keeps, and answers that are seen from outside."""

from django.conf import settings
from django.db import models

from lingyu.kernel.ids import uuid7


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
