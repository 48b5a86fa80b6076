"""Told of comments and articles: approvals, replies, removals, features, take-downs; and an erasure's end."""

from datetime import datetime

from django.utils import timezone

from lingyu.community.accounts.events import MemberErased
from lingyu.community.articles.events import ArticleFeatured, ArticleRetired
from lingyu.community.cases.models import Decision, Reversal
from lingyu.community.comments.events import CommentApproved, CommentRemoved, CommentRestored
from lingyu.community.comments.models import Comment
from lingyu.kernel.reactions import reaction

from .. import kinds
from ..actions import forget, tell


@reaction(on=CommentApproved)
def tell_of_approval(event: CommentApproved) -> None:
    """Tell the writer of a comment, whom they answered, and the author of the article."""
    comment = Comment.objects.select_related("parent").filter(id=event.comment).first()
    if comment is None:
        return
    about = {
        "key": str(event.comment),
        "at": event.occurred_at,
        "article": event.article,
        "comment": event.comment,
    }
    if event.actor != event.person:
        tell(
            member=event.person,
            kind=kinds.COMMENT_APPROVED,
            group=_day_of(event, str(event.article)),
            **about,
        )
    answered = str(comment.parent.author_id) if comment.parent else ""
    if answered:
        group = f"{event.article}|{comment.parent_id}"
        tell(member=answered, kind=kinds.REPLIED, group=group, by=event.person, **about)
    if event.author != answered:
        tell(member=event.author, kind=kinds.COMMENTED, group=str(event.article), by=event.person, **about)


@reaction(on=CommentRemoved)
def tell_of_removal(event: CommentRemoved) -> None:
    """Tell the writer that their comment was removed, and why; of a decision's reasons `pact` tells them."""
    if event.actor != event.person and not _decided(f"comment:{event.comment}", event.occurred_at):
        tell(
            member=event.person,
            kind=kinds.COMMENT_REMOVED,
            key=str(event.id),
            at=event.occurred_at,
            group=_day_of(event, str(event.article)),
            article=event.article,
            comment=event.comment,
            details={"reason": event.reason},
        )


@reaction(on=CommentRestored)
def tell_of_return(event: CommentRestored) -> None:
    """Tell the writer that a removed comment is back, unless they are told that a decision was reversed."""
    if event.actor != event.person and not _reversed(f"comment:{event.comment}", event.occurred_at):
        tell(
            member=event.person,
            kind=kinds.COMMENT_RESTORED,
            key=str(event.id),
            at=event.occurred_at,
            group=_day_of(event, str(event.article)),
            article=event.article,
            comment=event.comment,
        )


@reaction(on=ArticleFeatured)
def tell_of_feature(event: ArticleFeatured) -> None:
    """Tell the author that an article stands at the head of the front page."""
    if event.actor != event.author:
        tell(
            member=event.author,
            kind=kinds.FEATURED,
            key=str(event.id),
            at=event.occurred_at,
            article=event.article,
        )


@reaction(on=ArticleRetired)
def tell_of_take_down(event: ArticleRetired) -> None:
    """Tell the author that someone else took an article off the site; of a decision's reasons `pact` does."""
    if event.actor != event.author and not _decided(f"article:{event.article}", event.occurred_at):
        tell(
            member=event.author,
            kind=kinds.RETIRED,
            key=str(event.id),
            at=event.occurred_at,
            article=event.article,
        )


@reaction(on=MemberErased)
def forget_who_did_it(event: MemberErased) -> None:
    """What others were told of what an erased member did no longer leads to them."""
    forget(member=event.person)


def _decided(subject: str, at: datetime) -> bool:
    """Whether this was done by a decision, which has a notice of its own."""
    made = Decision.objects.filter(case__subject=subject, at=at, outcome=Decision.Outcome.VIOLATION)
    return made.exists()


def _reversed(subject: str, at: datetime) -> bool:
    """Whether this was done by reversing a decision, which has a notice of its own."""
    return Reversal.objects.filter(decision__case__subject=subject, at=at).exists()


def _day_of(event, subject: str) -> str:
    """A group of one subject and one calendar day of the site."""
    return f"{subject}|{timezone.localdate(event.occurred_at)}"
