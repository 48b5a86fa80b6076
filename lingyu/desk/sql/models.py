"""Rows of the SQL page: queries that were saved."""

from django.conf import settings
from django.db import models

from lingyu.kernel.ids import uuid7


class SavedQueryQuerySet(models.QuerySet):
    """Queries, as adjectives."""

    def kept(self):
        """Not deleted, by title."""
        return self.filter(deleted_at__isnull=True).order_by("title", "pk")


class SavedQuery(models.Model):
    """One SELECT under a title; everybody who may ask in SQL sees it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operation = models.CharField(max_length=100)
    title = models.CharField(max_length=80)
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = SavedQueryQuerySet.as_manager()

    def __str__(self):
        return self.title
