"""Effective reads: the page's promise that it was really open for a while.

A page carries a signed token with the moment it was served; the browser sends it back when the
reader has stayed. What the browser claims about focus and scrolling cannot be proven, the time can.
"""

import time
from uuid import UUID, uuid4

from django.core import signing
from django.http import HttpRequest, HttpResponse

from .models import Article

SECONDS = 15
_SALT = "articles.read"
_A_DAY = 86_400
VISITOR_COOKIE = "visitor"
_A_YEAR = 31_536_000


def issue(article: Article, request: HttpRequest | None = None) -> str:
    """A token for one page view of `article`, served now; it names the visitor it was served to.

    So one page view is one read at most, whatever visitors its reader makes up.
    """
    named = request is not None and not request.user.is_authenticated
    visitor = person(request) if named else str(uuid4())
    return signing.dumps([str(article.id), int(time.time()), visitor], salt=_SALT)


def earned(token: str, article: Article) -> bool:
    """Whether `token` was issued for `article`, at least 15 seconds and at most a day ago."""
    try:
        subject, served, _visitor = signing.loads(token, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        return False
    return subject == str(article.id) and time.time() - served >= SECONDS


def reader(request: HttpRequest, token: str) -> str:
    """Who has stayed: the member, or the visitor to whom a token that `earned` the read was served."""
    return request.user.key if request.user.is_authenticated else signing.loads(token, salt=_SALT)[2]


def person(request: HttpRequest) -> str:
    """Who is reading: the member, or the visitor of the first-party cookie (a new one without it)."""
    return request.user.key if request.user.is_authenticated else visitor(request)


def visitor(request: HttpRequest) -> str:
    """The visitor of this browser's cookie, whoever is signed in; a new one without it."""
    try:
        return str(UUID(request.COOKIES.get(VISITOR_COOKIE, "")))
    except ValueError:
        return str(uuid4())


def remember(response: HttpResponse, request: HttpRequest, visitor: str) -> HttpResponse:
    """Let a visitor keep their id for a year; members need none."""
    return response if request.user.is_authenticated else keep(response, request, visitor)


def keep(response: HttpResponse, request: HttpRequest, visitor: str) -> HttpResponse:
    """Put the visitor's id into the browser, for a year from now."""
    response.set_cookie(
        VISITOR_COOKIE,
        visitor,
        max_age=_A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
