"""Rows of transparency: the numbers as they were published.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from .months import Month


class Publication(models.Model):
    """The numbers of one month as they were published. Append-only; a later correction changes no row.

    `content` is canonical JSON: the month, its time zone, the moment up to which rows were known, the
    versions of method and ladder, and `numbers`, by their codes. `digest` is SHA-256 over `before`, a line
    break, and `content`; `before` is the digest of the publication before it, empty for the first.
    """

    month = models.CharField(_("month"), max_length=7, primary_key=True)
    content = models.TextField()
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("published month")
        verbose_name_plural = _("published months")
        ordering = ["month"]
        # The chain has no forks: one publication follows another at most, and one is the first.
        constraints = [models.UniqueConstraint(fields=["before"], name="one_publication_follows")]

    def __str__(self):
        return self.month

    @property
    def of(self) -> Month:
        """Its month as a value."""
        return Month.parse(self.month)

    @property
    def said(self) -> dict:
        """The content, read."""
        return json.loads(self.content)
