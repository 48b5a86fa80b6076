"""The language switch, which also remembers a member's choice for their mails."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.i18n import set_language

from lingyu.kernel.access import PUBLIC, access

from .. import actions


@access(PUBLIC, silenced=True)
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own switch; a member's choice is kept in the account too."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        actions.choose_language(actor=request.user, language=chosen)
    return set_language(request)
