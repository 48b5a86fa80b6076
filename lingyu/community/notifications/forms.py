"""The form of the digest's rhythm; the table of kinds and channels is read by the view's own grid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Rhythm


class RhythmForm(forms.Form):
    """How often the mail comes, and when."""

    period = forms.ChoiceField(label=_("How often"), choices=Rhythm.Period.choices)
    hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )
