"""A comment's ten feathers: pending until it passes, taken back when removed, given back when restored."""

import pytest

from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.store.deliver import deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    return article


def stand(member):
    while deliver_due():
        pass
    assert verify().faults == []
    b = balance(member.id)
    return b.available, b.pending, b.debt


def test_ten_wait_until_the_comment_passes(article, luren, dapeng):
    comment = comments.post_comment(actor=luren, article=article, body="有启发")
    assert stand(luren) == (0, 10, 0)
    comments.approve_comment(actor=dapeng, comment=comment)
    assert stand(luren) == (10, 0, 0)


def test_a_comment_that_does_not_pass_earns_nothing(article, luren, dapeng):
    comment = comments.post_comment(actor=luren, article=article, body="加我微信")
    stand(luren)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam")
    assert stand(luren) == (0, 0, 0)


def test_removed_after_it_passed_it_loses_its_feathers_and_a_won_appeal_gives_them_back(
    article, luren, dapeng
):
    comment = comments.post_comment(actor=luren, article=article, body="有启发")
    comments.approve_comment(actor=dapeng, comment=comment)
    assert stand(luren) == (10, 0, 0)
    for _ in range(2):
        comments.remove_comment(actor=dapeng, comment=comment, reason="spam")
        assert stand(luren) == (0, 0, 0)
        comments.restore_comment(actor=dapeng, comment=comment)
        assert stand(luren) == (10, 0, 0)


def test_a_waiting_comment_removed_and_restored_earns_after_all(article, luren, dapeng):
    comment = comments.post_comment(actor=luren, article=article, body="有启发")
    stand(luren)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam")
    assert stand(luren) == (0, 0, 0)
    comments.restore_comment(actor=dapeng, comment=comment)
    assert stand(luren) == (10, 0, 0)


def test_all_at_once_comes_to_the_same(article, luren, dapeng):
    comment = comments.post_comment(actor=luren, article=article, body="有启发")
    comments.approve_comment(actor=dapeng, comment=comment)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam")
    comments.restore_comment(actor=dapeng, comment=comment)
    assert stand(luren) == (10, 0, 0)


def test_ones_own_article_and_a_single_character_earn_nothing_and_the_receipt_says_why(
    article, luren, xiaoxi, dapeng
):
    for author, body in ((xiaoxi, "谢谢大家"), (luren, "赞")):
        comment = comments.post_comment(actor=author, article=article, body=body)
        comments.approve_comment(actor=dapeng, comment=comment)
        assert stand(author) == (0, 0, 0)
    assert [r.reason for r in Receipt.objects.order_by("at")] == ["condition.others", "condition.length"]


def test_pages_of_my_feathers_say_what_there_is_and_why(article, luren, xiaoxi, dapeng, client_of):
    comment = comments.post_comment(actor=luren, article=article, body="有启发")
    comments.approve_comment(actor=dapeng, comment=comment)
    stand(luren)
    browser = client_of(luren)
    assert "Approved comment" in browser.get("/me/feathers/").content.decode()
    listed = browser.get("/me/feathers/receipts/?outcome=approved").content.decode()
    assert "It was promised on" in listed
    receipt = Receipt.objects.get(outcome="pending")
    assert "What followed" in browser.get(receipt.get_absolute_url()).content.decode()
    assert client_of(xiaoxi).get(receipt.get_absolute_url()).status_code == 404
    csv = b"".join(browser.get("/me/feathers/statement.csv").streaming_content).decode()
    assert "comment.approved" in csv
    assert "+10" in browser.get("/feathers/").content.decode()
    assert browser.get("/me/feathers/receipts/?outcome=<script>").status_code == 200
