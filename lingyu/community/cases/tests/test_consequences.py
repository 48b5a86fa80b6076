"""What a decision means for feathers, and that a won appeal restores all of it."""

import pytest

from lingyu.community.cases import actions
from lingyu.community.comments import actions as comments
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rewards import COMMENT
from lingyu.community.ledger.reads import balance
from lingyu.store.deliver import deliver_due


def deliver() -> None:
    """Let all reactions follow."""
    while deliver_due():
        pass


@pytest.fixture
def rewarded(article, luren, dapeng):
    """A comment by 路人 that was let pass and has earned its feathers."""
    row = comments.post_comment(actor=luren, article=article, body="留存那一段写得很清楚，我收藏下来慢慢看。")
    comments.approve_comment(actor=dapeng, comment=row)
    deliver()
    return row


def available(member) -> int:
    return balance(member.id).available


def test_a_removed_comment_pays_back_and_a_won_appeal_gives_it_again(rewarded, luren, dapeng, xiaoyan):
    before = available(luren)
    assert before == 10
    case = actions.look_at(actor=dapeng, subject=f"comment:{rewarded.id}")
    decision = actions.decide(actor=dapeng, case=case, outcome="violation", lead="2.6")
    deliver()
    assert available(luren) == 0
    appeal = actions.appeal(actor=luren, decision=decision, words="这句话没有骂任何人。")
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实没有。")
    deliver()
    assert available(luren) == before
    outcomes = list(
        Receipt.objects.filter(member=luren, cause=COMMENT.code).values_list("outcome", flat=True)
    )
    assert sorted(outcomes) == ["approved", "clawed_back", "pending", "restored"]


def test_nothing_is_earned_while_muted_and_the_receipt_says_so(rewarded, luren, dapeng, xiaoyan):
    case = actions.look_at(actor=dapeng, subject=f"comment:{rewarded.id}")
    decision = actions.decide(actor=dapeng, case=case, outcome="violation", lead="2.6")
    deliver()
    about = {"rule": COMMENT, "subject": "article:x", "occurrence": "comment:x"}
    facts = {"length": 40, "others": 1}
    refused = feathers.earn(actor=None, member=luren, facts=facts, **about)
    assert (refused.outcome, refused.reason) == ("refused", "muted")
    actions.reverse(actor=xiaoyan, decision=decision, words="看错了。")
    deliver()
    later = Receipt.objects.filter(member=luren, occurrence="comment:x").order_by("id").last()
    assert (later.outcome, later.amount, later.at) == ("pending", 10, refused.at)
