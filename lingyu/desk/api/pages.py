"""The pages of the API for people: tokens, made and shown once, revoked; and what can be asked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingyu.kernel.access import ADMINISTER, USE_API, access

from .. import board
from . import actions, samples
from .forms import TokenForm
from .models import ApiToken


def tokens_of(member):
    """The tokens that somebody may see: their own, and whoever administers the house all."""
    seen = ApiToken.objects.select_related("made_by").order_by("revoked_at", "-made_at")
    return seen if member.may(ADMINISTER) else seen.filter(made_by=member)


@access(USE_API)
def tokens(request: HttpRequest) -> HttpResponse:
    """All tokens, and the form of a new one, whose text is in the answer to it and nowhere else."""
    form = TokenForm(request.POST or None, member=request.user)
    made = text = None
    if request.method == "POST" and form.is_valid():
        try:
            made, text = actions.make_token(actor=request.user, **form.fields_of_token())
            form = TokenForm(member=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    shown = {"tokens": tokens_of(request.user), "form": form, "made": made, "text": text}
    answer = render(request, "desk/api/tokens.html", board.shell() | shown | {"now": timezone.now()})
    answer["Cache-Control"] = "no-store"
    return answer


@access(USE_API)
@require_POST
def revoke(request: HttpRequest, token) -> HttpResponse:
    """Let a token open nothing any more."""
    found = get_object_or_404(tokens_of(request.user), pk=token)
    if actions.revoke_token(actor=request.user, token=found):
        messages.success(request, _("The token has been revoked."))
    return redirect("api_tokens")


@access(USE_API)
@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """What can be asked, with examples to paste."""
    site = request.build_absolute_uri("/").rstrip("/")
    return render(request, "desk/api/reference.html", board.shell() | {"calls": samples.calls(site)})
