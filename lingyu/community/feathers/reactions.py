"""What follows for feathers from what happens to comments, and from findings that do not stand.

Holds reactions only. Each reads the comment as it is now and brings its reward in line, so that it does
not matter in which order they come.
"""

from uuid import UUID

from lingyu.community.accounts.models import Member
from lingyu.community.comments.events import (
    CommentApproved,
    CommentPosted,
    CommentRemoved,
    CommentRestored,
)
from lingyu.community.comments.models import Comment
from lingyu.community.pact.events import ViolationCorrected
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from . import actions
from .models import Receipt
from .rewards import COMMENT


@reaction(on=CommentPosted)
def comment_posted(event: CommentPosted) -> None:
    """Promise the reward."""
    _bring_in_line(event)


@reaction(on=CommentApproved)
def comment_approved(event: CommentApproved) -> None:
    """Keep the promise."""
    _bring_in_line(event)


@reaction(on=CommentRemoved)
def comment_removed(event: CommentRemoved) -> None:
    """Break the promise, or take the reward back."""
    _bring_in_line(event)


@reaction(on=CommentRestored)
def comment_restored(event: CommentRestored) -> None:
    """Give the reward back."""
    _bring_in_line(event)


@reaction(on=ViolationCorrected)
def violation_corrected(event: ViolationCorrected) -> None:
    """Give what was refused because of a mute that is none any more."""
    actions.earn_after_all(actor=None, member=Member.objects.get(id=UUID(event.person)))


def _bring_in_line(event: Event) -> None:
    comment = Comment.objects.select_related("author", "article").get(id=UUID(str(event.comment)))
    about = {
        "actor": None,
        "member": comment.author,
        "rule": COMMENT,
        "subject": f"article:{comment.article_id}",
        "occurrence": f"comment:{comment.id}",
        "at": event.occurred_at,
    }
    facts = {
        "length": len("".join(comment.body.split())),
        "others": int(comment.author_id != comment.article.author_id),
    }
    known = Receipt.objects.filter(member=comment.author, occurrence=about["occurrence"]).exists()
    if not known and isinstance(event, CommentPosted | CommentApproved):
        actions.earn(**about, facts=facts)
    if comment.state == "approved":
        actions.approve(**about)
        if isinstance(event, CommentRestored):
            actions.restore(**about, why="restored")
    elif comment.state == "removed":
        actions.decline(**about, why="removed") or actions.claw_back(**about, why="removed")
