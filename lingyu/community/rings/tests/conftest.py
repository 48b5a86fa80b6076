"""What the tests of the rings share: an article, and a crowd that posts nearly the same below it."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments

TEXT = "姐妹们这家小店的面膜真的很好用，敷完第二天脸都在发光{}"


@pytest.fixture
def article(xiaoxi):
    """An article by 小喜."""
    row = articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")
    articles.publish_article(actor=xiaoxi, article=row)
    return row


@pytest.fixture
def crowd(article, db):
    """Four accounts that post nearly the same within minutes, and 路人甲 who says something else."""
    people = [accounts.join(actor=None, username=f"水军{n}") for n in range(4)]
    for n, who in enumerate(people):
        comments.post_comment(actor=who, article=article, body=TEXT.format("，谢谢" * n))
    other = accounts.join(actor=None, username="路人甲")
    comments.post_comment(actor=other, article=article, body="留存那段写得很清楚，想问问样本有多大？")
    return people, other
