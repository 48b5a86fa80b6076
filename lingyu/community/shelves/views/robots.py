"""What search engines ask for: robots.txt, and the sitemap with its parts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from lingyu.kernel.access import PUBLIC, access

from .. import robots

XML = "application/xml; charset=utf-8"


@access(PUBLIC)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page, or the index of the files that list them."""
    return _kept(HttpResponse(robots.whole(_site(request)), content_type=XML))


@access(PUBLIC)
@require_safe
def sitemap_part(request: HttpRequest, part: str, number: int) -> HttpResponse:
    """One file of the index."""
    if (found := robots.part(part, number, _site(request))) is None:
        raise Http404
    return _kept(HttpResponse(found, content_type=XML))


@access(PUBLIC)
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """Where engines need not look."""
    return _kept(HttpResponse(robots.robots(_site(request)), content_type="text/plain; charset=utf-8"))


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _kept(answer: HttpResponse) -> HttpResponse:
    patch_cache_control(answer, public=True, max_age=3600)
    return answer
