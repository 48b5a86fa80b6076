"""The forms of a good and of the tiers: terms in, terms out.

Holds forms; `mall.actions` says what makes sense.
"""

from decimal import Decimal

from babel.numbers import get_currency_precision
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from lingyu.community.mall import tiers
from lingyu.community.mall.models import Good, Supplier
from lingyu.kernel.access import ROLES
from lingyu.look.formats import major

DATETIME = "%Y-%m-%dT%H:%M"
SAME = ("zh", "en", "zh_about", "en_about", "feathers", "from_at", "until_at", "per_life", "per_days", "days")
SAME += ("least_days", "role", "secret", "position")


def _number(label, help_text="", **options) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        **{"required": False, "min_value": 0, "max_value": 10_000_000} | options,
    )


def _when(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=DATETIME, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, required=False, widget=widget, input_formats=[DATETIME])


def _text(label, **options) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=2_000, widget=forms.Textarea, **options)


class GoodForm(forms.Form):
    """What a good says; `kind` decides which fields there are."""

    zh = forms.CharField(label=gettext_lazy("Name in Chinese"), max_length=80)
    en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    zh_about = _text(gettext_lazy("Description in Chinese"))
    en_about = _text(gettext_lazy("Description in English"))
    image = forms.FileField(label=gettext_lazy("Picture"), required=False)
    without = forms.BooleanField(label=gettext_lazy("Take the picture away"), required=False)
    feathers = _number(gettext_lazy("Price in feathers"), required=True, min_value=1)
    cost = forms.DecimalField(
        label=gettext_lazy("What a piece costs us"), min_value=0, max_digits=11, decimal_places=2, initial=0
    )
    stock = _number(
        gettext_lazy("Pieces in stock"), gettext_lazy("Empty: without end, if nothing is packed.")
    )
    from_at = _when(gettext_lazy("On sale from"))
    until_at = _when(gettext_lazy("On sale until"))
    per_life = _number(gettext_lazy("Each member, for life"), gettext_lazy("Empty: no limit."))
    per_days = _number(gettext_lazy("Each member, within the days beside it"))
    days = _number(gettext_lazy("Days"))
    least_tier = forms.TypedChoiceField(label=gettext_lazy("For members from"), coerce=int, required=False)
    least_days = _number(gettext_lazy("Account at least so many days old"))
    role = forms.ChoiceField(label=gettext_lazy("For one role only"), required=False)
    secret = forms.BooleanField(label=gettext_lazy("Hide it from who may not have it"), required=False)
    supplier = forms.ModelChoiceField(
        Supplier.objects.order_by("name"),
        label=gettext_lazy("Delivered by"),
        required=False,
        empty_label=gettext_lazy("By hand"),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the mall"), required=False, min_value=-1000, max_value=1000
    )
    expected = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: str, data=None, files=None, *, good: Good | None = None):
        self.currency = good.currency if good else settings.LINGYU_CURRENCY
        super().__init__(data, files, initial=self._initial(good) if good else None)
        language = get_language() or "en"
        self.fields["least_tier"].choices = [(t.level, t.label(language)) for t in tiers.in_force()]
        self.fields["role"].choices = [("", "–"), *((r.code, r.label(language)) for r in ROLES.values())]
        self.fields["cost"].help_text = self.currency
        self.fields["cost"].decimal_places = get_currency_precision(self.currency)
        if kind != "virtual":
            del self.fields["supplier"]
        if kind == "code" or good:
            del self.fields["stock"]
        if not (good and good.picture):
            del self.fields["without"]

    def _initial(self, good: Good) -> dict:
        found = {name: getattr(good, name) for name in SAME}
        found |= {name: timezone.localtime(found[name]) for name in ("from_at", "until_at") if found[name]}
        cost = major(good.cost_minor, good.currency)
        more = {"cost": cost, "least_tier": good.least_tier, "supplier": good.supplier_id}
        return found | more | {"expected": good.version}

    def terms(self) -> dict:
        """What was filled in, as the actions take it."""
        data = self.cleaned_data
        minor = data["cost"] * Decimal(10) ** get_currency_precision(self.currency)
        found = {name: data[name] for name in SAME}
        found |= {name: data[name] or 0 for name in ("least_days", "position")}
        found |= {"least_tier": data["least_tier"] or 0, "cost_minor": int(minor)}
        return found | ({"supplier": data["supplier"]} if "supplier" in data else {})

    def complain(self, error: ValidationError) -> None:
        """Put what an action refused beside its field."""
        for name, said in (
            error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        ).items():
            name = {"cost_minor": "cost", "picture": "image"}.get(name, name)
            self.add_error(name if name in self.fields else None, said)

    def of(self, *names: str) -> list:
        """Some of the fields, as the page groups them."""
        return [self[name] for name in names if name in self.fields]


class TiersForm(forms.Form):
    """Up to six tiers; a row without names is none."""

    ROWS = 6
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, tiers: tuple, expected: int):
        super().__init__(data, initial={"expected": expected})
        for n in range(self.ROWS):
            tier = tiers[n] if n < len(tiers) else None
            for name, label in (
                ("zh", gettext_lazy("Name in Chinese")),
                ("en", gettext_lazy("Name in English")),
            ):
                self.fields[f"{name}{n}"] = forms.CharField(
                    label=label, required=False, max_length=20, initial=getattr(tier, name, "")
                )
            self.fields[f"least{n}"] = _number(gettext_lazy("From feathers earned"))
            self.fields[f"least{n}"].initial = tier.least if tier else None

    def lines(self) -> list[list]:
        """The fields, a row a tier."""
        return [[self[f"{name}{n}"] for name in ("zh", "en", "least")] for n in range(self.ROWS)]

    def rows(self) -> list[dict]:
        """What was filled in, as the action takes it."""
        data = self.cleaned_data
        found = [{name: data[f"{name}{n}"] for name in ("zh", "en", "least")} for n in range(self.ROWS)]
        return [row | {"least": row["least"] or 0} for row in found if row["zh"] or row["en"]]
