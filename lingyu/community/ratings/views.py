"""Giving stars, taking them back, and the page that says how the overall rating is made.

Holds the views: find, call, render.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.community.articles.models import Article
from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from . import actions
from .models import Prior
from .scoring import PRIOR_VOTES
from .section import around


@access(SIGNED_IN)
@require_POST
def rate(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give stars or take them back; show it in place, or go back to the article."""
    article = get_object_or_404(Article.objects.published().select_related("author", "column"), id=id)
    error = _rated(request, article)
    if request.htmx:
        return render(request, "ratings/section.html", around(request, article, error, oob=True))
    if error:
        messages.error(request, error)
    return redirect(f"{article.get_absolute_url()}#rating")


def _rated(request: HttpRequest, article: Article) -> str:
    """What was wrong with it, in words; nothing when it was done."""
    stars = request.POST.get("stars", "")
    try:
        if "withdraw" in request.POST:
            actions.withdraw_rating(actor=request.user, article=article)
        else:
            given = int(stars) if stars.isascii() and stars.isdigit() and len(stars) == 1 else 0
            actions.rate_article(actor=request.user, article=article, stars=given)
    except ValidationError as error:
        return " ".join(error.messages)
    if not request.htmx:
        messages.success(
            request,
            _("Your rating is taken back.")
            if "withdraw" in request.POST
            else _("Thank you for your rating."),
        )
    return ""


@access(PUBLIC)
@require_safe
def ratings_explained(request: HttpRequest) -> HttpResponse:
    """How the overall rating is made, with the figures that go into it now."""
    return render(request, "ratings/explained.html", {"prior": Prior.standing(), "prior_votes": PRIOR_VOTES})
