"""What the tests of transparency share: a March in which things were decided, and no kept numbers."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.cases import actions as cases
from lingyu.community.comments import actions as comments


def moment(month: int, day: int, hour: int = 0) -> datetime:
    """A moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Pages count anew."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def xiaoyan(db):
    """小雁, who moderates too."""
    member = accounts.join(actor=None, username="小雁", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="moderator")
    return member


@pytest.fixture
def said(xiaoxi, luren):
    """`said("…")`: the subject of a new comment by 路人."""
    article = articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")
    articles.publish_article(actor=xiaoxi, article=article)

    def say(words: str) -> str:
        row = comments.post_comment(actor=luren, article=article, body=words)
        return f"comment:{row.id}"

    return say


@pytest.fixture
def march(said, xiaoxi, luren, dapeng, xiaoyan) -> dict:
    """What happened in March 2026, and the decisions by name.

    “rude”: reported on the 10th, decided by 大鹏 ten hours later (2.6), appealed on the 15th, upheld a day
    later. “fine”: looked at on the 12th, found clear 36 hours later, so twelve hours late. “goods”: reported
    on the 20th by two as unlawful goods (1.13), decided three hours later, appealed on the 25th.
    """
    rude, fine, goods = said("第一句"), said("第二句"), said("第三句")
    cases.report(actor=xiaoxi, subject=rude, clause="2.6", at=moment(3, 10, 8))
    about = {"outcome": "violation", "actor": dapeng}
    case = cases.look_at(actor=dapeng, subject=rude, at=moment(3, 10, 9))
    first = cases.decide(case=case, lead="2.6", at=moment(3, 10, 18), **about)
    appeal = cases.appeal(actor=luren, decision=first, words="我没有骂人呀。", at=moment(3, 15))
    cases.rule(actor=xiaoyan, appeal=appeal, outcome="upheld", words="就是骂人。", at=moment(3, 16))
    case = cases.look_at(actor=dapeng, subject=fine, at=moment(3, 12))
    second = cases.decide(actor=xiaoyan, case=case, outcome="clear", at=moment(3, 13, 12))
    cases.report(actor=xiaoxi, subject=goods, clause="1.13", at=moment(3, 20))
    cases.report(actor=xiaoyan, subject=goods, clause="1.13", at=moment(3, 20, 1))
    case = cases.look_at(actor=dapeng, subject=goods, at=moment(3, 20, 1))
    third = cases.decide(case=case, lead="1.13", at=moment(3, 20, 3), **about)
    waiting = cases.appeal(actor=luren, decision=third, words="这是我家的旧书。", at=moment(3, 25))
    return {"rude": first, "fine": second, "goods": third, "appeal": waiting}


@pytest.fixture
def overturned(march, xiaoyan) -> dict:
    """And in April 小雁 overturned the last one, eight days after the appeal."""
    cases.rule(
        actor=xiaoyan, appeal=march["appeal"], outcome="overturned", words="确实是旧书。", at=moment(4, 2)
    )
    return march
