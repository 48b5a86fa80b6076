"""The pages of the accounts that are ours: the profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingyu.kernel.access import SIGNED_IN, access

from . import actions
from .forms import ProfileForm


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Change the pen name and the words about oneself."""
    member = request.user
    form = ProfileForm(request.POST or None, initial={"pen_name": member.pen_name, "bio": member.bio})
    if form.is_valid():
        actions.edit_profile(actor=member, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "account/profile.html", {"form": form, "member": member})
