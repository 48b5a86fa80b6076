"""The form of a ring: what a person says of it, by what they know it, and of whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Ring


class AnswerForm(forms.Form):
    """The answer; which members can be chosen, the ring says."""

    outcome = forms.ChoiceField(
        label=_("Your answer"),
        choices=Ring.Answer.choices,
        error_messages={"required": _("Say whether they act together.")},
    )
    words = forms.CharField(
        label=_("By what you know it"),
        max_length=500,
        error_messages={"required": _("Say by what you know: others will read it.")},
    )
    members = forms.TypedMultipleChoiceField(label=_("Members of the ring"), required=False)

    def __init__(self, *args, ring: Ring, **kwargs):
        super().__init__(*args, **kwargs)
        ids = ring.belongings.values_list("member", flat=True)
        self.fields["members"].choices = [(str(id), str(id)) for id in ids]

    def clean(self):
        """Confirming without an account is dismissing."""
        given = super().clean()
        if given.get("outcome") == Ring.Answer.CONFIRMED and not given.get("members"):
            self.add_error("members", _("Choose the accounts that act together, or say that they do not."))
        return given
