"""The pages of writers: their articles, the writing page with its preview, publishing and retiring."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.kernel.access import WRITE_ARTICLE, access

from .. import actions
from ..forms import ArticleForm
from ..models import BODY_LIMIT, Article
from ..prose import render as render_prose


@access(WRITE_ARTICLE)
@require_safe
def my_articles(request: HttpRequest) -> HttpResponse:
    """A writer's own drafts and published articles."""
    own = Article.objects.by(request.user).listed()
    return render(request, "articles/mine.html", {"drafts": own.drafts(), "published": own.published()})


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin an article: keep it as a draft, or publish it at once."""
    form = ArticleForm(request.POST or None)
    if form.is_valid() and (new := _kept(request, form, None)):
        return _onwards(request, new)
    return render(request, "articles/write.html", {"form": form, "article": None})


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def edit_article(request: HttpRequest, id: UUID) -> HttpResponse:
    """Go on writing one's own article."""
    own = get_object_or_404(Article.objects.by(request.user), id=id, retired_at__isnull=True)
    form = ArticleForm(request.POST) if request.method == "POST" else ArticleForm.of(own)
    if form.is_valid() and _kept(request, form, own):
        return _onwards(request, own)
    return render(request, "articles/write.html", {"form": form, "article": own})


@access(WRITE_ARTICLE)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as readers will see it; nothing is kept."""
    html = render_prose(request.POST.get("body", "")[:BODY_LIMIT]).html
    return render(request, "articles/preview.html", {"html": html})


@access(WRITE_ARTICLE)
@require_POST
def retire_article(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own article off the site, saying why."""
    own = get_object_or_404(Article.objects.by(request.user), id=id)
    try:
        actions.retire_article(actor=request.user, article=own, reason=request.POST.get("reason", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("edit_article", own.id)
    messages.success(request, _("“%(title)s” is off the site.") % {"title": own.title})
    return redirect("my_articles")


def _kept(request: HttpRequest, form: ArticleForm, article: Article | None) -> Article | None:
    """The article as saved, or None with the reasons on the form."""
    try:
        if article is None:
            return actions.write_article(actor=request.user, **form.cleaned_data)
        return actions.edit_article(actor=request.user, article=article, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _onwards(request: HttpRequest, article: Article) -> HttpResponse:
    """To the article when it is open, back to the writing page when it is a draft."""
    if "publish" in request.POST and actions.publish_article(actor=request.user, article=article):
        messages.success(request, _("Published. Everybody can read it now."))
    else:
        messages.success(request, _("Saved."))
    return redirect("article" if article.is_published else "edit_article", article.id)
