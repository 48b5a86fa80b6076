"""Columns and keywords: what articles have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import Named


class Column(Named, models.Model):
    """A standing section of the site (专栏), named in both languages."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("address"), unique=True)
    zh = models.CharField(_("Chinese name"), max_length=40)
    en = models.CharField(_("English name"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("of the site", "column")
        verbose_name_plural = pgettext_lazy("of the site", "columns")
        ordering = ["position", "slug"]

    def __str__(self):
        return f"{self.zh} / {self.en}"


class Keyword(models.Model):
    """A word that articles have in common."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    word = models.CharField(_("word"), max_length=20, unique=True)

    class Meta:
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        ordering = ["word"]

    def __str__(self):
        return self.word
