"""Articles, and which of them are featured."""

from datetime import datetime

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from ..prose import teaser
from .columns import Column, Keyword

BODY_LIMIT = 100_000
# Articles at the head of the front page at once: with more, none stands out.
FEATURED_LIMIT = 3
# Related are the nearest of so many newest of each keyword and of the column: thousands share a common word.
NEAR = 30


class ArticleQuerySet(models.QuerySet):
    """Articles, as adjectives."""

    def published(self):
        """Open to everybody, newest first."""
        shown = self.filter(published_at__isnull=False, retired_at__isnull=True)
        return shown.order_by("-published_at", "-id")

    def featured(self):
        """At the head of the front page now, the last one featured first."""
        standing = Feature.objects.standing()
        since = standing.filter(article=models.OuterRef("id")).values("at")[:1]
        shown = self.published().filter(id__in=standing.values("article"))
        return shown.annotate(featured_at=models.Subquery(since)).order_by("-featured_at")

    def not_featured(self):
        """All but those at the head of the front page."""
        return self.exclude(id__in=Feature.objects.standing().values("article"))

    def drafts(self):
        """Neither published nor about to be, last touched first."""
        waiting = self.filter(published_at__isnull=True, retired_at__isnull=True)
        return waiting.filter(scheduled_for__isnull=True).order_by("-edited_at")

    def scheduled(self):
        """To be published at a time that was chosen, the next one first."""
        waiting = self.filter(published_at__isnull=True, retired_at__isnull=True)
        return waiting.filter(scheduled_for__isnull=False).order_by("scheduled_for", "id")

    def due(self, now: datetime):
        """Scheduled, and the time has come."""
        return self.scheduled().filter(scheduled_for__lte=now)

    def retired(self):
        """Taken off the site, the last one first."""
        return self.filter(retired_at__isnull=False).order_by("-retired_at", "-id")

    def titled(self, words: str):
        """With every one of `words` in the title."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(title__icontains=word)
        return found

    def by(self, author: Member):
        """Written by `author`."""
        return self.filter(author=author)

    def listed(self):
        """With all that a list shows, and without the bodies."""
        return self.select_related("author", "column").defer("body", "html", "headings", "author__password")

    def related_to(self, article: "Article"):
        """Published neighbours: most shared keywords first, then the same column, then the newest."""
        return self.near(article.id, article.column_id, article.keyword_ids)

    def near(self, article, column, words: list):
        """The same by the ids of an article, of its column and of its keywords."""
        links = Article.keywords.through.objects
        near = models.Q(id__in=self.published().filter(column=column).values("id")[:NEAR])
        for word in words:
            newest = links.filter(keyword=word).order_by("-article_id")
            near |= models.Q(id__in=newest.values("article_id")[:NEAR])
        alike = links.filter(article=models.OuterRef("pk"), keyword__id__in=words).order_by()
        found = self.published().filter(near).exclude(id=article)
        return found.annotate(
            shared=Coalesce(models.Subquery(alike.values("article").values(all=models.Count("*"))), 0),
            same_column=models.Case(models.When(column=column, then=1), default=0),
        ).order_by("-shared", "-same_column", "-published_at")


class Article(models.Model):
    """A piece of writing: a draft until published, and no longer shown once retired."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    body = models.TextField(_("text"), validators=[MaxLengthValidator(BODY_LIMIT)])
    author = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="articles", verbose_name=_("author")
    )
    column = models.ForeignKey(
        Column,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=pgettext_lazy("of the site", "column"),
    )
    keywords = models.ManyToManyField(
        Keyword, blank=True, related_name="articles", verbose_name=_("keywords")
    )

    # Made from `body` when it is written, so that reading costs no rendering.
    html = models.TextField(editable=False)
    headings = models.JSONField(default=list, editable=False)
    minutes = models.PositiveSmallIntegerField(default=1, editable=False)
    # Characters of Chinese and words of other scripts.
    length = models.PositiveIntegerField(default=0, editable=False)
    # The number of its last revision: whoever saves says on which one it rests.
    version = models.PositiveIntegerField(default=1, editable=False)

    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    scheduled_for = models.DateTimeField(_("to be published"), null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    retired_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_because = models.CharField(max_length=200, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="article_newest",
                condition=models.Q(published_at__isnull=False, retired_at__isnull=True),
            ),
            models.Index(fields=["author", "-published_at"], name="article_by_author"),
            models.Index(
                fields=["scheduled_for"],
                name="article_scheduled",
                condition=models.Q(scheduled_for__isnull=False),
            ),
            models.Index(fields=["column", "-published_at"], name="article_by_column"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        """The address of the article's page."""
        return reverse("article", args=[self.id])

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it now."""
        return self.published_at is not None and self.retired_at is None

    @property
    def keyword_ids(self) -> list:
        """Ids of its keywords; no query when they were prefetched."""
        return [k.id for k in self.keywords.all()]

    @property
    def teaser_html(self) -> str:
        """What everybody may read of it, also when the whole is closed to them."""
        return teaser(self.html)

    def open_to(self, reader) -> bool:
        """Whether `reader` (a member or a visitor) may see it: anyone once published, else its author."""
        return self.is_published or (reader.is_authenticated and reader.id == self.author_id)


class FeatureQuerySet(models.QuerySet):
    """Features, as adjectives."""

    def standing(self):
        """Not ended."""
        return self.filter(ended_at__isnull=True)


class Feature(models.Model):
    """That an article stands at the head of the front page: put there by whom and when, until when.

    `place` is one of `FEATURED_LIMIT`: the database itself lets no second one stand in it, so two
    people at the same moment cannot feature one too many. It is no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="features")
    place = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = FeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(ended_at__isnull=True), name="article_featured_once"
            ),
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(ended_at__isnull=True), name="featured_place_taken_once"
            ),
        ]

    def __str__(self):
        return f"★ {self.article_id}"
