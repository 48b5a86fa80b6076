"""Rows of the shelves: how often an article was read, and what a column is about.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column
from lingyu.kernel.text import Named


class Readership(models.Model):
    """How many effective reads an article has had: ever, and in the last calendar month with any.

    A sum of `articles.Reading`, kept so that no page has to count them: every fact adds one.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="readership"
    )
    reads = models.PositiveIntegerField(default=0)
    # The first day of a month of the site's calendar.
    month = models.DateField()
    reads_in_month = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("readership")
        verbose_name_plural = _("readerships")
        indexes = [models.Index(fields=["month", "-reads_in_month"], name="most_read_in_month")]

    def __str__(self):
        return f"{self.reads} · {self.article_id}"


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
