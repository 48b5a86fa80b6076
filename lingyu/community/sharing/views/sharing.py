"""Sharing an article: giving the link, and following it.

Holds the views: find, call, render.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lingyu.community.articles import reads
from lingyu.community.articles.models import Article
from lingyu.kernel.access import PUBLIC, access

from .. import actions, links, qr
from ..models import ShareLink
from ..section import address, offer, standing
from ..signals import keep, looks_ahead, signals


@access(PUBLIC)
@never_cache
@require_safe
def share(request: HttpRequest, id: UUID) -> HttpResponse:
    """The link to pass on and its QR code: a member's own, made now; for visitors the article's."""
    article = get_object_or_404(Article.objects.published().select_related("author"), id=id)
    context = offer(request, article, _own(request, article))
    return render(request, "sharing/links.html" if request.htmx else "sharing/page.html", context)


@access(PUBLIC)
@never_cache
@require_safe
def picture(request: HttpRequest, id: UUID) -> HttpResponse:
    """The QR code as a file to keep."""
    article = get_object_or_404(Article.objects.published(), id=id)
    file = qr.picture(address(request, article, _own(request, article)))
    return HttpResponse(
        file, "image/png", headers={"Content-Disposition": 'attachment; filename="lingyu-qr.png"'}
    )


@access(PUBLIC)
@require_safe
def code(request: HttpRequest, id: UUID) -> HttpResponse:
    """The QR code beside the text: with `?own` of the link that a member has made, else of the article."""
    article = get_object_or_404(Article.objects.published(), id=id)
    link = standing(request.user, article) if "own" in request.GET else None
    kept = {"Cache-Control": "private, max-age=3600"}
    return HttpResponse(qr.vector(address(request, article, link)), "image/svg+xml", headers=kept)


@access(PUBLIC)
@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to the article; note who brought the reader when the link is ours, and say nothing when not."""
    try:
        article = links.article_of(token)
    except ValueError:
        raise Http404 from None
    answer = redirect("article", article)
    link = links.found(token[links.LENGTH :], article)
    return arrived(request, answer, link) if link else answer


def arrived(request: HttpRequest, answer: HttpResponse, link: ShareLink) -> HttpResponse:
    """Note that this browser came by a link; the answer, with the cookie by which it is known again."""
    if request.method != "GET" or looks_ahead(request):
        return answer
    now, visitor = timezone.now(), reads.visitor(request)
    actor, seen = request.user if request.user.is_authenticated else None, signals(request, visitor, now)
    if actor:
        actions.note_trace(actor=actor, signals=seen, at=now)
    actions.arrive(actor=actor, link=link, person=actor.key if actor else visitor, signals=seen, at=now)
    return keep(answer, request, visitor)


def _own(request: HttpRequest, article: Article) -> ShareLink | None:
    """The member's link; whoever asks for it is signed in with this browser, which is noted."""
    if not request.user.is_authenticated:
        return None
    now = timezone.now()
    seen = signals(request, reads.visitor(request), now)
    actions.note_trace(actor=request.user, signals=seen, at=now)
    return actions.make_link(actor=request.user, article=article, at=now)
