"""What the tests of this room have in common: an article, browsers, and people who come and read."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from lingyu.community.articles import actions as articles
from lingyu.community.feathers.jobs import post_due
from lingyu.community.feathers.models import Receipt
from lingyu.community.sharing import actions
from lingyu.community.sharing.signals import Signals, browser_hash
from lingyu.store.deliver import deliver_due

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    return written(xiaoxi, "留存")


def written(author, title="别的", published=True):
    """An article, published a month before the tests happen."""
    made = articles.write_article(
        actor=author, title=title, body="正文\n\n## 一\n\n再多一点。", at=NOON - 31 * DAY
    )
    if published:
        articles.publish_article(actor=author, article=made, at=NOON - 30 * DAY)
    return made


@pytest.fixture
def link(luren, article):
    """路人's link to it."""
    return actions.make_link(actor=luren, article=article, at=NOON - DAY)


def someone() -> str:
    """A visitor's cookie."""
    return str(uuid4())


def seen(visitor, device=None, bot=False) -> Signals:
    """The signals of a browser with this cookie, on a device of its own unless one is named."""
    return Signals(browser_hash(visitor), (device or f"d{visitor}"[:43], f"old{device or visitor}"[:43]), bot)


def comes(link, who, at=NOON, **signals):
    """Somebody opens a link: a visitor by their cookie, or a member in a browser named `in_`."""
    member = None if isinstance(who, str) else who
    visitor = signals.pop("in_", None) or (who if isinstance(who, str) else str(who.id))
    person = member.key if member else visitor
    return actions.arrive(actor=member, link=link, person=person, signals=seen(visitor, **signals), at=at)


def reads(article, who, at=NOON + 20 * SECOND):
    """Somebody has read it effectively; everything follows."""
    member = None if isinstance(who, str) else who
    articles.report_read(actor=member, person=member.key if member else who, article=article, at=at)
    follow()


def comes_and_reads(link, who, at=NOON, **signals):
    """Both."""
    arrival = comes(link, who, at, **signals)
    reads(link.article, who, at + 20 * SECOND)
    arrival.refresh_from_db()
    return arrival


def follow():
    """Let every reaction follow."""
    while deliver_due():
        pass


def a_day_later(at=NOON + DAY + HOUR):
    """Let the job post what is due."""
    while post_due(at):
        pass


def browser(name=CHROME, language="en", address="203.0.113.7", member=None) -> Client:
    """A browser with a name and an address of its own."""
    client = Client(headers={"accept-language": language, "user-agent": name}, REMOTE_ADDR=address)
    if member:
        client.force_login(member)
    return client


def outcomes(member):
    """(outcome, reason, feathers) of every receipt of a member, in order."""
    return [(r.outcome, r.reason, r.amount) for r in Receipt.objects.of(member).order_by("at", "id")]
