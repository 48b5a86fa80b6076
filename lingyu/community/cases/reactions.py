"""What follows for cases from what members write and from what the screening says of it.

Holds reactions only; each reads what is there now, so that it does not matter in which order they come.
"""

from lingyu.community.comments import actions as comments
from lingyu.community.comments.events import CommentPosted
from lingyu.community.comments.models import Comment
from lingyu.community.pact.events import TextScreened
from lingyu.community.pact.models import Screening
from lingyu.kernel.reactions import reaction

from . import actions, surfaces
from .models import Case
from .weighing.trust import trusted


@reaction(on=TextScreened)
def look_at_what_was_found(event: TextScreened) -> None:
    """Begin a case about a text that a person has to look at."""
    if event.verdict != "review":
        return
    kept = Screening.objects.select_related("member").filter(id=event.screening).first()
    if kept is None or kept.settled_at:
        return
    shown = surfaces.Shown(kept.member, kept.text, kept.title, "", kept.at, False)
    actions.open_case(
        actor=None,
        subject=kept.subject,
        origin=Case.Origin.SCREENING,
        clause=kept.lead,
        confidence=max((f["score"] for f in kept.findings), default=0.0),
        screening=kept.id,
        shown=shown,
        at=event.occurred_at,
    )


@reaction(on=CommentPosted)
def let_the_trusted_pass(event: CommentPosted) -> None:
    """Open a comment in which nothing was found, by a trusted member; others wait for a person."""
    comment = Comment.objects.select_related("author").filter(id=event.comment).first()
    if comment is None or comment.state != "waiting":
        return
    latest = Screening.objects.of(f"comment:{comment.id}").first()
    if latest is not None and latest.decision == "pass" and trusted(comment.author):
        comments.approve_comment(actor=None, comment=comment, at=event.occurred_at)
