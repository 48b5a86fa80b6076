"""The only writers of the ratings: rate, withdraw, weigh; and the two that keep scores up to date.

Every action takes `actor` first and, for imports and the demo, the time `at` at which it happened. Bad
input raises ValidationError and changes nothing; the same again changes nothing. Whoever changes votes
holds the row of the article's tally, so that votes and tally cannot part.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.kernel.events import Event
from lingyu.store.outbox import record

from .events import ArticleRated, RatingChanged, RatingWeighed, RatingWithdrawn
from .models import WEIGHTS, Prior, Rating, Tally
from .scoring import STARS, WHOLE, average, shares

# How far the site's mean has to move, in stars, before articles are scored anew.
MOVED = 0.01
_KEPT = ("votes", *WEIGHTS, "score", "prior")


@transaction.atomic
def rate_article(*, actor: Member, article: Article, stars: int, at: datetime | None = None) -> bool:
    """Give an article one to five stars, in place of those given before; False when they are the same."""
    at = at or timezone.now()
    if stars not in STARS:
        raise ValidationError(_("Give one to five stars."))
    _may_rate(actor, article)
    tally = _held(article)
    before = Rating.objects.filter(article=article, member=actor).first()
    if before is None:
        made = Rating.objects.create(article=article, member=actor, stars=stars, rated_at=at)
        tally.votes += 1
        tally.add(stars, made.weight)
        record(_event(ArticleRated, article, actor, actor, at, stars=stars))
    elif before.stars == stars:
        return False
    else:
        was, before.stars, before.changed_at = before.stars, stars, at
        before.save(update_fields=["stars", "changed_at"])
        tally.add(was, -before.weight)
        tally.add(stars, before.weight)
        record(_event(RatingChanged, article, actor, actor, at, stars=stars, stars_before=was))
    _keep(tally)
    return True


@transaction.atomic
def withdraw_rating(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Take one's stars back; False when there are none."""
    at = at or timezone.now()
    mine = Rating.objects.filter(article=article, member=actor)
    # Asked twice: before a tally is made for nothing, and once it is held.
    tally = _held(article) if mine.exists() else None
    standing = mine.first() if tally else None
    if standing is None:
        return False
    standing.delete()
    tally.votes -= 1
    tally.add(standing.stars, -standing.weight)
    _keep(tally)
    record(_event(RatingWithdrawn, article, actor, actor, at, stars_before=standing.stars))
    return True


@transaction.atomic
def weigh_rating(*, actor: Member | None, rating: Rating, weight: int, at: datetime | None = None) -> bool:
    """Let a rating count by `weight` hundredths of a vote; False when it does already, or has gone.

    For whoever finds that several accounts are one person's: together they should weigh one vote.
    """
    at = at or timezone.now()
    if not 0 <= weight <= WHOLE:
        raise ValidationError(_("A weight is 0 to %(most)d.") % {"most": WHOLE})
    tally = _held(rating.article)
    standing = Rating.objects.filter(id=rating.id).select_related("member").first()
    if standing is None or standing.weight == weight:
        return False
    tally.add(standing.stars, weight - standing.weight)
    standing.weight = weight
    standing.save(update_fields=["weight"])
    _keep(tally)
    record(_event(RatingWeighed, rating.article, standing.member, actor, at, weight=weight))
    return True


@transaction.atomic
def count_the_site(*, actor: Member | None, at: datetime | None = None) -> bool:
    """Take the votes of the whole site as the new prior, once its mean has moved; False while it has not."""
    found = Tally.objects.aggregate(**{name: Sum(name, default=0) for name in ("votes", *WEIGHTS)})
    last = Prior.standing()
    moved = abs(average(shares([found[name] for name in WEIGHTS])) - (last.mean if last else 3.0))
    if not found["votes"] or (last and moved < MOVED):
        return False
    Prior.objects.create(at=at or timezone.now(), **found)
    return True


@transaction.atomic
def score_anew(*, actor: Member | None, limit: int = 500) -> int:
    """Score articles that were scored under an earlier prior; how many they were."""
    prior = Prior.standing()
    if prior is None:
        return 0
    stale = Tally.objects.filter(~Q(prior=prior) | Q(prior=None)).order_by("article_id")
    tallies = list(stale.select_for_update()[:limit])
    for tally in tallies:
        tally.prior = prior
        tally.score = tally.overall().thousandths
    Tally.objects.bulk_update(tallies, ["prior", "score"])
    return len(tallies)


def _may_rate(actor: Member, article: Article) -> None:
    if actor.id == article.author_id:
        raise ValidationError(_("Your own article is for others to rate."))
    if not article.is_published:
        raise ValidationError(_("This article is not open to ratings."))
    if not open_to(actor, article):
        raise ValidationError(_("Only who can read the whole article can rate it."))


def _held(article: Article) -> Tally:
    """The article's tally, nobody else's until this transaction ends."""
    Tally.objects.bulk_create([Tally(article=article)], ignore_conflicts=True)
    return Tally.objects.select_for_update().get(article=article)


def _keep(tally: Tally) -> None:
    tally.prior = Prior.standing()
    tally.score = tally.overall().thousandths
    tally.save(update_fields=_KEPT)


def _event(kind: type[Event], article: Article, who: Member, actor: Member | None, at, **more) -> Event:
    return kind(
        occurred_at=at,
        person=who.key,
        actor=actor.key if actor else None,
        article=article.id,
        author=str(article.author_id),
        column=article.column.slug if article.column else None,
        **more,
    )
