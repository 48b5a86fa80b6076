"""What follows for sharing from what others do: readers come to count, and invited members take part.

Holds reactions only.
"""

from uuid import UUID

from lingyu.community.articles.events import ArticleRead
from lingyu.community.articles.models import Article
from lingyu.community.comments.events import CommentApproved
from lingyu.community.quiz.events import AnsweredRight
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from . import actions


@reaction(on=ArticleRead)
def count_reader(event: ArticleRead) -> None:
    """Count the read for who brought the reader."""
    article = Article.objects.get(id=event.article)
    actions.follow_read(person=event.person, article=article, at=event.occurred_at)


@reaction(on=ArticleRead)
def read_enough(event: ArticleRead) -> None:
    """An invited member who reads on takes part."""
    _took_part(event, "read")


@reaction(on=CommentApproved)
def commented(event: CommentApproved) -> None:
    """An invited member whose comment passes review takes part."""
    _took_part(event, "comment")


@reaction(on=AnsweredRight)
def answered(event: AnsweredRight) -> None:
    """An invited member who answers a question rightly takes part."""
    _took_part(event, "quiz")


def _took_part(event: Event, what: str) -> None:
    try:
        member = UUID(event.person or "")
    except ValueError:
        return
    actions.note_first_action(member=member, what=what, at=event.occurred_at)
