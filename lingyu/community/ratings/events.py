"""Facts about ratings: rated, changed, withdrawn, weighed.

Holds declarations only; `actions` records them. `author` is the member id of the article's writer; stars
are whole, one to five.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("ratings.rated", zh="文章评分", en="Article rated")
class ArticleRated(Event):
    """`person` gave an article stars, having none standing for it."""

    article: UUID
    author: str
    stars: int
    column: str | None = None


@fact("ratings.changed", zh="评分修改", en="Rating changed")
class RatingChanged(Event):
    """`person` gave other stars than the `stars_before` that stood."""

    article: UUID
    author: str
    stars: int
    stars_before: int
    column: str | None = None


@fact("ratings.withdrawn", zh="评分撤回", en="Rating withdrawn")
class RatingWithdrawn(Event):
    """`person` took their `stars_before` back, or left the site."""

    article: UUID
    author: str
    stars_before: int
    column: str | None = None


@fact("ratings.weighed", zh="评分权重调整", en="Rating weighed")
class RatingWeighed(Event):
    """`person`'s rating counts by another weight from now on, in hundredths of a vote; the stars stay."""

    article: UUID
    author: str
    weight: int
    column: str | None = None
