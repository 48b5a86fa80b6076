"""Who brought whom: the generations of sharing, every sharer with what their links came to, each one's line.

Holds the views, which only read; `fission_tables` words the tables, each of which is a file as well.
"""

from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from lingyu.community.accounts.models import Member
from lingyu.community.sharing.fission import root_of
from lingyu.community.sharing.sharers import in_tree, line_of, sharers
from lingyu.desk.board import shell

from .fission_tables import generations, people
from .members import matching
from .tables import download

PAGE = 50
ORDERS = ("readers", "joined", "feathers", "arrivals", "links")


def fission(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All sharers; below the id of a member whom they brought and by whom they came. Files below both."""
    head, _slash, more = rest.strip("/").partition("/")
    try:
        id = UUID(head)
    except ValueError:
        return _all(request, operation, head)
    return _one(request, operation, get_object_or_404(Member, id=id), more)


def _all(request: HttpRequest, operation, file: str) -> HttpResponse:
    asked = {"q": request.GET.get("q", "").replace("\0", "").strip()[:80], "by": request.GET.get("by", "")}
    rows = _matching(**asked)
    whole = generations(None)
    if file:
        return download(request, [whole, people("sharers", rows.iterator(chunk_size=500))], file)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"operation": operation, "asked": asked, "page": page, "generations": whole}
    context["base"] = f"?{urlencode(asked)}&page="
    return render(request, "rewards/fission.html", shell() | context | _drawn(operation, page, asked))


def _one(request: HttpRequest, operation, member: Member, file: str) -> HttpResponse:
    root = root_of(member)
    if file:
        return download(request, [people("tree", in_tree(root).iterator(chunk_size=500))], file)
    friends = sharers().filter(invitation__inviter=member).order_by("-invitation__at", "id")
    page = Paginator(friends, PAGE).get_page(request.GET.get("page"))
    context = {
        "operation": operation,
        "member": member,
        "figures": sharers().filter(pk=member.pk).first(),
        "line": line_of(member),
        "root": Member.objects.get(pk=root),
        "page": page,
        "base": "?page=",
        "generations": generations(Member(pk=root)),
    }
    return render(request, "rewards/sharer.html", shell() | context | _drawn(operation, page))


def _matching(q: str, by: str) -> QuerySet[Member]:
    rows = sharers()
    rows = rows.filter(pk__in=matching(q).values("pk")) if q else rows
    return rows.order_by(f"-{by if by in ORDERS else ORDERS[0]}", "-joined", "id")


def _drawn(operation, page, asked: dict | None = None) -> dict:
    """The table of a page's members, with where their names lead, and how its heads sort."""
    table = people("sharers", page.object_list)
    heads, lines = table.heads(), table.lines()
    heads[0]["href"], heads[1]["href"] = "address", "inviter_address"
    for head in heads if asked else ():
        if head["key"] in ORDERS:
            head["sort"] = f"?{urlencode(asked | {'by': head['key']})}"
            head["sorted"] = "descending" if head["key"] == (asked["by"] or ORDERS[0]) else None
    for line, member in zip(lines, page.object_list, strict=True):
        invitation = getattr(member, "invitation", None)
        line["address"] = _address(operation, member.pk)
        line["inviter_address"] = _address(operation, invitation.inviter_id) if invitation else ""
    return {"heads": heads, "lines": lines, "title": table.title}


def _address(operation, id: UUID) -> str:
    return reverse("desk_subpage", args=[operation.code, "fission", id])
