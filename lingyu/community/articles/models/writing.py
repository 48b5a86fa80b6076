"""What lies behind an article while it is written: its revisions, and copies that were not saved yet."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .articles import Article
from .columns import Column

# What is only kept, not shown, may be longer than what can be published: nothing is cut off meanwhile.
COPY_LIMIT = 300_000


class Revision(models.Model):
    """An article as it was saved once, by whom and when. It is not changed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"))
    column = models.ForeignKey(
        Column,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("of the site", "column"),
    )
    keywords = models.CharField(_("keywords"), max_length=200, blank=True)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    restored = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once")]

    def __str__(self):
        return f"{self.article_id} #{self.number}"

    @property
    def words(self) -> list[str]:
        """Its keywords."""
        return [w for w in self.keywords.split(", ") if w]


class WorkingCopyQuerySet(models.QuerySet):
    """Copies, as adjectives."""

    def of(self, author: Member, article: Article | None):
        """Of one writer and one article (None: of articles that are not there yet), the newest first."""
        return self.filter(author=author, article=article).order_by("-saved_at")

    def since(self, moment: datetime):
        """Kept after `moment`."""
        return self.filter(saved_at__gt=moment)


class WorkingCopy(models.Model):
    """What one window of a writer holds and has not saved: readers see nothing of it.

    Every window has its own, so that none overwrites another. `version` counts how often it was kept,
    `rests_on` is the version of the article that it began with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    author = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="copies")
    version = models.PositiveIntegerField(default=1)
    rests_on = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=500, blank=True)
    summary = models.CharField(max_length=1000, blank=True)
    column = models.ForeignKey(Column, on_delete=models.SET_NULL, null=True, related_name="+")
    keywords = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        indexes = [models.Index(fields=["author", "-saved_at"], name="copy_by_author")]

    def __str__(self):
        return f"{self.title} ({self.version})"
