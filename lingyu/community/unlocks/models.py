"""Rows of the unlocks: prices, of which the last one counts, and purchases.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7
from lingyu.store.prepared import Prepared


class PriceQuerySet(models.QuerySet):
    """Prices, as adjectives."""

    def standing(self, articles) -> dict:
        """What articles (rows or ids) cost now, by id; free ones left out."""
        rows = self.filter(article__in=articles).order_by("article_id", "at", "id")
        last = dict(rows.values_list("article_id", "feathers"))
        return {article: feathers for article, feathers in last.items() if feathers}


class Price(models.Model):
    """From `at` on, what an article costs in feathers; nought is free. Rows are only added."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="prices")
    feathers = models.PositiveIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PriceQuerySet.as_manager()

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        indexes = [models.Index(fields=["article", "at"], name="price_of_article")]

    def __str__(self):
        return f"{self.feathers} · {self.article_id}"


PRICE = Prepared(
    lambda article: (
        Price.objects.filter(article=article).order_by("-at", "-id").values_list("feathers", flat=True)[:1]
    )
)


def price_of(article: UUID) -> int:
    """What one article costs now, in feathers; nought when it is free. Every reading asks this."""
    return PRICE.first(article=article) or 0


class UnlockQuerySet(models.QuerySet):
    """Unlocks, as adjectives."""

    def of(self, member: Member):
        """Of one member, newest first."""
        return self.filter(member=member).order_by("-at", "-id")

    def owed(self):
        """Of articles that have been taken off the site, and not refunded yet."""
        return self.filter(article__retired_at__isnull=False, refunded_at__isnull=True).order_by("at", "id")


class Unlock(models.Model):
    """That a member has bought an article, for what; it is theirs for ever."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="unlocks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="unlocks")
    feathers = models.PositiveIntegerField()
    at = models.DateTimeField()
    receipt = models.UUIDField()
    refunded_at = models.DateTimeField(null=True)

    objects = UnlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("unlock")
        verbose_name_plural = _("unlocks")
        constraints = [models.UniqueConstraint(fields=["article", "member"], name="unlocked_once")]

    def __str__(self):
        return f"{self.member_id} ⚿ {self.article_id}"
