"""What the tests of this room have in common: an article, and somebody who says something below it."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.store.deliver import deliver_due


@pytest.fixture
def article(xiaoxi) -> Article:
    """小喜's, published."""
    written = articles.write_article(actor=xiaoxi, title="翠鸟的 <b>GMV</b>", body="正文只给买了的人看")
    articles.publish_article(actor=xiaoxi, article=written)
    return written


@pytest.fixture
def say(article, dapeng) -> Callable[..., Comment]:
    """`say(member, parent=…, at=…)`: a comment below the article, approved by 大鹏, and delivered."""

    def said(member: Member, body: str = "说得好", parent: Comment | None = None, at=None) -> Comment:
        comment = comments.post_comment(actor=member, article=article, body=body, parent=parent, at=at)
        comments.approve_comment(actor=dapeng, comment=comment, at=at)
        deliver_due()
        return comment

    return said


@pytest.fixture
def reachable() -> Callable[[Member], Member]:
    """`reachable(member)`: the same member, with a confirmed address."""

    def with_address(member: Member, address: str = "", *, verified: bool = True) -> Member:
        address = address or f"{member.id.hex[-6:]}@feathers.example"
        EmailAddress.objects.create(user=member, email=address, verified=verified, primary=True)
        Member.objects.filter(id=member.id).update(email=address)
        return member

    return with_address
