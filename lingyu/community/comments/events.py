"""Facts about comments: posted, approved, removed, restored.

Holds declarations only; `actions` records them. `author` is the member id of the article's writer.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("comments.posted", zh="评论提交", en="Comment posted")
class CommentPosted(Event):
    """`person` said something below an article; nobody else sees it before it is approved.

    `reply` tells an answer to another comment from a comment on the article itself.
    """

    article: UUID
    comment: UUID
    author: str
    reply: bool
    column: str | None = None


@fact("comments.approved", zh="评论过审", en="Comment approved")
class CommentApproved(Event):
    """A moderator (`actor`) opened `person`'s comment to everybody. At most once for a comment."""

    article: UUID
    comment: UUID
    author: str
    column: str | None = None


@fact("comments.removed", zh="评论移除", en="Comment removed")
class CommentRemoved(Event):
    """A moderator (`actor`) took away `person`'s comment, waiting or approved; `reason` is a code."""

    article: UUID
    comment: UUID
    author: str
    reason: str
    column: str | None = None


@fact("comments.restored", zh="评论恢复", en="Comment restored")
class CommentRestored(Event):
    """A moderator (`actor`) undid the removal of `person`'s comment: everybody sees it again."""

    article: UUID
    comment: UUID
    author: str
    column: str | None = None
