"""Readings: who has read what on which day, and how often an article was read this week."""

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


class WeekReads(models.Model):
    """How often an article was read in the last seven days: one more with every read, recounted hourly."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, primary_key=True, related_name="week")
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-reads"], name="most_read_this_week")]

    def __str__(self):
        return f"{self.reads} · {self.article_id}"
