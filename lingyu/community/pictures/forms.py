"""The upload form: a file and what is on it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PictureForm(forms.Form):
    """One picture. Whether it is one is for `refining` to say, by its content."""

    picture = forms.FileField(label=_("Picture"))
    alt = forms.CharField(
        label=_("What is on it"),
        max_length=200,
        required=False,
        help_text=_("Read out to those who cannot see it, and shown when it does not load."),
    )
