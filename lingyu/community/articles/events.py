"""Facts about articles: written, scheduled, published, edited, retired, featured, effectively read.

Holds declarations only; `actions` records them. `author` is the writer's member id, `column` the
address of the column the article stood in at that moment.
"""

from datetime import datetime
from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("articles.drafted", zh="文章起草", en="Article drafted")
class ArticleDrafted(Event):
    """A member began an article that nobody else sees yet."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.edited", zh="文章修改", en="Article edited")
class ArticleEdited(Event):
    """The words, the column or the keywords of an article were changed, before or after publishing."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.published", zh="文章发布", en="Article published")
class ArticlePublished(Event):
    """An article was opened to everybody. Counts once for an article, on the day it was published."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.scheduled", zh="文章定时发布", en="Article scheduled")
class ArticleScheduled(Event):
    """A time was chosen at which an article will be published, or another one than before."""

    article: UUID
    author: str
    scheduled_for: datetime
    column: str | None = None


@fact("articles.schedule_cancelled", zh="取消定时发布", en="Schedule cancelled")
class ScheduleCancelled(Event):
    """An article that was to be published at a chosen time stays a draft, or was retired before."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.retired", zh="文章下线", en="Article retired")
class ArticleRetired(Event):
    """A published article was taken off the site; `reason` is what the person who did it wrote."""

    article: UUID
    author: str
    reason: str
    column: str | None = None


@fact("articles.featured", zh="文章推荐", en="Article featured")
class ArticleFeatured(Event):
    """An article was put at the head of the front page, by hand."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.feature_ended", zh="文章推荐结束", en="Article feature ended")
class FeatureEnded(Event):
    """An article left the head of the front page: taken down by hand, or retired altogether."""

    article: UUID
    author: str
    column: str | None = None


@fact("articles.read", zh="有效阅读", en="Article read")
class ArticleRead(Event):
    """A person stayed with an article: visible and focused for 15 seconds, scrolled at least half-way.

    `person` is the member, or the visitor's first-party cookie. At most one for a person, an article
    and a calendar day of the site; the author's own reading is none. Opening a page records nothing.
    """

    article: UUID
    author: str
    column: str | None = None


@fact("articles.reinstated", zh="文章恢复", en="Article reinstated")
class ArticleReinstated(Event):
    """Somebody (`actor`) brought an article back that had been taken off the site, as after a won appeal."""

    article: UUID
    author: str
    column: str | None = None
