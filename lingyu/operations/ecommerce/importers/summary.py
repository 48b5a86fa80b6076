"""What an import says at its end: counts and amounts of each file, samples of what is new or in conflict.

Prints only; decides nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from babel.numbers import get_currency_precision
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk.uploads.outcome import Sample
from lingyu.kernel.text import N_

from ..actions import Comparison, Conflict
from ..models import Shop
from . import formats
from .reading import OrderFile

SAMPLE = 8
SKIPPED = {
    formats.UNPAID: N_("%(file)s: %(count)d rows of orders that nobody paid were passed over."),
    formats.FOOTER: N_("%(file)s: %(count)d rows without an order number were passed over."),
    formats.OPEN_REFUND: N_("%(file)s: %(count)d refunds that are not completed were passed over."),
    formats.UNKNOWN_REFUND: N_(
        "%(file)s: %(count)d rows say that something was given back, but not how much. "
        "Import the refunds as well."
    ),
}


def money(minor: int, exponent: int) -> str:
    """Minor units as a plain decimal number."""
    digits = f"{abs(minor):0{exponent + 1}d}"
    text = f"{int(digits[:-exponent]):,}.{digits[-exponent:]}" if exponent else f"{int(digits):,}"
    return f"−{text}" if minor < 0 else text


def when(moment: datetime) -> str:
    """A moment as the reader's clock shows it, to the second."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


def conflict(found: Conflict, exponent: int) -> str:
    """What the ledger or another row has, and what this row says."""
    entry = found.entry
    if found.whole:
        return _(
            "The ledger has this order from a file that divides it otherwise. This would count it twice."
        )
    at, quantity, amount = found.recorded
    values = {
        "had_amount": money(amount, exponent),
        "had_at": when(at),
        "had_quantity": quantity,
        "amount": money(entry.amount, exponent),
        "at": when(entry.at),
        "quantity": entry.quantity,
        "row": found.elsewhere,
    }
    if found.elsewhere is not None:
        return (
            _(
                "Row %(row)d of this file says %(had_amount)s (%(had_quantity)d pieces, %(had_at)s) "
                "for the same line, "
                "this row %(amount)s (%(quantity)d pieces, %(at)s)."
            )
            % values
        )
    return (
        _(
            "Recorded are %(had_amount)s (%(had_quantity)d pieces, %(had_at)s), "
            "the file says %(amount)s (%(quantity)d pieces, %(at)s)."
        )
        % values
    )


def notes(file: OrderFile, found: Comparison) -> list[str]:
    """What was passed over in a file, and what else it brings about."""
    said = [_(SKIPPED[reason]) % {"file": file.name, "count": n} for reason, n in file.notes.skipped.items()]
    if found.late:
        said.append(
            _("%(file)s: %(count)d refunds that came before their order now count on its day, too.")
            % {"file": file.name, "count": len(found.late)}
        )
    return said


def one_file(ui: Any, file: OrderFile, found: Comparison, shop: Shop, *, dry_run: bool) -> None:
    """What was passed over in a file; in a dry run also some of what would change."""
    for line in notes(file, found):
        ui.say(line)
    for sample in samples(file, found, shop) if dry_run else ():
        ui.say(f"{file.name}: {sample.title}")
        ui.table(sample.columns, sample.rows)


def samples(file: OrderFile, found: Comparison, shop: Shop) -> list[Sample]:
    """Some of what is new and of what is in conflict."""
    both = (_new(file, found, shop), _conflicting(file, found))
    return [sample for sample in both if sample.rows]


def _new(file: OrderFile, found: Comparison, shop: Shop) -> Sample:
    exponent = file.notes.exponent
    columns = [
        (_("Order"), False),
        (_("Line"), False),
        (_("Time"), False),
        (_("Product"), False),
        (_("Amount, %s") % shop.currency, True),
    ]
    rows = [
        [
            n.entry.order,
            n.line,
            when(n.entry.at),
            n.entry.title or n.entry.product or "",
            money(n.entry.amount, exponent),
        ]
        for n in islice(found.new, SAMPLE)
    ]
    return Sample(_("New, for example"), columns, rows)


def _conflicting(file: OrderFile, found: Comparison) -> Sample:
    columns = [(_("Row"), True), (_("Order"), False), (_("Conflict"), False)]
    rows = [
        [str(c.entry.row), c.entry.order, conflict(c, file.notes.exponent)] for c in found.conflicts[:SAMPLE]
    ]
    return Sample(_("In conflict, for example"), columns, rows)


class Tally(NamedTuple):
    """What remains of a file when it is done: its entries are let go."""

    name: str
    format: str
    rows: int
    new: int
    unchanged: int
    conflicting: int
    refused: int
    paid: int
    refunded: int


def tally(file: OrderFile, found: Comparison) -> Tally:
    """The figures of one file; `refused` are the rows left out beside those in conflict."""
    conflicting = {c.entry.row for c in found.conflicts}
    return Tally(
        file.name,
        file.format.code,
        file.rows,
        len(found.new),
        found.unchanged,
        len(found.conflicts),
        file.report.rows - len(conflicting),
        found.paid,
        found.refunded,
    )


def totals(ui: Any, done: Sequence[Tally], shop: Shop, *, dry_run: bool) -> None:
    """One line a file, and their sum."""
    if not done:
        return
    if dry_run:
        ui.say(_("Dry run: nothing was written. This would change:"))
    rows: list[Tally] = list(done)
    if len(rows) > 1:
        rows.append(Tally(_("Total"), "", *(sum(column) for column in list(zip(*rows, strict=True))[2:])))
    texts = [(_("File"), False), (_("Format"), False)]
    counts = [_("Rows"), _("New"), _("Unchanged"), _("Conflicting"), _("Left out")]
    amounts = [_("Paid, %s") % shop.currency, _("Given back, %s") % shop.currency]
    exponent = get_currency_precision(shop.currency)
    ui.table(
        texts + [(heading, True) for heading in counts + amounts],
        [(*r[:2], *(f"{n:,}" for n in r[2:7]), *(money(n, exponent) for n in r[7:])) for r in rows],
    )
