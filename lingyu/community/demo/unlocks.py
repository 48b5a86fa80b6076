"""The demo's paid articles: two of them cost feathers, and some members have paid, spread over the weeks.

Holds choices only; prices and purchases go through the actions, and who has too few does not buy.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.ledger.reads import balance
from lingyu.community.unlocks import actions
from lingyu.community.unlocks.quotes import quote

from .diary import Diary

# By the numbers of their files: the campaign's review and the settlement.
PRICES = {5: 15, 10: 10}
TRIES = 4


def plan(people: dict, articles: list[Article], random: Random, now: datetime, diary: Diary) -> None:
    """Price the articles, and have those buy who can by then."""
    for number, price in PRICES.items():
        article = articles[number - 1]
        priced = article.published_at + timedelta(days=1)
        price_it = partial(
            actions.price_article, actor=article.author, article=article, feathers=price, at=priced
        )
        diary.at(priced, price_it)
        for member in random.sample(list(people.values()), 6):
            if member.id != article.author_id:
                times = sorted(priced + (now - priced) * random.random() for _ in range(TRIES))
                _look_in(member, article, price, times, diary)


def _look_in(member: Member, article: Article, price: int, times: list[datetime], diary: Diary) -> None:
    """The first of these times at which there are enough feathers, if there is one."""
    if times:
        diary.at(times[0], partial(_buy, member, article, price, times, diary))


def _buy(member: Member, article: Article, price: int, times: list[datetime], diary: Diary) -> None:
    told = quote(article.id, member.id, price, balance(member.id).available)
    if told.missing:
        _look_in(member, article, price, times[1:], diary)
    else:
        actions.unlock_article(actor=member, article=article, quote=told, at=times[0])
