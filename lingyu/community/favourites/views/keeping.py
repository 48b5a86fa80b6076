"""Keeping an article and letting go of it; the folder and the note of what is kept."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from lingyu.community.articles.models import Article
from lingyu.kernel.access import SIGNED_IN, access

from .. import actions
from ..forms import FilingForm
from ..models import Favourite
from ..section import button


@access(SIGNED_IN)
@require_POST
def favourite(request: HttpRequest, id: UUID) -> HttpResponse:
    """Keep an article (`keep`), or let go of it: the form says which, so that sent twice is the same."""
    article = get_object_or_404(Article.objects.published().select_related("column"), id=id)
    act = actions.add_favourite if request.POST.get("keep") else actions.remove_favourite
    act(actor=request.user, article=article)
    if request.htmx:
        return render(request, "favourites/button.html", button(request.user, article))
    return redirect("article", article.id)


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def file_favourite(request: HttpRequest, id: UUID) -> HttpResponse:
    """Where a favourite lies, and the note on it: a page, or a form in the article's own."""
    kept = get_object_or_404(Favourite.objects.of(request.user).with_article(), id=id)
    form = FilingForm(request.POST or None, request.user, kept)
    if request.method == "POST" and form.is_valid() and _filed(request, kept, form):
        if request.htmx:
            return render(
                request, "favourites/button.html", button(request.user, kept.article) | {"filed": True}
            )
        return redirect("favourites")
    template = "favourites/filing.html" if request.htmx else "favourites/filing_page.html"
    return render(request, template, {"kept": kept, "form": form})


@access(SIGNED_IN)
@require_POST
def remove_favourite(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let go of a favourite from the list, where the article itself may be gone."""
    kept = get_object_or_404(Favourite.objects.of(request.user).select_related("article__column"), id=id)
    actions.remove_favourite(actor=request.user, article=kept.article)
    messages.success(
        request, _("“%(title)s” is no longer among your favourites.") % {"title": kept.article.title}
    )
    return redirect("favourites")


def _filed(request: HttpRequest, kept: Favourite, form: FilingForm) -> bool:
    asked = form.cleaned_data
    try:
        folder = (
            actions.make_folder(actor=request.user, name=asked["new"]) if asked["new"] else asked["folder"]
        )
        actions.file_favourite(actor=request.user, favourite=kept, folder=folder, note=asked["note"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if not request.htmx:
        messages.success(request, _("Saved."))
    return True
