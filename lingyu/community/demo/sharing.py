"""The demo's sharing: articles are passed on, visitors come by the links and read, two members were invited.

What is older than a day has been posted; of today, something is still on hold.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random

from allauth.account.models import EmailAddress

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as reading
from lingyu.community.articles.models import Article
from lingyu.community.feathers.jobs import post_due
from lingyu.community.sharing import actions
from lingyu.community.sharing.models import ShareLink
from lingyu.community.sharing.signals import Signals, browser_hash

from .diary import Diary
from .unlocks import PRICES

SHARERS = ("luren", "xiaoxi", "何穗", "阿满")
# Who brought whom.
INVITED = (("xiaoxi", "苏禾"), ("苏禾", "阿满"))
READ_FOR = timedelta(seconds=95)
AN_HOUR = timedelta(hours=1)
DAYS = 60


def plan(people: dict, articles: list[Article], random: Random, now: datetime, diary: Diary) -> None:
    """Share, come, read, and have the held rewards posted day by day, as the worker would."""
    for inviter, newcomer in INVITED:
        _invite(people[inviter], people[newcomer], diary)
    number, free = 0, [a for n, a in enumerate(articles, 1) if n not in PRICES]
    for name in SHARERS:
        for article in random.sample(free, 3):
            number = _pass_on(people[name], article, number, random, now, diary)
    # The last article was passed on an hour ago: what it brought is on hold.
    _pass_on(people["luren"], free[-1], number, random, now, diary, since=now - AN_HOUR)
    for hours in range(DAYS * 24, -1, -6):
        at = now - timedelta(hours=hours)
        diary.at(at, partial(_post, at))


def _post(at: datetime) -> None:
    while post_due(at):
        pass


def _invite(inviter: Member, newcomer: Member, diary: Diary) -> None:
    """`newcomer` comes by the personal link of `inviter` and joins; taking part follows from what they do."""
    joined = newcomer.joined_at
    # Confirmed, but not the one for mails: the demo writes to nobody.
    address = f"{newcomer.id.hex[-8:]}@example.com"
    EmailAddress.objects.create(user=newcomer, email=address, verified=True, primary=False)

    def come() -> None:
        link = actions.make_link(actor=inviter, at=joined - AN_HOUR / 2)
        seen = _signals(f"newcomer-{newcomer.id}")
        actions.arrive(
            actor=None, link=link, person=f"newcomer-{newcomer.id}", signals=seen, at=joined - AN_HOUR / 3
        )
        actions.accept_invitation(actor=newcomer, signals=seen, at=joined)

    diary.at(joined, come)


def _pass_on(
    member: Member,
    article: Article,
    number: int,
    random: Random,
    now: datetime,
    diary: Diary,
    since: datetime | None = None,
) -> int:
    """A link, and up to seven people who come by it, most of whom read; the number of visitors so far."""
    since = since or article.published_at + AN_HOUR
    link = actions.make_link(actor=member, article=article, at=since)
    for _ in range(random.randrange(2, 8)):
        number += 1
        at = since + (now - since) * random.random() ** 2 * 0.9
        diary.at(at, partial(_come, link, f"shared-{number}", at, random.random() < 0.7))
    return number


def _come(link: ShareLink, visitor: str, at: datetime, reads: bool) -> None:
    actions.arrive(actor=None, link=link, person=visitor, signals=_signals(visitor), at=at)
    if reads:
        reading.report_read(actor=None, person=visitor, article=link.article, at=at + READ_FOR)


def _signals(visitor: str) -> Signals:
    return Signals(browser_hash(visitor), (browser_hash(f"{visitor}, its device"),))
