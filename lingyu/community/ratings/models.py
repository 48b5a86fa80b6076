"""Rows of the ratings: votes, the tally of each article, and how the site votes.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.ids import uuid7

from . import scoring
from .scoring import WHOLE, Score

# The columns of a table that hold the weights of one to five stars.
WEIGHTS = ("one", "two", "three", "four", "five")


class Rating(models.Model):
    """A member's stars for an article: one vote each. A vote that was withdrawn is no row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="ratings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="ratings")
    stars = models.PositiveSmallIntegerField(_("stars"))
    # In hundredths of a vote; lowered for accounts that turn out to be one person's.
    weight = models.PositiveSmallIntegerField(_("weight"), default=WHOLE)
    rated_at = models.DateTimeField(_("rated"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["article", "member"], name="rated_once"),
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="rating_of_one_to_five"),
        ]

    def __str__(self):
        return f"{'★' * self.stars} {self.article_id}"


class Weights(models.Model):
    """The weights of one to five stars, in hundredths of a vote, and of how many votes they are the sum."""

    votes = models.PositiveIntegerField(default=0)
    one = models.PositiveBigIntegerField(default=0)
    two = models.PositiveBigIntegerField(default=0)
    three = models.PositiveBigIntegerField(default=0)
    four = models.PositiveBigIntegerField(default=0)
    five = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def weights(self) -> list[int]:
        """Of one to five stars."""
        return [getattr(self, name) for name in WEIGHTS]

    def add(self, stars: int, weight: int) -> None:
        """Let a vote count; a negative weight takes one away."""
        name = WEIGHTS[stars - 1]
        setattr(self, name, getattr(self, name) + weight)


class Prior(Weights):
    """How the whole site voted at a moment: what an article's rating begins with. The last one counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("site's votes")
        verbose_name_plural = _("site's votes")
        get_latest_by = ("at", "id")

    def __str__(self):
        return f"{self.mean:.3f} · {self.votes}"

    @classmethod
    def standing(cls) -> "Prior | None":
        """The one that counts now; None before the site was first counted."""
        return cls.objects.order_by("-at", "-id").first()

    @property
    def shares(self) -> list[float]:
        """The share of each star."""
        return scoring.shares(self.weights)

    @property
    def mean(self) -> float:
        """The site's mean in stars."""
        return scoring.average(self.shares)


class Tally(Weights):
    """The votes for one article, kept in step with its rows, and the score under a prior."""

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="rating_tally"
    )
    # Thousandths of a star: what lists are sorted by, and show.
    score = models.PositiveSmallIntegerField(default=0)
    prior = models.ForeignKey(Prior, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        indexes = [
            models.Index(fields=["-score", "-votes"], name="best_rated", condition=models.Q(votes__gt=0)),
        ]

    def __str__(self):
        return f"{self.score / 1000:.2f} ({self.votes})"

    def overall(self) -> Score:
        """The overall rating with its interval, worked out from the weights."""
        return scoring.score(self.weights, self.prior.shares if self.prior else scoring.shares([0] * 5))

    @property
    def mean(self) -> float:
        """The overall rating in stars, as it was kept."""
        return self.score / 1000
