"""The door of the API: every view behind it asks for a token that opens its scope, and for nothing else.

The permission mark of such a view is PUBLIC, because there is no member in a session to ask (ADR 23): what it
may do is decided by the token, whose maker needs the permission of the scope at every use. No cookie
is looked at, so nobody can be made to send one, and a CSRF token would protect nothing.
"""

import math
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from lingyu.kernel.access import PUBLIC, USE_API, access
from lingyu.kernel.filters import FilterError
from lingyu.kernel.query import QueryError
from lingyu.store.engines.base import EngineError

from . import actions, limits
from .models import ApiToken
from .saying import Refused, refused
from .scopes import Scope

# Of a question; DuckDB and msgspec would take more, people do not write more.
BODY_BYTES = 256 * 1024


def by_token(scope: Scope, method: str = "GET") -> Callable:
    """View decorator: only for who shows a token that opens `scope`; refusals are JSON."""

    def guard(view: Callable) -> Callable:
        @access(PUBLIC)
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args, **named) -> HttpResponse:
            try:
                if request.method != method:
                    raise Refused(405, "method", _("Use %(method)s.") % {"method": method}, Allow=method)
                request.token = admitted(request, scope)
                return view(request, *args, **named)
            except Refused as no:
                return no.answer()
            except (QueryError, FilterError) as error:
                return refused(error).answer()
            except EngineError as error:
                return Refused(503, "engine", str(error), Retry_After="10").answer()

        guarded.scope = scope
        return guarded

    return guard


def admitted(request: HttpRequest, scope: Scope) -> ApiToken:
    """The token that a request shows. Raises Refused with 401, 403 or 429."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    now = timezone.now()
    token = None
    if kind.lower() == "bearer" and text.strip():
        found = ApiToken.objects.standing(now).filter(digest=actions.digest_of(text.strip()))
        token = found.select_related("made_by").first()
    if token is None or not token.made_by.is_active:
        message = _("Show a valid token: “Authorization: Bearer lgy_…”.")
        raise Refused(401, "token", message, WWW_Authenticate='Bearer realm="lingyu"')
    if wait := limits.wait_of(token.pk, token.per_minute):
        message = _("This token may ask %(number)s times a minute.") % {"number": token.per_minute}
        raise Refused(429, "too_often", message, Retry_After=str(math.ceil(wait)))
    if not token.opens(scope.code) or not token.made_by.may(USE_API):
        raise Refused(403, "scope", _("This token does not open %(scope)s.") % {"scope": scope.code})
    if not token.made_by.may(scope.permission):
        raise Refused(403, "maker", _("Whoever made this token may not do that any more."))
    actions.note_use(token=token, day=timezone.localdate(now), now=now)
    return token


def body_of(request: HttpRequest) -> bytes:
    """What was sent. Raises Refused when it is too large."""
    try:
        sent = request.body
    except RequestDataTooBig:
        sent = None
    if sent is None or len(sent) > BODY_BYTES:
        raise Refused(
            400, "too_large", _("The question is larger than %(size)s bytes.") % {"size": BODY_BYTES}
        )
    return sent
