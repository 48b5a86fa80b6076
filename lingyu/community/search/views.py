"""The search page, and what it offers while one types.

Holds the views: ask, find, render.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lingyu.community.articles.models import Column
from lingyu.kernel.access import PUBLIC, access

from . import actions, results
from .asking import Asked, asked
from .forms import SearchForm
from .index import base


@access(PUBLIC)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was asked for, found; without a question, how to ask."""
    form = SearchForm(request.GET)
    form.is_valid()
    question, narrowed = asked(form.cleaned_data.get("q", "")), form.narrowed()
    shown, total = results.articles(question, **narrowed)
    if question and narrowed["page"] == 1:
        actions.note_search(actor=None, asked=question, found=total)
    context = {"asked": question, "form": form, "results": shown, "total": total, **narrowed}
    context["many"] = total >= base.NEWEST
    return render(request, "search/page.html", context | _around(question, total, narrowed["page"]))


def _around(question: Asked, total: int, page: int) -> dict:
    turnable = Paginator(range(min(total, results.PAGE * results.LAST)), results.PAGE)
    return {
        "people": results.people(question) if page == 1 else [],
        "columns": Column.objects.all(),
        "turn": turnable.get_page(page),
    }


@access(PUBLIC)
@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The titles that fit what has been typed so far."""
    question = asked(request.GET.get("q", ""))
    found = results.articles(question)[0][:6]
    return render(request, "search/suggestions.html", {"asked": question, "results": found})
