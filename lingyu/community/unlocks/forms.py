"""What authors fill in for a price.

Holds its form.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import DEAREST


class PriceForm(forms.Form):
    """A price in feathers."""

    feathers = forms.IntegerField(
        label=_("Price in feathers"),
        min_value=0,
        max_value=DEAREST,
        help_text=_("0 is free. Everybody reads the beginning; the rest opens for good to who pays."),
    )
