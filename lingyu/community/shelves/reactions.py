"""What follows for shelves from what readers do.

Holds reactions only.
"""

from django.utils import timezone

from lingyu.community.articles.events import ArticleRead
from lingyu.kernel.reactions import reaction

from . import actions


@reaction(on=ArticleRead)
def article_read(event: ArticleRead) -> None:
    """Count the read."""
    actions.count_read(actor=None, article=event.article, day=timezone.localdate(event.occurred_at))
