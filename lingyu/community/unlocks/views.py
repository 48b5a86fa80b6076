"""Buying an article, what one has bought, and setting a price.

Holds the views: find, call, render.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.kernel.access import SIGNED_IN, WRITE_ARTICLE, access

from . import actions, quotes
from .forms import PriceForm
from .models import Price, Unlock
from .section import offer


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, id: UUID) -> HttpResponse:
    """Confirm the price, and buy."""
    article = get_object_or_404(Article.objects.published().select_related("author"), id=id)
    if open_to(request.user, article):
        return redirect("article", article.id)
    if request.method == "POST":
        return _buy(request, article)
    return render(request, "unlocks/confirm.html", offer(request.user, article))


def _buy(request: HttpRequest, article: Article) -> HttpResponse:
    try:
        quote = quotes.read(request.POST.get("quote", ""), article.id, request.user.id)
    except quotes.BadQuote:
        messages.warning(request, _("The price you saw is too old. Here is the present one."))
        return redirect("unlock", article.id)
    bought = actions.unlock_article(actor=request.user, article=article, quote=quote)
    if bought.unlock:
        messages.success(request, _("It is yours now, for good. Enjoy the reading."))
        return redirect("article", article.id)
    was = quote.price if bought.price is not None else None
    return render(request, "unlocks/confirm.html", offer(request.user, article, was), status=409)


@access(SIGNED_IN)
@require_safe
def unlocked(request: HttpRequest) -> HttpResponse:
    """The articles one has bought."""
    rows = Unlock.objects.of(request.user).select_related("article__author", "article__column")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "unlocks/mine.html", {"page": page})


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def price(request: HttpRequest, id: UUID) -> HttpResponse:
    """What one's own article costs, or any for who manages feathers."""
    rows = Article.objects.all() if request.user.may("feathers.manage") else Article.objects.by(request.user)
    article = get_object_or_404(rows, id=id)
    now = Price.objects.standing([article.id]).get(article.id, 0)
    form = PriceForm(request.POST or None, initial={"feathers": now})
    if request.method == "POST" and form.is_valid() and _priced(request, article, form):
        return redirect("article", article.id)
    return render(
        request, "unlocks/price.html", {"article": article, "form": form, "sold": article.unlocks.count()}
    )


def _priced(request: HttpRequest, article: Article, form: forms.Form) -> bool:
    try:
        actions.price_article(actor=request.user, article=article, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("The price has been set. Whoever has bought it keeps it."))
    return True
