"""What content operators do, each by the community's own action: featuring, and taking it back.

Holds no writes of its own: the community's actions write, and record the facts.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article


def feature_article(*, actor: Member, article: Article, at: datetime | None = None) -> str:
    """Put `article` at the head of the front page; returns its id as facts name it.

    Raises ValidationError when it stands there already, is not published, or the head is full.
    """
    if not articles.feature_article(actor=actor, article=article, at=at):
        raise ValidationError(_("This article is featured already."))
    return str(article.id)


def end_feature(*, actor: Member, subject: str, at: datetime | None = None) -> bool:
    """Take the article called `subject` from the head of the front page; False when it had left it."""
    article = Article.objects.select_related("column").get(id=subject)
    return articles.end_feature(actor=actor, article=article, at=at)
