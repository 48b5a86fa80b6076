"""The forms of the accounts that are ours; signing up, logging in and passwords are allauth's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Member

_LENGTH = {name: Member._meta.get_field(name).max_length for name in ("pen_name", "bio")}


class ProfileForm(forms.Form):
    """What a member tells others about themselves."""

    pen_name = forms.CharField(
        label=_("Pen name"),
        max_length=_LENGTH["pen_name"],
        required=False,
        help_text=_("Shown in place of your username. Leave it empty to be called by your username."),
    )
    bio = forms.CharField(
        label=_("About me"),
        max_length=_LENGTH["bio"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, shown on your author page."),
    )
