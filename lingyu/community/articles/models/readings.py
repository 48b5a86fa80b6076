"""Readings: who has read what on which day, and how often each article was read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .articles import Article


class Reading(models.Model):
    """That one person has effectively read one article on one day; the next time counts no more."""

    id = models.UUIDField(primary_key=True, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readings")
    person = models.CharField(max_length=64)
    day = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        indexes = [
            models.Index(fields=["day", "article"], name="reading_by_day"),
            # How many somebody has read is asked at every attempt to earn feathers.
            models.Index(fields=["person"], name="reading_by_person"),
        ]
        constraints = [models.UniqueConstraint(fields=["article", "person", "day"], name="read_once_a_day")]

    def __str__(self):
        return f"{self.person} · {self.day}"


class Readership(models.Model):
    """How many effective reads an article has had: ever, in the last calendar month with any, in seven days.

    A sum of `Reading`, kept with every one of them so that no page has to count; the seven days are
    recounted hourly, as days pass.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="readership"
    )
    reads = models.PositiveIntegerField(default=0)
    # The first day of a month of the site's calendar.
    month = models.DateField()
    reads_in_month = models.PositiveIntegerField(default=0)
    reads_in_week = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("readership")
        verbose_name_plural = _("readerships")
        indexes = [
            models.Index(fields=["month", "-reads_in_month"], name="read_most_in_month"),
            models.Index(fields=["-reads_in_week"], name="read_most_in_week"),
        ]

    def __str__(self):
        return f"{self.reads} · {self.article_id}"
