"""What the upload form asks for, and what an import tells programs.

Holds no decision and prints nothing; `summary` says the same to people.
"""

from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.desk.uploads.asks import Ask
from lingyu.desk.uploads.outcome import Amount, Outcome
from lingyu.desk.uploads.reporting import head_of

from ..actions import Comparison, Counted
from ..models import Shop
from . import summary
from .known import FORMATS, GENERIC
from .reading import OrderFile

CURRENCIES = ("CNY", "HKD", "USD", "EUR", "GBP", "JPY", "SGD", "AUD")


def orders_asks() -> tuple[Ask, ...]:
    """The shop, the format, and the currency of a shop that is new."""
    language = get_language() or "en"
    formats = tuple((code, format_.label(language)) for code, format_ in FORMATS.items())
    return (
        _shop_ask(),
        Ask(
            name="format",
            label=_("Format"),
            required=True,
            choices=(("auto", _("Recognise it by the columns")), *formats),
            value="auto",
        ),
        Ask(
            name="currency",
            label=_("Currency of a new shop"),
            help=_("%(code)s unless you name another, such as USD.") % {"code": settings.LINGYU_CURRENCY},
            suggestions=CURRENCIES,
        ),
    )


def visitors_asks() -> tuple[Ask, ...]:
    """The shop."""
    return (_shop_ask(),)


def _shop_ask() -> Ask:
    names = tuple(Shop.objects.order_by("name").values_list("name", flat=True))
    return Ask(
        name="shop",
        label=_("Shop"),
        required=True,
        help=_("One that is there, or the name of a new one."),
        suggestions=names,
        value=names[0] if len(names) == 1 else "",
    )


def of_orders(
    file: OrderFile, found: Comparison, shop: Shop, tally: summary.Tally, *, code: int, report: Path | None
) -> Outcome:
    """What became of an order file; samples are what would change, so they are of use before it does."""
    notes = summary.notes(file, found)
    amounts = [(_("Paid"), tally.paid), (_("Given back"), tally.refunded)]
    return Outcome(
        file=file.name,
        code=code,
        format=file.format.label(get_language() or "en"),
        rows=tally.rows,
        new=tally.new,
        unchanged=tally.unchanged,
        conflicting=tally.conflicting,
        refused=tally.refused,
        changes=bool(found.new or found.late),
        amounts=[Amount(label, minor, shop.currency) for label, minor in amounts],
        notes=notes,
        samples=summary.samples(file, found, shop),
        report=str(report or ""),
        **head_of((file.columns, file.format.fields, file.mapping), by_hand=file.format.code == GENERIC),
    )


def of_visitors(path: Path, counted: Counted, rows: int, refused: int, *, report: Path | None) -> Outcome:
    """What became of a file of visitor counts."""
    corrected = _("%(count)d days are told differently than before; they will be corrected.")
    return Outcome(
        file=path.name,
        code=1 if report else 0,
        rows=rows,
        new=counted.new + counted.corrected,
        unchanged=counted.unchanged,
        refused=refused,
        changes=bool(counted.new or counted.corrected),
        notes=[corrected % {"count": counted.corrected}] if counted.corrected else [],
        report=str(report or ""),
    )
