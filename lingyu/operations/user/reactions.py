"""What follows for groups from what happens on the site."""

from uuid import UUID

from lingyu.community.accounts.events import MemberErased
from lingyu.community.accounts.models import Member
from lingyu.community.articles.events import ArticleRead
from lingyu.community.comments.events import CommentApproved
from lingyu.kernel.reactions import reaction

from . import actions


@reaction(on=CommentApproved)
def count_in_the_section(event: CommentApproved) -> None:
    """An approved comment is a message in the forum sections that its column feeds."""
    if event.column:
        actions.take_comment(actor=None, comment=event.comment, column=event.column)


@reaction(on=ArticleRead)
def be_in_the_section(event: ArticleRead) -> None:
    """A member who reads effectively in a column belongs to the forum sections that it feeds."""
    if event.column and (member := _member(event.person)):
        actions.take_reader(actor=None, member=member, column=event.column, at=event.occurred_at)


@reaction(on=MemberErased)
def forget_whom_it_was(event: MemberErased) -> None:
    """The name and the sampled words of an erased member go; what was counted stays."""
    actions.forget_person(actor=None, member=event.person)


def _member(person: str | None) -> Member | None:
    """The member of a person's key; None for a visitor."""
    try:
        return Member.objects.filter(id=UUID(person or "")).first()
    except ValueError:
        return None
