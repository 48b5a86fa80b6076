"""The one gate in front of every view: deny first.

Reads the mark that `lingyu.kernel.access.access` left on the view. Holds the short table of
third-party views, which cannot carry a mark.
"""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lingyu.community.accounts import door
from lingyu.kernel.access import ADMINISTER, PUBLIC

# By module prefix. allauth asks for a session itself where its pages need one.
THIRD_PARTY = {
    "allauth.": PUBLIC,
    "django.views.i18n": PUBLIC,
    "django.views.static": PUBLIC,
    "django.contrib.staticfiles": PUBLIC,
    "django.contrib.admin": ADMINISTER,
}


def asked_by(view) -> str | None:
    """The permission that `view` asks for, or None when it states none."""
    view = getattr(view, "view_class", view)
    if code := getattr(view, "access", None):
        return code
    module = getattr(view, "__module__", "")
    return next((code for prefix, code in THIRD_PARTY.items() if module.startswith(prefix)), None)


class AccessMiddleware:
    """Refuses every request whose view states no permission, or one that the visitor lacks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let the visitor in, ask them to log in, or refuse."""
        code = asked_by(view)
        if code == PUBLIC or (code and request.user.may(code)):
            return refusal(request, view, code)
        if code and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied(code or "this view states no permission")


def refusal(request: HttpRequest, view, code: str) -> HttpResponse | None:
    """The page that tells a silenced member why not; None for everybody else, and for what stays open.

    Public pages stay readable whatever one's standing. Of third parties' views, those of the account
    (signing out, its addresses) stay open: no member writes there for others.
    """
    safe = request.method in ("GET", "HEAD", "OPTIONS", "TRACE")
    if (safe and code == PUBLIC) or not request.user.is_authenticated or open_to_the_silenced(view):
        return None
    standing = door.standing_of(request.user)
    if standing.enters and (safe or standing.speaks):
        return None
    return render(request, "accounts/silenced.html", {"standing": standing}, status=403)


def open_to_the_silenced(view) -> bool:
    """Whether a view stays open to members who may not write or enter."""
    view = getattr(view, "view_class", view)
    module = getattr(view, "__module__", "")
    return getattr(view, "silenced", False) or module.startswith(("allauth.", "django.views."))
