"""Sharing around an article: the button under the title, and the code to scan beside the text.

Holds sections, and what their templates need; the page without a script has the same.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section
from lingyu.community.feathers.actions import version_in_force
from lingyu.community.feathers.models import Receipt
from lingyu.store.prepared import Prepared

from .links import token
from .models import Arrival, ShareLink
from .qr import drawn
from .rewards import READER

OWN = Prepared(lambda member, article: ShareLink.objects.standing().of(member, article)[:1])


@section("sharing", order=50, place="bar")
def share_button(request: HttpRequest, article: Article) -> str:
    """The way to a link of one's own; nothing for drafts."""
    if not article.is_published:
        return ""
    return render_to_string("sharing/bar.html", {"article": article}, request)


@section("sharing", order=5, place="aside")
def scan_beside(request: HttpRequest, article: Article) -> str:
    """The article as a QR code: by the member's own link when they have made one."""
    if not article.is_published:
        return ""
    context = {"article": article, "own": standing(request.user, article) is not None}
    return render_to_string("sharing/aside.html", context, request)


def standing(reader, article: Article) -> ShareLink | None:
    """The link that a member has made; none for a visitor."""
    if not reader.is_authenticated:
        return None
    found = OWN.first(member=reader.id, article=article.id)
    return found if found and found.works(timezone.now()) else None


def address(request: HttpRequest, article: Article, link: ShareLink | None) -> str:
    """The whole address to share: of the member's link, or of the article itself."""
    path = reverse("share_link", args=[token(link)]) if link else article.get_absolute_url()
    return request.build_absolute_uri(path)


def offer(request: HttpRequest, article: Article, link: ShareLink | None) -> dict:
    """What the dialog and the page need."""
    terms, whole = version_in_force(READER).terms, address(request, article, link)
    return {
        "article": article,
        "link": link,
        "whole": whole,
        "drawn": drawn(whole),
        "terms": terms,
        "came": link.arrivals.exclude(member=link.member_id).count() if link else 0,
        "readers": Arrival.objects.qualified().filter(link=link).count() if link else 0,
        "earned": earned(link.member, article) if link else 0,
    }


def earned(member: Member, article: Article) -> int:
    """Feathers promised and posted for readers of one article."""
    return Receipt.objects.filter(member=member, cause=READER.code, subject=f"article:{article.id}").used()
