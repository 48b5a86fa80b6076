"""What the comments hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Overwrite, Through, Unname, contribution, eraser

from . import actions
from .models import Comment, Removal, Restoration

# What stands where words stood: a comment is never empty.
BLANK = "…"


@contribution("comments", zh="我的评论", en="My comments")
def comments(member: Member):
    """Everything the member said below articles, and what became of it."""
    said = Comment.objects.filter(author=member).with_author().order_by("posted_at")
    for comment in said.iterator(1_000):
        yield {
            "id": comment.id,
            "article": comment.article_id,
            "in_reply_to": comment.parent_id,
            "text": comment.body,
            "state": comment.state,
            "posted_at": comment.posted_at,
        }


@eraser("comments", zh="评论", en="Comments", order=200)
def forget_comments(erasure: Erasure):
    """Take the member's names out of what they said, or all of it; what waits for review goes either way."""
    member = erasure.member
    mine = Comment.objects.filter(author=member)
    remove = erasure.words == Erasure.Words.REMOVE
    leaving = mine.filter(removal__isnull=True) if remove else mine.waiting()
    gone = list(leaving.select_related("article__column"))
    for comment in gone:
        yield Through(lambda c=comment: actions.remove_comment(actor=member, comment=c, reason="other"))
    yield Overwrite(mine if remove else mine.filter(id__in=[c.id for c in gone]), {"body": BLANK})
    yield Unname(mine, ("body",))
    yield Overwrite(Removal.objects.filter(comment__author=member), {"note": ""})
    yield Overwrite(Restoration.objects.filter(comment__author=member), {"note": ""})
