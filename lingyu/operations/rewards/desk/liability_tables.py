"""The tables of the liability page, worded: drawn on it and exported alike.

Holds columns, rows and what they mean; `reckoning` reads.
"""

from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.feathers import costs
from lingyu.store.sheets import Column

from ..models import FeatherValue
from . import reckoning
from .reckoning import Cohort
from .tables import Table


def all_of(now: datetime, value: FeatherValue | None, cohorts: list[Cohort], budgets: list) -> list[Table]:
    """Ageing, what became of each month's feathers, budgets, and what was paid."""
    return [_ageing(now, value), _cohorts(cohorts), _budgets(budgets), _costs(now)]


def _month(day: date | None) -> str:
    return day.strftime("%Y-%m") if day else _("never")


def _expiry(age: reckoning.Age) -> str:
    return _("%(month)s · overdue") % {"month": _month(age.month)} if age.overdue else _month(age.month)


def _money(value: FeatherValue | None, label: str) -> list[tuple[Column, str]]:
    if not value:
        return []
    return [(Column("worth", label, "money", value.currency), _("At the value that is in force now."))]


def _ageing(now: datetime, value: FeatherValue | None) -> Table:
    ages = reckoning.ageing(now)
    columns = [
        (Column("month", _("Expires in"), "text"), ""),
        (Column("feathers", _("Open feathers"), "count"), _("To spend, by the lots they are in.")),
        (Column("members", _("Members"), "count"), _("Whose feathers they are.")),
        *_money(value, _("Worth")),
    ]
    rows = [
        [
            _expiry(age),
            age.feathers,
            age.members,
            *([reckoning.worth(age.feathers, value)] if value else []),
        ]
        for age in ages
    ]
    whole = sum(age.feathers for age in ages)
    total = [_("All"), whole, None, *([reckoning.worth(whole, value)] if value else [])]
    about = _("Feathers to spend by the month in which they expire. Those that expire first are spent first.")
    return Table("ageing", _("When open feathers expire"), about, columns, rows, total if rows else None)


def _cohorts(found: list[Cohort]) -> Table:
    columns = [
        (Column("month", _("Issued in"), "text"), ""),
        (Column("issued", _("Issued"), "count"), _("Posted to members in that month.")),
        (Column("used", _("Used"), "count"), _("Spent, set aside for orders, or repaid a debt.")),
        (Column("open", _("Still open"), "count"), _("What is left of them to spend.")),
        (Column("expired", _("Expired"), "count"), _("What was left when its time was over.")),
        (Column("clawed", _("Taken back"), "count"), _("Less what was given back.")),
        (Column("breakage", _("Breakage"), "percent"), _("Expired divided by issued, so far.")),
    ]
    rows = [[_month(c.month), c.issued, c.used, c.open, c.expired, c.clawed, c.breakage] for c in found]
    about = _("What has become of the feathers of each month, of the last 24.")
    return Table("cohorts", _("What became of each month's feathers"), about, columns, rows)


def _budgets(found: list) -> Table:
    columns = [
        (Column("month", _("Month"), "text"), ""),
        (Column("issued", _("Issued"), "count"), ""),
        (Column("budget", _("Budget"), "count"), _("The last one that was set for that month.")),
        (Column("left", _("Left"), "count"), _("Budget less issued; below nought it is overspent.")),
        (Column("share", _("Used up"), "percent"), ""),
    ]
    rows = [
        [
            _month(month),
            issued,
            budget,
            budget - issued if budget else None,
            issued / budget if budget else None,
        ]
        for month, issued, budget in found
    ]
    about = _("Feathers issued against what may be. A budget warns; it stops no rule.")
    return Table("budgets", _("Budget"), about, columns, rows)


def _costs(now: datetime) -> Table:
    start, end = reckoning.month_of(now)
    language = get_language() or "en"
    found = costs.incurred(start, end)
    columns = [
        (Column("source", _("Paid for"), "text"), ""),
        (Column("what", _("What"), "text"), ""),
        (Column("times", _("Deliveries"), "count"), ""),
        (Column("feathers", _("Feathers"), "count"), _("That were spent on it.")),
        (Column("currency", _("Currency"), "text"), ""),
        (Column("paid", _("Paid"), "number"), _("In the currency's main unit.")),
        (Column("per_thousand", _("For a thousand feathers"), "number"), _("Paid divided by feathers.")),
    ]
    rows = [
        [source.label(language), c.what, c.times, c.feathers, c.currency, *_paid(c)] for source, c in found
    ]
    about = _("What goods cost the house this month, as the rooms that deliver them say.")
    return Table("costs", _("What was really paid this month"), about, columns, rows)


def _paid(cost: costs.Incurred) -> list:
    paid = cost.minor / 10 ** Column("paid", "", "money", cost.currency).places
    return [paid, paid / cost.feathers * 1_000 if cost.feathers else None]
