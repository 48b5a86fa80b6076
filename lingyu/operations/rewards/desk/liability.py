"""The liability page: what has become of all feathers, as an identity that adds up, and what it costs.

Holds the view and its two forms; `reckoning` reads, `liability_tables` words it.
"""

from decimal import Decimal

from babel.numbers import get_currency_precision
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingyu.community.ledger.reads import Totals, totals
from lingyu.desk.board import shell

from .. import actions
from ..models import FeatherValue
from . import liability_tables, reckoning
from .tables import download


class ValueForm(forms.Form):
    """What a thousand feathers cost."""

    value = forms.DecimalField(
        label=gettext_lazy("A thousand feathers cost"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
    )
    note = forms.CharField(
        label=gettext_lazy("Where the value comes from"),
        max_length=200,
        help_text=gettext_lazy("For instance: what last quarter's orders cost, divided by their feathers."),
    )


class BudgetForm(forms.Form):
    """How many feathers may be issued in a month."""

    month = forms.ChoiceField(label=gettext_lazy("Month"))
    feathers = forms.IntegerField(label=gettext_lazy("Feathers"), min_value=1, max_value=10**12)

    def __init__(self, data=None, *, months):
        super().__init__(data)
        self.fields["month"].choices = [(m.isoformat(), m.strftime("%Y-%m")) for m in months]


def liability(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All feathers that were ever issued; its tables as files below it."""
    now = timezone.now()
    value = FeatherValue.standing()
    cohorts = reckoning.cohorts(now)
    budgets = reckoning.budgets(now)
    tables = liability_tables.all_of(now, value, cohorts, budgets)
    if rest:
        return download(request, tables, rest)
    kept = {
        "value": ValueForm,
        "budget": lambda data=None: BudgetForm(data, months=[m for m, *_ in budgets[:2]]),
    }
    form_of = request.POST.get("form") if request.method == "POST" else None
    made = {name: make(request.POST if name == form_of else None) for name, make in kept.items()}
    if form_of in made and made[form_of].is_valid() and _kept(request, form_of, made[form_of]):
        return redirect("desk_page", operation.code, "liability")
    context = {"operation": operation, "forms": made, "tables": {table.code: table for table in tables}}
    return render(request, "rewards/liability.html", shell() | context | _figures(now, value, cohorts))


def _kept(request: HttpRequest, name: str, form: forms.Form) -> bool:
    """Whether what was filled in has been written; the form says why not."""
    data = form.cleaned_data
    try:
        if name == "value":
            currency = settings.LINGYU_CURRENCY
            minor = int(data["value"].scaleb(get_currency_precision(currency)))
            actions.set_value(actor=request.user, per_thousand=minor, currency=currency, note=data["note"])
        else:
            month = forms.DateField().clean(data["month"])
            actions.set_budget(actor=request.user, month=month, feathers=data["feathers"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    messages.success(request, _("Saved."))
    return True


def _figures(now, value: FeatherValue | None, cohorts: list) -> dict:
    """The identity, and what is open in feathers and in money."""
    found = totals()
    expected = reckoning.breakage(cohorts)
    owed = found.available + found.held
    return {
        "totals": found,
        "identity": identity(found),
        "gap": found.issued - sum(part for _code, _label, part, _means in identity(found)[1:]),
        "value": value,
        "owed": owed,
        "owed_worth": reckoning.worth(owed, value),
        "breakage": expected,
        "net_worth": reckoning.worth(max(0, owed - expected.expected), value),
        "overdue": reckoning.overdue(now),
        "currency": value.currency if value else settings.LINGYU_CURRENCY,
    }


def identity(found: Totals) -> list[tuple[str, str, int, str]]:
    """(code, label, feathers, what it means): the whole, then the parts that make it up."""
    return [
        (
            "issued",
            _("Issued"),
            found.issued,
            _("Everything that members were ever given, promises left out."),
        ),
        ("available", _("To spend"), found.available, _("What members have and may spend now.")),
        ("held", _("Set aside"), found.held, _("For orders that are not delivered yet.")),
        ("spent", _("Spent"), found.spent, _("Less what was refunded.")),
        ("expired", _("Expired"), found.expired, _("What was left when its time was over.")),
        ("clawed_back", _("Taken back"), found.clawed_back, _("Less what was given back.")),
        (
            "debt",
            _("Owed by members"),
            found.debt,
            _("Taken back after it had been spent: it counts below nought until the next feathers repay it."),
        ),
    ]
