"""The form of a source."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .protocols import CODES


class SourceForm(forms.Form):
    """What it is called, and what it may send from where."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as the site or app that sends."))
    names = forms.CharField(
        label=_("Other names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What SDKs call it: a Plausible domain, a Matomo site's number. One a line."),
    )
    protocols = forms.MultipleChoiceField(
        label=_("Protocols"),
        required=False,
        choices=[(code, code) for code in CODES],
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text=_("None chosen means any."),
    )
    origins = forms.CharField(
        label=_("Origins"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Which pages may send: https://www.example.com, one a line. Empty means any."),
    )
    per_minute = forms.IntegerField(
        label=_("Events a minute"),
        min_value=0,
        max_value=1_000_000_000,
        initial=0,
        help_text=_("More is put off. 0 means no limit. Each collecting process counts for itself."),
    )

    def fields_of_source(self) -> dict:
        """What the actions take."""
        return {**self.cleaned_data, "protocols": " ".join(self.cleaned_data["protocols"])}


def initial_of(source) -> dict:
    """A source as the form shows it."""
    plain = {n: getattr(source, n) for n in ("name", "names", "origins", "per_minute")}
    return {**plain, "protocols": source.protocols.split()}
