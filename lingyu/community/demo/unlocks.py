"""The demo's paid articles: two of them cost feathers, and some members have paid.

Holds choices only; prices and purchases go through the actions, and who has too few does not buy.
"""

from datetime import datetime, timedelta
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.ledger.reads import balance
from lingyu.community.unlocks import actions
from lingyu.community.unlocks.quotes import quote

# By the numbers of their files: the campaign's review and the settlement.
PRICES = {5: 15, 10: 10}


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Price the articles, and let those buy who can."""
    for number, price in PRICES.items():
        article = articles[number - 1]
        actions.price_article(
            actor=article.author, article=article, feathers=price, at=article.published_at + timedelta(days=1)
        )
        for member in random.sample(list(people.values()), 5):
            told = quote(article.id, member.id, price, balance(member.id).available)
            if member.id != article.author_id and not told.missing:
                at = now - timedelta(hours=random.uniform(0.2, 3))
                actions.unlock_article(actor=member, article=article, quote=told, at=at)
