"""What the search follows: articles that open, change or go, and people who come, rename themselves or go.

Holds reactions only; each re-reads the row as it is now, so their order does not matter.
"""

from uuid import UUID

from lingyu.community.accounts.events import AccountClosed, AccountReopened, MemberJoined, ProfileEdited
from lingyu.community.articles.events import (
    ArticleEdited,
    ArticlePublished,
    ArticleReinstated,
    ArticleRetired,
)
from lingyu.community.unlocks.events import ArticlePriced
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from . import actions


@reaction(on=ArticlePublished)
def article_opened(event: ArticlePublished) -> None:
    """Let it be found."""
    actions.index_article(actor=None, article=event.article)


@reaction(on=ArticleEdited)
def article_changed(event: ArticleEdited) -> None:
    """Find it by its new words."""
    actions.index_article(actor=None, article=event.article)


@reaction(on=ArticleRetired)
def article_gone(event: ArticleRetired) -> None:
    """Find it no more."""
    actions.index_article(actor=None, article=event.article)


@reaction(on=ArticleReinstated)
def article_back(event: ArticleReinstated) -> None:
    """Find it again."""
    actions.index_article(actor=None, article=event.article)


@reaction(on=ArticlePriced)
def article_priced(event: ArticlePriced) -> None:
    """Find no more of it than everybody may read."""
    actions.index_article(actor=None, article=event.article)


def _person_changed(event: Event) -> None:
    actions.index_person(actor=None, member=UUID(event.person))


@reaction(on=MemberJoined)
def member_joined(event: MemberJoined) -> None:
    """Let people find the new member."""
    _person_changed(event)


@reaction(on=ProfileEdited)
def member_renamed(event: ProfileEdited) -> None:
    """Find the member by the new name."""
    _person_changed(event)


@reaction(on=AccountClosed)
def member_gone(event: AccountClosed) -> None:
    """Find the member no more."""
    _person_changed(event)


@reaction(on=AccountReopened)
def member_back(event: AccountReopened) -> None:
    """Find the member again."""
    _person_changed(event)
