"""Forms of the moderators: deciding one case or several, ruling on an appeal, golden cases."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingyu.community.pact.clauses import Pact
from lingyu.community.pact.ladder import AGGRAVATORS

from .models import Decision, Ruling
from .reviewing.wordings import APPEALS, DECISIONS, Wording

# Clauses beside the lead one; more would tell the author nothing.
ALSO = 5


def by_category(pact: Pact) -> list:
    """The clauses of a pact as choices, those of a category together."""
    language = get_language() or "en"
    return [
        (f"{c.code} {c.label(language)}", [(k.code, f"{k.code} {k.label(language)}") for k in c.clauses])
        for c in pact.categories
    ]


def _offered(wordings: tuple[Wording, ...]) -> list:
    return [("", _("Only my own words")), *((w.code, w.name) for w in wordings)]


class DecisionForm(forms.Form):
    """What a moderator decides; which clauses there are, the pact in force at the act says."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=Decision.Outcome.choices)
    lead = forms.CharField(label=_("Lead clause"), max_length=80, required=False)
    also = forms.MultipleChoiceField(label=_("Further clauses"), required=False)
    aggravators = forms.MultipleChoiceField(
        label=_("Aggravating"), required=False, choices=[(code, code) for code in AGGRAVATORS]
    )
    evidence = forms.CharField(label=_("Evidence"), max_length=500, required=False)
    template = forms.CharField(label=_("To the author"), max_length=20, required=False)
    words = forms.CharField(label=_("In your own words"), max_length=1_500, required=False)

    def __init__(self, *args, pact: Pact, **kwargs):
        super().__init__(*args, **kwargs)
        self.pact = pact
        self.fields["also"].choices = [(code, code) for code in pact.by_code]
        self.clauses, self.templates = by_category(pact), _offered(DECISIONS)
        self.raising = list(AGGRAVATORS.values())

    def clean_lead(self) -> str:
        """The code of a clause, also from “2.6 …” as the list suggests it."""
        code = self.cleaned_data["lead"].strip().partition(" ")[0]
        if code and code not in self.pact.by_code:
            raise ValidationError(_("The pact of that day has no such clause."))
        return code

    def clean_also(self) -> list[str]:
        """A few."""
        if len(self.cleaned_data["also"]) > ALSO:
            raise ValidationError(_("At most %(number)d further clauses.") % {"number": ALSO})
        return self.cleaned_data["also"]

    def clean(self) -> dict:
        """A violation has a clause; what aggravates has evidence."""
        told = super().clean()
        if told.get("outcome") == Decision.Outcome.CLEAR:
            return told | {"lead": "", "also": [], "aggravators": []}
        if not told.get("lead") and "lead" not in self.errors:
            self.add_error("lead", _("Choose the clause that it breaks: the author will be told."))
        if told.get("aggravators") and not told.get("evidence", "").strip():
            self.add_error("evidence", _("Say what shows it: a second person has to see it, too."))
        return told


class RulingForm(forms.Form):
    """How an appeal ends, and why."""

    outcome = forms.ChoiceField(label=_("Ruling"), choices=Ruling.Outcome.choices)
    severity = forms.IntegerField(label=_("Reduced to severity"), min_value=1, max_value=4, required=False)
    template = forms.CharField(label=_("Begin with"), max_length=20, required=False)
    words = forms.CharField(label=_("Reasons"), max_length=1_500)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.templates = _offered(APPEALS)


class GoldenForm(forms.Form):
    """A text whose right answer is known."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), max_length=20_000)
    clause = forms.CharField(label=_("The right answer"), max_length=10, required=False)
    because = forms.CharField(label=_("Why it is right"), max_length=500)

    def __init__(self, *args, pact: Pact, **kwargs):
        super().__init__(*args, **kwargs)
        self.clauses = [("", _("Does not break the pact")), *by_category(pact)]


def ids(texts: list[str], most: int) -> list[UUID]:
    """The ids among the values of a form, at most so many are read."""
    found = []
    for text in texts[:most]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
