"""A comment's way from the form to the page."""

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions
from lingyu.community.comments.events import (
    CommentApproved,
    CommentPosted,
    CommentRemoved,
    CommentRestored,
)
from lingyu.community.comments.models import Comment
from lingyu.kernel.ids import uuid7


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    return article


def test_a_comment_waits_until_a_moderator_approves_it(article, luren, dapeng, anonymous, facts):
    comment = actions.post_comment(actor=luren, article=article, body="有启发")
    assert list(Comment.objects.waiting()) == [comment]
    assert list(Comment.objects.visible_to(luren)) == [comment]
    assert not Comment.objects.visible_to(anonymous).exists()
    assert actions.approve_comment(actor=dapeng, comment=comment)
    assert list(Comment.objects.visible_to(anonymous)) == [comment]
    (posted,), (approved,) = facts(CommentPosted), facts(CommentApproved)
    assert (posted.person, posted.reply) == (luren.key, False)
    assert (approved.person, approved.actor, approved.comment) == (luren.key, dapeng.key, comment.id)


def test_a_removed_comment_stays_for_its_author_with_the_reason(article, luren, dapeng, anonymous, facts):
    comment = actions.post_comment(actor=luren, article=article, body="加我微信")
    actions.approve_comment(actor=dapeng, comment=comment)
    assert actions.remove_comment(actor=dapeng, comment=comment, reason="spam", note="联系方式")
    assert not Comment.objects.visible_to(anonymous).exists()
    own = Comment.objects.visible_to(luren).with_author().get()
    assert (own.state, own.removal.reason, own.removal.note) == ("removed", "spam", "联系方式")
    assert [(f.reason, f.actor) for f in facts(CommentRemoved)] == [("spam", dapeng.key)]


def test_deciding_twice_changes_nothing(article, luren, dapeng, facts):
    comment = actions.post_comment(actor=luren, article=article, body="好")
    assert actions.approve_comment(actor=dapeng, comment=comment)
    assert not actions.approve_comment(actor=dapeng, comment=comment)
    assert actions.remove_comment(actor=dapeng, comment=comment, reason="off_topic")
    assert not actions.remove_comment(actor=dapeng, comment=comment, reason="spam")
    assert not actions.approve_comment(actor=dapeng, comment=comment)
    assert (len(facts(CommentApproved)), len(facts(CommentRemoved))) == (1, 1)


def test_the_same_form_sent_twice_is_one_comment(article, luren, facts):
    token = uuid7()
    first = actions.post_comment(actor=luren, article=article, body="一次", id=token)
    second = actions.post_comment(actor=luren, article=article, body="一次", id=token)
    assert first.id == second.id == token
    assert Comment.objects.count() == len(facts(CommentPosted)) == 1


def test_a_form_of_someone_else_cannot_be_taken_over(article, luren, aque):
    token = uuid7()
    actions.post_comment(actor=luren, article=article, body="我的", id=token)
    with pytest.raises(ValidationError):
        actions.post_comment(actor=aque, article=article, body="别人的", id=token)
    assert Comment.objects.get().body == "我的"


@pytest.mark.parametrize("body", ["", " \n\t ", "字" * 2001])
def test_an_empty_or_endless_comment_is_refused(article, luren, body, facts):
    with pytest.raises(ValidationError):
        actions.post_comment(actor=luren, article=article, body=body)
    assert not Comment.objects.exists()
    assert not facts(CommentPosted)


def test_a_draft_and_a_retired_article_take_no_comments(article, xiaoxi, luren):
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    articles.retire_article(actor=xiaoxi, article=article, reason="过期")
    for closed in (draft, article):
        with pytest.raises(ValidationError):
            actions.post_comment(actor=luren, article=closed, body="可以吗")


def test_a_reply_to_a_reply_joins_the_first_thread(article, luren, aque, dapeng, facts):
    first = actions.post_comment(actor=luren, article=article, body="问题")
    with pytest.raises(ValidationError):
        actions.post_comment(actor=aque, article=article, body="抢答", parent=first)
    actions.approve_comment(actor=dapeng, comment=first)
    reply = actions.post_comment(actor=aque, article=article, body="回答", parent=first)
    actions.approve_comment(actor=dapeng, comment=reply)
    again = actions.post_comment(actor=luren, article=article, body="谢谢", parent=reply)
    assert reply.parent == again.parent == first
    assert [f.reply for f in facts(CommentPosted)] == [False, True, True]


def test_a_removal_needs_a_reason_that_exists(article, luren, dapeng):
    comment = actions.post_comment(actor=luren, article=article, body="好")
    with pytest.raises(ValidationError):
        actions.remove_comment(actor=dapeng, comment=comment, reason="because")
    assert comment.state == "waiting"


def test_a_removal_undone_opens_the_comment_and_keeps_what_happened(article, luren, dapeng, anonymous, facts):
    comment = actions.post_comment(actor=luren, article=article, body="误删了")
    actions.remove_comment(actor=dapeng, comment=comment, reason="spam", note="广告")
    assert actions.restore_comment(actor=dapeng, comment=comment)
    assert not actions.restore_comment(actor=dapeng, comment=comment)
    assert list(Comment.objects.visible_to(anonymous)) == [comment]
    kept = comment.restorations.get()
    assert (kept.reason, kept.note, kept.removed_by, kept.by) == ("spam", "广告", dapeng, dapeng)
    assert len(facts(CommentRestored)) == len(facts(CommentApproved)) == 1
    assert actions.remove_comment(actor=dapeng, comment=comment, reason="untrue")


def test_a_moderator_brings_a_comment_back_from_the_list_of_the_removed(article, luren, dapeng, client_of):
    comment = actions.post_comment(actor=luren, article=article, body="误删了")
    actions.remove_comment(actor=dapeng, comment=comment, reason="spam")
    browser = client_of(dapeng)
    assert "误删了" in browser.get("/review/comments/?show=removed").content.decode()
    browser.post(f"/review/comments/{comment.id}/restoration/")
    assert "误删了" not in browser.get("/review/comments/?show=removed").content.decode()
    assert client_of(luren).post(f"/review/comments/{comment.id}/restoration/").status_code == 403
