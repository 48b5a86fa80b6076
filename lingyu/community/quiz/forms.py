"""What authors fill in for a question.

Holds its form; `actions` checks again.
"""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A question with up to six options, one a line; the right one first."""

    text = forms.CharField(label=_("Question"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    options = forms.CharField(
        label=_("Options, one a line"),
        help_text=_("Two to six. The right one stands first; readers see them shuffled."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1_000,
    )

    def question(self) -> dict:
        """As `write_question` takes it."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return {"text": self.cleaned_data["text"], "options": lines, "right": 0}
