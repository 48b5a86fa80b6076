"""Rows of the collector: sources, from which facts come.

Holds no fact: those go into the inbox.
"""

from django.conf import settings
from django.db import models

from lingyu.kernel.ids import uuid7


class SourceQuerySet(models.QuerySet):
    """Sources, as adjectives."""

    def on(self):
        """Not stopped."""
        return self.filter(stopped_at__isnull=True)


class Source(models.Model):
    """One site, app or server that sends facts.

    `prefix` stands in its addresses, `key` is its write key; a key that was replaced is valid until
    `previous_until`. `names` (a line each) are what else SDKs call it: a Plausible domain, a Matomo
    site's number, a measurement id. `protocols` and `origins` are lists parted by spaces, empty for any;
    `per_minute` bounds its events, nought for no bound.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=80, unique=True)
    previous_key = models.CharField(max_length=80, blank=True)
    previous_until = models.DateTimeField(null=True, blank=True)
    names = models.TextField(blank=True)
    protocols = models.CharField(max_length=300, blank=True)
    origins = models.TextField(blank=True)
    per_minute = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    def __str__(self):
        return self.name

    def other_names(self) -> list[str]:
        """What else SDKs call it."""
        return [name for line in self.names.splitlines() if (name := line.strip())]
