"""What the tests of governance share: a March in which three cases were decided and two appeals ruled on."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.cases import actions as cases
from lingyu.community.comments import actions as comments
from lingyu.store.ship import ship_all

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def xiaoyan(db):
    """小雁, who moderates too."""
    member = accounts.join(actor=None, username="小雁", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="moderator")
    return member


@pytest.fixture
def subjects(xiaoxi, luren) -> list[str]:
    """Four comments by 路人."""
    article = articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")
    articles.publish_article(actor=xiaoxi, article=article)
    said = [comments.post_comment(actor=luren, article=article, body=f"第{n}句") for n in range(4)]
    return [f"comment:{row.id}" for row in said]


@pytest.fixture
def march(subjects, xiaoxi, luren, aque, dapeng, xiaoyan, empty_store):
    """Three cases: two by reports (2.6 broken within 10 hours; clear), one looked at (3.1, after 30 hours).

    路人 appeals against both violations: the first is overturned after 24 hours, the second upheld after 80.
    """
    first, second, third, _rest = subjects
    for reporter in (xiaoxi, aque):
        cases.report(actor=reporter, subject=first, clause="2.6", at=NOW)
    cases.report(actor=xiaoxi, subject=second, clause="2.1", at=NOW)
    about = {"actor": dapeng, "outcome": "violation"}
    one = cases.decide(case=of(first), lead="2.6", at=NOW + 10 * HOUR, **about)
    cases.decide(actor=dapeng, case=of(second), outcome="clear", at=NOW + 2 * HOUR)
    cases.look_at(actor=dapeng, subject=third, at=NOW)
    three = cases.decide(case=of(third), lead="3.1", at=NOW + 30 * HOUR, **about)
    for decision, outcome, hours in ((one, "overturned", 24), (three, "upheld", 80)):
        appeal = cases.appeal(actor=luren, decision=decision, words="我不同意这个裁决。", at=NOW + 40 * HOUR)
        cases.rule(
            actor=xiaoyan, appeal=appeal, outcome=outcome, words="看过了。", at=appeal.at + hours * HOUR
        )
    ship_all()


def of(subject: str):
    """The open case about a subject."""
    return cases.look_at(actor=None, subject=subject, at=NOW)
