"""Forum sections, fed by what happens below a column's articles: reading is being there, a comment is a
message.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingyu.community.accounts.models import Member
from lingyu.community.comments.models import Comment

from ..models import Group
from .talking import Came, Noted, Said, note

SOURCE = "site"
# Comments that a section which is opened takes over; those before are history.
MOST = 5_000


@transaction.atomic
def take_comment(*, actor: Member | None, comment: UUID, column: str) -> int:
    """Note an approved comment in the sections that the column feeds; in how many it was new."""
    sections = list(Group.objects.fed_by(column))
    found = Comment.objects.with_author().filter(id=comment).first() if sections else None
    if found is None:
        return 0
    return sum(note(actor=actor, group=g, told=[_said(found)], source=SOURCE).messages for g in sections)


@transaction.atomic
def take_reader(*, actor: Member | None, member: Member, column: str, at: datetime) -> int:
    """Note that a member came to read: they belong to the section from the first time on. How many stays
    began.
    """
    came = [Came(at, member.key, member.display_name)]
    sections = Group.objects.fed_by(column).exclude(memberships__participant__member=member)
    return sum(note(actor=actor, group=g, told=came, source=SOURCE).joined for g in sections)


@transaction.atomic
def feed_section(*, actor: Member | None, group: Group) -> Noted:
    """Take over the newest comments that were there before the section was opened."""
    rows = Comment.objects.approved().filter(article__column__slug=group.column).with_author()
    told = [_said(comment) for comment in rows.order_by("-posted_at")[:MOST]]
    return note(actor=actor, group=group, told=told, source=SOURCE)


def _said(comment: Comment) -> Said:
    author = comment.author
    return Said(f"comment:{comment.id}", comment.posted_at, author.key, author.display_name, comment.body)
