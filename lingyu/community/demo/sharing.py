"""The demo's sharing: articles are passed on, visitors come by the links and read, two members were invited.

What is older than a day has been posted; of today, something is still on hold.
"""

from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as reading
from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.community.comments.models import Comment
from lingyu.community.feathers.jobs import post_due
from lingyu.community.sharing import actions
from lingyu.community.sharing.models import ShareLink
from lingyu.community.sharing.signals import Signals, browser_hash
from lingyu.store.deliver import deliver_due

SHARERS = ("luren", "xiaoxi", "何穗", "阿满")
# Who brought whom.
INVITED = (("xiaoxi", "苏禾"), ("苏禾", "阿满"))
READ_FOR = timedelta(seconds=95)
AN_HOUR = timedelta(hours=1)
DAYS = 60


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Share, come, read, and let the held rewards of the days before be posted."""
    for inviter, newcomer in INVITED:
        _invite(people[inviter], people[newcomer])
    number, free = 0, [a for a in articles if open_to(AnonymousUser(), a)]
    for name in SHARERS:
        for article in random.sample(free, 3):
            number = _pass_on(people[name], article, number, random, now)
    # The last article was passed on an hour ago: what it brought is on hold.
    _pass_on(people["luren"], free[-1], number, random, now, since=now - AN_HOUR)
    while deliver_due():
        pass
    # As the worker would have done it: each day what had fallen due by then.
    for days in range(DAYS, -1, -1):
        while post_due(now - timedelta(days=days)):
            pass


def _invite(inviter: Member, newcomer: Member) -> None:
    """`newcomer` had come by the personal link of `inviter`, and taken part since."""
    joined = newcomer.joined_at
    link = actions.make_link(actor=inviter, at=joined - AN_HOUR / 2)
    seen = _signals(f"newcomer-{newcomer.id}")
    actions.arrive(
        actor=None, link=link, person=f"newcomer-{newcomer.id}", signals=seen, at=joined - AN_HOUR / 3
    )
    actions.accept_invitation(actor=newcomer, signals=seen, at=joined)
    # Confirmed, but not the one for mails: the demo writes to nobody.
    address = f"{newcomer.id.hex[-8:]}@example.com"
    EmailAddress.objects.create(user=newcomer, email=address, verified=True, primary=False)
    first = Comment.objects.filter(author=newcomer, approval__isnull=False).order_by("posted_at").first()
    if first:
        actions.note_first_action(member=newcomer.id, what="comment", at=first.posted_at + AN_HOUR)


def _pass_on(
    member: Member,
    article: Article,
    number: int,
    random: Random,
    now: datetime,
    since: datetime | None = None,
) -> int:
    """A link, and up to seven people who come by it, most of whom read; the number of visitors so far."""
    since = since or article.published_at + AN_HOUR
    link = actions.make_link(actor=member, article=article, at=since)
    for _ in range(random.randrange(2, 8)):
        number += 1
        _come(link, f"shared-{number}", since + (now - since) * random.random() ** 2 * 0.9, random)
    return number


def _come(link: ShareLink, visitor: str, at: datetime, random: Random) -> None:
    actions.arrive(actor=None, link=link, person=visitor, signals=_signals(visitor), at=at)
    if random.random() < 0.7:
        reading.report_read(actor=None, person=visitor, article=link.article, at=at + READ_FOR)


def _signals(visitor: str) -> Signals:
    return Signals(browser_hash(visitor), (browser_hash(f"{visitor}, its device"),))
