"""Which pictures articles show: what the pictures ask before one is removed."""

from django.db.models import Q

from lingyu.community.pictures.uses import use

from .models import Article, WorkingCopy


@use("articles")
def shows(url: str) -> bool:
    """Whether an article that is not taken down, or a text that is not saved yet, has this picture."""
    named = Q(body__contains=url)
    standing = Article.objects.filter(named, retired_at__isnull=True)
    return standing.exists() or WorkingCopy.objects.filter(named).exists()
