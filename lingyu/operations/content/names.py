"""The names behind the ids in content facts, for the rows of a breakdown."""

from django.utils.translation import get_language

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column


def author_names(keys: list) -> dict[str, str]:
    """Pen names by member id."""
    return {str(m.pk): m.pen_name or m.username for m in Member.objects.filter(pk__in=keys)}


def column_names(keys: list) -> dict[str, str]:
    """Titles by the column's address."""
    return {c.slug: c.label(get_language() or "en") for c in Column.objects.filter(slug__in=keys)}


def article_names(keys: list) -> dict[str, str]:
    """Titles by article id."""
    return {str(id): title for id, title in Article.objects.filter(pk__in=keys).values_list("pk", "title")}
