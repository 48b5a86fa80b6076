"""Comments below an article: shown again in place, and posted, with and without a script."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from lingyu.community.articles.models import Article
from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from .. import actions
from ..forms import CommentForm
from ..section import thread


@access(PUBLIC)
@require_safe
@vary_on_headers("HX-Request")
def comments(request: HttpRequest, id: UUID) -> HttpResponse:
    """The section alone, for a page that is there already; anyone else is sent to the article."""
    article = get_object_or_404(Article.objects.published().select_related("author", "column"), id=id)
    if not request.htmx:
        return redirect(f"{article.get_absolute_url()}?{request.GET.urlencode()}#comments")
    return render(request, "comments/section.html", thread(request, article))


@access(SIGNED_IN)
@require_POST
def post_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a comment; show it in place, or go back to the article where it now stands."""
    article = get_object_or_404(Article.objects.published().select_related("author", "column"), id=id)
    form = CommentForm(request.POST)
    comment = _posted(request, article, form) if form.is_valid() else None
    if request.htmx:
        shown = thread(request, article, None if comment else form)
        return render(request, "comments/section.html", shown | {"new": comment})
    if comment is None:
        return render(request, "comments/again.html", {"article": article, "form": form}, status=422)
    messages.success(request, _("Thank you. A moderator looks at every comment before others see it."))
    return redirect(f"{reverse('article', args=[article.id])}#comment-{comment.id}")


def _posted(request: HttpRequest, article: Article, form: CommentForm):
    try:
        contest = "contest" in request.POST
        return actions.post_comment(actor=request.user, article=article, contest=contest, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        form.remarks = getattr(error, "remarks", [])
        return None
