"""What content operators may do, and the metric that each should move."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from lingyu.community.articles.models import FEATURED_LIMIT, Article, Feature
from lingyu.kernel.operations import Lever
from lingyu.kernel.text import N_

from . import actions
from .metrics import EFFECTIVE_READS
from .names import article_names

# Articles offered for choice: in a longer list nobody finds one.
OFFERED = 100


class _Newest(ModelChoiceIterator):
    """The first choices only; what is posted may be any of them all."""

    def __init__(self, field):
        super().__init__(field)
        self.queryset = self.queryset[:OFFERED]


class ArticleChoice(forms.ModelChoiceField):
    """An article by its title and its author."""

    iterator = _Newest

    def label_from_instance(self, article: Article) -> str:
        """The article as the operator knows it."""
        return f"{article.title} · {article.author.display_name}"


class FeatureForm(forms.Form):
    """Which article to feature."""

    article = ArticleChoice(
        label=_("Article"),
        queryset=Article.objects.published().listed(),
        empty_label=_("Choose an article"),
        help_text=_("Published articles, the newest first."),
    )


def cannot_feature(article: Article | None = None) -> str | None:
    """Why `article`, or any article, cannot be featured now."""
    standing = Feature.objects.standing()
    if article and standing.filter(article=article).exists():
        return N_("This article is featured already.")
    if standing.count() >= FEATURED_LIMIT:
        return N_("The head of the front page is full: three articles are featured. Take one back first.")
    return None


FEATURE = Lever(
    code="feature_article",
    zh="推荐文章",
    en="Feature an article",
    icon="star",
    about=N_(
        "The article stands at the head of the front page, marked as featured, until it is taken back. "
        "Three can stand there at once."
    ),
    moves=EFFECTIVE_READS,
    pulls=actions.feature_article,
    undoes=actions.end_feature,
    guard=cannot_feature,
    form=FeatureForm,
    by="article",
    names=article_names,
)
