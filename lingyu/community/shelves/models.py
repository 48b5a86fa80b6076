"""Rows of the shelves: what a column is about.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Column
from lingyu.kernel.text import Named


class About(Named, models.Model):
    """What a column is about, in both languages."""

    column = models.OneToOneField(
        Column,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="about",
        verbose_name=pgettext_lazy("of the site", "column"),
    )
    zh = models.CharField(_("in Chinese"), max_length=200, blank=True)
    en = models.CharField(_("in English"), max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("description of a column")
        verbose_name_plural = _("descriptions of columns")

    def __str__(self):
        return f"{self.zh} / {self.en}"
