"""The forms of a message to an audience, and of the terms of contact."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.contacts.actions import set_terms
from lingyu.community.contacts.models import Terms
from lingyu.kernel.metrics import METRICS, Count

from ..models import Group, Post


def goals() -> list[tuple[str, str]]:
    """Metrics that count what people do; taking part in a group again first."""
    language = get_language() or "en"
    counts = [m for m in METRICS.values() if isinstance(m, Count)]
    own, rest = "group_valid_messages", sorted(counts, key=lambda m: m.label(language))
    return [(m.name, m.label(language)) for m in sorted(rest, key=lambda m: m.name != own)]


class PostForm(forms.Form):
    """A new message."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=80)
    words = forms.CharField(
        label=gettext_lazy("Text of the mail"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "In the mail, below the title. On the site the title is shown, and where it leads."
        ),
    )
    path = forms.CharField(
        label=gettext_lazy("Where it leads"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A path of this site, such as /c/method/."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Channel"), choices=Post.Channel.choices)
    audience = forms.ChoiceField(label=gettext_lazy("Audience"), choices=Post.Audience.choices)
    group = forms.ModelChoiceField(
        label=gettext_lazy("Group"), queryset=Group.objects.standing(), required=False
    )
    condition = forms.CharField(
        label=gettext_lazy("Condition"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("A condition on people as JSON, as the segment builder shows it."),
    )
    goal = forms.ChoiceField(
        label=gettext_lazy("Goal"),
        choices=goals,
        help_text=gettext_lazy("What members should do; counted for those told and those held out alike."),
    )
    goal_days = forms.IntegerField(label=gettext_lazy("Within days"), min_value=1, max_value=60, initial=7)

    def clean_condition(self) -> dict | None:
        """The condition as data."""
        text = self.cleaned_data["condition"].strip()
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise ValidationError(_("This is not JSON.")) from None


class TermsForm(forms.Form):
    """How often and when members may be written to, by all desks together."""

    per_week = forms.IntegerField(
        label=gettext_lazy("Messages a member in seven days"), min_value=1, max_value=50
    )
    quiet_from = forms.IntegerField(label=gettext_lazy("Quiet from, hour"), min_value=0, max_value=23)
    quiet_to = forms.IntegerField(label=gettext_lazy("Quiet to, hour"), min_value=0, max_value=23)
    held_out = forms.IntegerField(label=gettext_lazy("Held out, %"), min_value=0, max_value=50)

    @classmethod
    def standing(cls) -> "TermsForm":
        """As it stands."""
        terms = Terms.standing()
        return cls(initial={name: getattr(terms, name) for name in cls.base_fields})

    def enforce(self, actor: Member) -> Terms:
        """Bring them into force."""
        return set_terms(actor=actor, **self.cleaned_data)
