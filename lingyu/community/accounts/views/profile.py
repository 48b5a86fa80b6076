"""The member's own page: what others read, how the site speaks to them, and the cards of other rooms."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingyu.kernel.access import SIGNED_IN, access

from .. import actions, door
from ..forms import ProfileForm
from ..habits import speak_to
from ..models import Member


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Change what others read about oneself, and how the site speaks to one."""
    form = ProfileForm.of(request.user, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "account/profile.html", {"form": form, **doors_of(request.user)})
    told = form.cleaned_data
    if not _shown(request, form):
        return render(request, "account/profile.html", {"form": form, **doors_of(request.user)}, status=422)
    actions.show_times(actor=request.user, exact=told["times"] == "exact")
    if told["language"]:
        actions.choose_language(actor=request.user, language=told["language"])
        translation.activate(told["language"])
    messages.success(request, _("Your profile is saved."))
    return speak_to(request.user, redirect("profile"))


def _shown(request: HttpRequest, form: ProfileForm) -> bool:
    """Let others read the new words; False, with the reason on the form, when they do not pass."""
    told = {name: form.cleaned_data[name] for name in ("pen_name", "bio")}
    try:
        actions.edit_profile(actor=request.user, contest="contest" in request.POST, **told)
    except door.Waits as waits:
        messages.info(request, waits.message)
    except ValidationError as error:
        form.add_error(None, error)
        form.remarks = getattr(error, "remarks", [])
        request.user.refresh_from_db(fields=["pen_name", "bio"])
        return False
    return True


def doors_of(member: Member) -> dict:
    """By which ways one may enter the account of `member`."""
    return {
        "member": member,
        "addresses": EmailAddress.objects.filter(user=member).order_by("-primary", "email"),
        "connected": SocialAccount.objects.filter(user=member).count(),
        "sessions": UserSession.objects.filter(user=member).count(),
    }
