"""What the ratings hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Through, contribution, eraser

from . import actions
from .models import Rating


@contribution("ratings", zh="我的评分", en="My ratings")
def ratings(member: Member):
    """Every article the member gave stars, and how many."""
    for rating in Rating.objects.filter(member=member).order_by("rated_at").iterator(1_000):
        yield {
            "article": rating.article_id,
            "stars": rating.stars,
            "rated_at": rating.rated_at,
            "changed_at": rating.changed_at,
        }


@eraser("ratings", zh="评分", en="Ratings")
def forget_ratings(erasure: Erasure):
    """Every vote is taken back, so that each article's rating is again what those who stay say."""
    member = erasure.member
    for rating in list(Rating.objects.filter(member=member).select_related("article__column")):
        yield Through(lambda a=rating.article: actions.withdraw_rating(actor=member, article=a))
