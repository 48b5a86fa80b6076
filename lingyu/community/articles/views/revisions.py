"""Revisions of an article: listed, compared, restored. For its author, and for administrators."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import ADMINISTER, WRITE_ARTICLE, access
from lingyu.look.differences import differences, words_changed

from .. import actions
from ..models import Article, Revision

PAGE = 30


@access(WRITE_ARTICLE)
@require_safe
def revisions(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every revision, and how one differs from another: the last one from the one before, unless asked."""
    article = _entrusted(request, id)
    newer = _asked(article, request.GET.get("to")) or article.revisions.first()
    older = _asked(article, request.GET.get("from")) or _before(newer)
    rows = differences(older.body, newer.body) if older and newer else []
    gone, put = words_changed(rows)
    kept = article.revisions.select_related("by").defer("body")
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    context = {"article": article, "page": page, "older": older, "newer": newer, "rows": rows}
    context |= {"gone": gone, "put": put, "published_as": _published_as(article), "all": kept[:200]}
    return render(request, "articles/revisions.html", context)


@access(WRITE_ARTICLE)
@require_POST
def restore(request: HttpRequest, id: UUID, number: int) -> HttpResponse:
    """Take the article back to an earlier revision, as a new one."""
    article = _entrusted(request, id)
    revision = get_object_or_404(article.revisions, number=number)
    try:
        actions.restore_revision(actor=request.user, article=article, revision=revision)
        messages.success(request, _("Restored. What stood there before is still in the list."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("revisions", article.id)


def _entrusted(request: HttpRequest, id: UUID) -> Article:
    """One's own article; any for an administrator."""
    found = Article.objects.all() if request.user.may(ADMINISTER) else Article.objects.by(request.user)
    return get_object_or_404(found.select_related("author", "column"), id=id)


def _asked(article: Article, number: str | None) -> Revision | None:
    if not number or not number.isdecimal() or len(number) > 9:
        return None
    return article.revisions.filter(number=int(number)).first()


def _before(revision: Revision | None) -> Revision | None:
    if revision is None:
        return None
    return Revision.objects.filter(article=revision.article_id, number__lt=revision.number).first()


def _published_as(article: Article) -> int | None:
    """The number of the revision with which the article was published."""
    if article.published_at is None:
        return None
    before = article.revisions.filter(at__lte=article.published_at)
    return before.values_list("number", flat=True).first()
