"""The demo's ratings: what members thought of articles, and how the whole site votes."""

from datetime import datetime
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.ratings import actions
from lingyu.community.ratings.jobs import prior

# What members give a good article, and one of the few that they liked less.
LIKED, DISLIKED = (4, 5, 5, 4, 3, 5, 4), (2, 3, 4, 3, 1)


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Each article is rated by most members; a few change their minds, one takes the stars back."""
    for number, article in enumerate(articles):
        taste = DISLIKED if number % 9 == 4 else LIKED
        readers = [m for m in people.values() if m.id != article.author_id]
        for member in random.sample(readers, random.randint(2, len(readers) - 1)):
            _rate(member, article, taste, random, now)
    while prior(now):
        pass


def _rate(member: Member, article: Article, taste: tuple, random: Random, now: datetime) -> None:
    at = article.published_at + (now - article.published_at) * random.random() ** 2
    actions.rate_article(actor=member, article=article, stars=random.choice(taste), at=at)
    later = at + (now - at) * random.random()
    if random.random() < 0.08:
        actions.rate_article(actor=member, article=article, stars=random.choice(taste), at=later)
    elif random.random() < 0.03:
        actions.withdraw_rating(actor=member, article=article, at=later)
