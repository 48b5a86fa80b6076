"""Facts about paid articles: priced, unlocked, refunded.

Holds declarations only; `actions` records them.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("unlocks.priced", zh="文章定价", en="Article priced")
class ArticlePriced(Event):
    """An article was given a price in feathers, or made free (nought)."""

    article: UUID
    author: str
    feathers: int


@fact("unlocks.unlocked", zh="付费解锁", en="Article unlocked")
class ArticleUnlocked(Event):
    """A member bought an article; at most once for both."""

    article: UUID
    author: str
    feathers: int


@fact("unlocks.refunded", zh="解锁退款", en="Unlock refunded")
class UnlockRefunded(Event):
    """A member had the feathers back for an article that was taken off the site."""

    article: UUID
    author: str
    feathers: int
