"""The demo's paid articles: two of them cost feathers, and some members have paid, spread over the weeks.

Holds choices only; prices and purchases go through the actions, and who has too few does not buy.
"""

from datetime import datetime, timedelta
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.ledger.reads import available_at, balance
from lingyu.community.unlocks import actions
from lingyu.community.unlocks.quotes import quote

# By the numbers of their files: the campaign's review and the settlement.
PRICES = {5: 15, 10: 10}


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Price the articles, and let those buy who can."""
    for number, price in PRICES.items():
        article = articles[number - 1]
        priced = article.published_at + timedelta(days=1)
        actions.price_article(actor=article.author, article=article, feathers=price, at=priced)
        for member in random.sample(list(people.values()), 6):
            told = quote(article.id, member.id, price, balance(member.id).available)
            at = _when(member, price, random, priced, now)
            if at and member.id != article.author_id and not told.missing:
                actions.unlock_article(actor=member, article=article, quote=told, at=at)


def _when(member: Member, price: int, random: Random, since: datetime, now: datetime) -> datetime | None:
    """A time at which the member had enough, sooner rather than later; None if there is none."""
    for share in (0.25, 0.5, 0.75, 1):
        at = since + (now - since) * random.uniform(0, share)
        if available_at(member.id, at) >= price:
            return at
    return None
