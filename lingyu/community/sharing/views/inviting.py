"""Inviting friends: one's own link and who came by it, and where a friend arrives.

Holds the views: find, call, render.
"""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lingyu.community.articles.models import Article
from lingyu.community.feathers.actions import version_in_force
from lingyu.community.feathers.models import Receipt
from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from .. import actions, links, qr
from ..models import Arrival, Invitation
from ..rewards import FRIEND, READER
from .sharing import arrived

PAGE = 20
NEWEST = 3


@access(SIGNED_IN)
@never_cache
@require_safe
def invite(request: HttpRequest) -> HttpResponse:
    """One's own link, made at the first time, how it works, who came, and what it earned."""
    mine = Invitation.objects.filter(inviter=request.user).order_by("-at").select_related("invitee")
    whole = _address(request)
    context = {
        "whole": whole,
        "drawn": qr.drawn(whole),
        "terms": version_in_force(FRIEND).terms,
        "page": Paginator(mine, PAGE).get_page(request.GET.get("page")),
        "active": mine.filter(active_at__isnull=False, dismissed_at__isnull=True).count(),
        "readers": Arrival.objects.qualified().filter(link__member=request.user).count(),
        "earned": Receipt.objects.filter(member=request.user, cause__in=[FRIEND.code, READER.code]).used(),
    }
    return render(request, "sharing/invite.html", context)


@access(SIGNED_IN)
@never_cache
@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The QR code of the invitation as a file to keep."""
    file = qr.picture(_address(request))
    return HttpResponse(
        file, "image/png", headers={"Content-Disposition": 'attachment; filename="lingyu-invite.png"'}
    )


@access(PUBLIC)
@never_cache
@require_safe
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """Where a friend arrives: who invites, and the way in. A link that is none of ours welcomes too."""
    if request.user.is_authenticated:
        return redirect("articles")
    link = links.found(code, None)
    known = link if link and link.ended_at is None and link.member.is_active else None
    newest = Article.objects.published().listed()[:NEWEST]
    answer = render(request, "sharing/welcome.html", {"inviter": known and known.member, "articles": newest})
    return arrived(request, answer, link) if link else answer


def _address(request: HttpRequest) -> str:
    link = actions.make_link(actor=request.user)
    path = reverse("invitation", args=[links.code(link.number, None)])
    return request.build_absolute_uri(path)
