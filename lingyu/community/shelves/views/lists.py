"""Where articles stand together: the front page, columns, keywords, authors."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column, Keyword
from lingyu.community.articles.paging import Pages
from lingyu.community.articles.sections import badges
from lingyu.kernel.access import PUBLIC, access

from .. import figures
from ..orders import ORDERS, Order, asked_for

PAGE = 12
MOST_READ = 6
KEYWORDS = 200


@access(PUBLIC)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """All articles, the featured ones before the newest. Addresses from before shelves lead to those."""
    if elsewhere := _moved(request):
        return redirect(elsewhere, permanent=True)
    found, order, featured = Article.objects.published().listed(), asked_for(request.GET.get("sort", "")), []
    if not order.code:
        found, featured = found.not_featured(), Article.objects.featured().listed()
    page = Pages(order.put(found), PAGE).get_page(request.GET.get("page"))
    context = _sorted(order) | {
        "page": page,
        "featured": featured,
        "badges": badges([*page, *featured]),
        "columns": Column.objects.all(),
        "most_read": figures.most_read(MOST_READ),
    }
    return render(request, "shelves/front.html", context)


@access(PUBLIC)
@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Every column, what it is about and how much stands in it."""
    found = Column.objects.select_related("about")
    return render(request, "shelves/columns.html", {"columns": found, "figures": figures.of_columns()})


@access(PUBLIC)
@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    """One column."""
    shown = get_object_or_404(Column.objects.select_related("about"), slug=slug)
    context = _shelf(request, Article.objects.published().filter(column=shown))
    others = Column.objects.all()
    return render(request, "shelves/column.html", context | {"column": shown, "columns": others})


@access(PUBLIC)
@require_safe
def keywords(request: HttpRequest) -> HttpResponse:
    """Every keyword that published articles have, with their number."""
    page = Paginator(figures.of_keywords(), KEYWORDS).get_page(request.GET.get("page"))
    words = dict(Keyword.objects.filter(id__in=dict(page)).values_list("id", "word"))
    counts = [(words[id], n) for id, n in page if id in words]
    return render(request, "shelves/keywords.html", {"page": page, "counts": counts})


@access(PUBLIC)
@require_safe
def keyword(request: HttpRequest, word: str) -> HttpResponse:
    """The articles with one keyword."""
    shown = get_object_or_404(Keyword, word=word)
    context = _shelf(request, Article.objects.published().filter(keywords=shown))
    return render(request, "shelves/keyword.html", context | {"keyword": shown})


@access(PUBLIC)
@require_safe
def author(request: HttpRequest, username: str) -> HttpResponse:
    """A member and what they have published."""
    member = get_object_or_404(Member.objects.active(), username=username)
    context = _shelf(request, Article.objects.published().by(member))
    figured = {"author": member, "figures": figures.renown(member)}
    return render(request, "shelves/author.html", context | figured)


def _shelf(request: HttpRequest, found: QuerySet) -> dict:
    """One page of a shelf in the order asked for, with its marks."""
    order = asked_for(request.GET.get("sort", ""))
    page: Page = Pages(order.put(found.listed()), PAGE).get_page(request.GET.get("page"))
    return _sorted(order) | {"page": page, "badges": badges(list(page))}


def _sorted(order: Order) -> dict:
    return {"orders": ORDERS.values(), "order": order}


def _moved(request: HttpRequest) -> str:
    """Where a column or a keyword stands that an old address asks for; 404 when there is none."""
    if slug := request.GET.get("column"):
        return reverse("column", args=[get_object_or_404(Column, slug=slug).slug])
    if word := request.GET.get("keyword"):
        return reverse("keyword", args=[get_object_or_404(Keyword, word=word).word])
    return ""
