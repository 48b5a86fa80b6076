"""The form of a rule: terms in, terms out, and what is wrong with them beside each field.

Holds the form; `feathers.actions.ruling` says what makes sense and puts it into force.
"""

import hashlib
import json
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from lingyu.community.feathers.actions.ruling import LARGEST, check
from lingyu.community.feathers.conditions import Condition
from lingyu.community.feathers.rules import Rule, Terms

from .wording import HOUR, MINUTE, is_yes_or_no

DAYS = (7, 30, 90)
DEFAULT_DAYS = 30
HELD, PAUSE = "hold_hours", "cool_down_minutes"
NAMES = {"hold": HELD, "cool_down": PAUSE, "conditions": None}


def _number(label, help_text="", **options) -> forms.IntegerField:
    options = {"required": False, "min_value": 1, "max_value": LARGEST * 100} | options
    return forms.IntegerField(label=label, help_text=help_text, **options)


def _time(label, help_text) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=0, max_digits=9, decimal_places=3
    )


class RuleForm(forms.Form):
    """The terms of one rule; a field for each condition that can be asked of it."""

    on = forms.BooleanField(
        label=gettext_lazy("The rule is on"),
        required=False,
        help_text=gettext_lazy("While it is off, attempts earn nothing, and their receipts say why."),
    )
    amount = _number(gettext_lazy("Feathers each time"), required=True, max_value=LARGEST)
    per_day = _number(
        gettext_lazy("At most a day"), gettext_lazy("Days of the site's time zone. Empty: no limit.")
    )
    per_subject = _number(
        gettext_lazy("At most for one subject"),
        gettext_lazy("For one article, for instance. Empty: no limit."),
    )
    per_life = _number(gettext_lazy("At most for life"), gettext_lazy("Empty: no limit."))
    cool_down_minutes = _time(
        gettext_lazy("Pause between two, in minutes"), gettext_lazy("Empty: one may follow another at once.")
    )
    hold_hours = _time(
        gettext_lazy("Held for, in hours"),
        gettext_lazy("Then they are posted by themselves. Empty: at once."),
    )
    review = forms.BooleanField(
        label=gettext_lazy("Waits for review"),
        required=False,
        help_text=gettext_lazy(
            "Pending until somebody approves; if they are held as well, no longer than that."
        ),
    )
    lot_days = _number(
        gettext_lazy("Expires after, in days"),
        gettext_lazy("Counted from posting. Empty: never."),
        max_value=36_500,
    )
    note = forms.CharField(
        label=gettext_lazy("Why it is changed"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed to put it into force; stands in the history for whoever asks later."),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Try it on"), coerce=int, choices=())
    expected = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, rule: Rule, data=None, *, terms: Terms, expected: int, note: str = ""):
        self.rule = rule
        super().__init__(data, initial=_initial(terms) | {"expected": expected, "note": note})
        self.fields["days"].choices = [
            (n, ngettext("the last %(num)d day", "the last %(num)d days", n) % {"num": n}) for n in DAYS
        ]
        for condition in rule.conditions():
            self.fields[f"condition_{condition.code}"] = _condition(condition)
            self.initial[f"condition_{condition.code}"] = dict(terms.conditions).get(condition.code)

    def clean(self):
        """The terms have to make sense together."""
        if not self.errors:
            try:
                check(self.rule, self.terms())
            except ValidationError as error:
                for name, said in error.message_dict.items():
                    self.add_error(NAMES.get(name, name), said)
        return self.cleaned_data

    def terms(self) -> Terms:
        """What was filled in."""
        data = self.cleaned_data
        return Terms(
            **{name: data[name] for name in ("amount", "per_day", "per_subject", "per_life", "lot_days")},
            cool_down=_seconds(data[PAUSE], MINUTE),
            hold=_seconds(data[HELD], HOUR),
            review=data["review"],
            on=data["on"],
            conditions=tuple(self._conditions()),
        )

    def _conditions(self) -> Iterator[tuple[str, int]]:
        for condition in self.rule.conditions():
            if value := self.cleaned_data.get(f"condition_{condition.code}"):
                yield condition.code, int(value)

    @property
    def seal(self) -> str:
        """Tells terms from others: only those that were previewed can be put into force."""
        text = json.dumps([self.rule.code, self.terms().as_data()], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def may_save(self) -> bool:
        """Whether these terms were previewed, and a reason is given; the form says what is missing."""
        if self.cleaned_data["seen"] != self.seal:
            self.add_error(
                None, _("Look first at what these terms would have changed; then put them into force.")
            )
        if not self.cleaned_data["note"].strip():
            self.add_error("note", _("Say why, in a few words."))
        return not self.errors

    def of(self, *names: str) -> list:
        """Some of the fields, as the page groups them."""
        return [self[name] for name in names]

    def conditions(self) -> list:
        """The fields of the conditions."""
        return [self[name] for name in self.fields if name.startswith("condition_")]


def _condition(condition: Condition) -> forms.Field:
    label = condition.label(get_language() or "en")
    words = _(condition.words)
    if is_yes_or_no(condition):
        return forms.BooleanField(label=label, help_text=words, required=False)
    return _number(label, words % {"value": "N"})


def _initial(terms: Terms) -> dict:
    same = ("on", "amount", "per_day", "per_subject", "per_life", "review", "lot_days")
    return {name: getattr(terms, name) for name in same} | {
        PAUSE: _units(terms.cool_down, MINUTE),
        HELD: _units(terms.hold, HOUR),
        "days": DEFAULT_DAYS,
    }


def _units(seconds: int | None, unit: int) -> float | int | None:
    if not seconds:
        return None
    return seconds // unit if seconds % unit == 0 else round(seconds / unit, 3)


def _seconds(value, unit: int) -> int | None:
    return round(value * unit) or None if value else None
