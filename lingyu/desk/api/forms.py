"""The form of a token."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .scopes import SCOPES

LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year")), ("", _("Until it is revoked"))]


class TokenForm(forms.Form):
    """What it is called, what it opens, for how long."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Such as the program that will use it.")
    )
    scopes = forms.MultipleChoiceField(label=_("What it opens"), widget=forms.CheckboxSelectMultiple)
    days = forms.ChoiceField(label=_("Valid for"), choices=LIFETIMES, required=False, initial="365")
    per_minute = forms.IntegerField(label=_("Requests a minute"), min_value=1, max_value=6_000, initial=60)

    def __init__(self, *args, member, **named):
        super().__init__(*args, **named)
        language = get_language() or "en"
        offered = [s for s in SCOPES.values() if member.may(s.permission)]
        self.fields["scopes"].choices = [(s.code, f"{s.code} · {s.label(language)}") for s in offered]

    def fields_of_token(self) -> dict:
        """What the action takes."""
        days = self.cleaned_data["days"]
        return {**self.cleaned_data, "days": int(days) if days else None}
