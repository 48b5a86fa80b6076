"""What the tests of the cases share: a second moderator, an article, comments that were seen, a case."""

import pytest
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.cases import actions
from lingyu.community.cases.models import Case
from lingyu.community.cases.reviewing import sampling
from lingyu.community.comments import actions as comments


@pytest.fixture
def xiaoyan(db):
    """小雁, who moderates too."""
    member = accounts.join(actor=None, username="小雁", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="moderator")
    return member


@pytest.fixture
def article(xiaoxi):
    """An article by 小喜 that everybody can read."""
    row = articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")
    articles.publish_article(actor=xiaoxi, article=row)
    return row


@pytest.fixture
def comment(article, luren, dapeng):
    """A comment by 路人 that 大鹏 has let pass."""
    row = comments.post_comment(actor=luren, article=article, body="写得很清楚，留存那段我收藏了。")
    comments.approve_comment(actor=dapeng, comment=row)
    return row


@pytest.fixture
def case(comment, xiaoxi) -> Case:
    """小喜 has reported the comment as abuse."""
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6", words="在骂人")
    return Case.objects.get()


@pytest.fixture
def desk(dapeng, client_of):
    """大鹏's browser."""
    return client_of(dapeng)


@pytest.fixture(autouse=True)
def english():
    """Errors are told in English, as the tests read them."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_lots(monkeypatch):
    """Nothing is mixed in to measure, unless a test asks for it."""
    monkeypatch.setattr(sampling, "drawn", lambda member, now: None)
