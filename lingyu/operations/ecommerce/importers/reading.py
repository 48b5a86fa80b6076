"""From a file to entries: the format found, the columns mapped, bad rows and their orders held back.

Writes nothing. The rules of a cell are the intake's, those of a format its adapter's.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from os import PathLike
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision
from django.conf import settings
from django.utils.translation import gettext as _

from lingyu.store.intake import cells
from lingyu.store.intake.errors import CellError, FileRefused, RowError
from lingyu.store.intake.files import Table, open_table
from lingyu.store.intake.mapping import guess, known_names, plain, recall
from lingyu.store.intake.reader import Reader, Rules
from lingyu.store.intake.report import ErrorReport

from ..actions import Entry
from ..models import Shop
from .formats import Notes, OrderFormat
from .known import FORMATS, GENERIC

# What mappings are remembered under.
IMPORTER = "ecommerce.orders"
MAX_ORDER, MAX_LINE, MAX_PRODUCT, MAX_COUNTRY = 80, 200, 200, 80


class _Errors:
    """Row errors on their way to the report; remembers the rows, for their orders are held back."""

    def __init__(self, report: ErrorReport):
        self.report = report
        self.rows: set[int] = set()

    def append(self, error: RowError) -> None:
        """Take one error."""
        self.rows.add(error.row)
        self.report.append(error)


@dataclass
class OrderFile:
    """What one file says: its entries, ready to be booked, and what was left out of it."""

    name: str
    sha256: str
    format: OrderFormat
    columns: tuple[str, ...]
    mapping: dict[str, str]
    notes: Notes
    report: ErrorReport
    rows: int = 0
    entries: list[Entry] = field(default_factory=list)


def open_orders(path: str | PathLike, *, format_code: str = "auto") -> tuple[Table, OrderFormat]:
    """The table in the file, and the format it is in. Raises FileRefused, and OSError for the path."""
    names = frozenset().union(*(known_names(f.fields) for f in FORMATS.values()))
    table = open_table(path, known=names, max_rows=settings.LINGYU_IMPORT_MAX_ROWS)
    try:
        return table, _format(table, format_code)
    except BaseException:
        table.close()
        raise


def _format(table: Table, code: str) -> OrderFormat:
    """The format asked for; with "auto" the one that fits the header most closely, else the generic."""
    if code != "auto":
        chosen = FORMATS[code]
        if chosen.needs and not chosen.fits(table.columns):
            here = {plain(c) for c in table.columns}
            raise FileRefused(
                "other_format",
                _("This is not a file of the format “%(format)s”: it lacks the columns %(missing)s.")
                % {"format": code, "missing": ", ".join(n for n in chosen.needs if plain(n) not in here)},
            )
        return chosen
    fitting = [f for f in FORMATS.values() if f.fits(table.columns)]
    return max(fitting, key=lambda f: len(f.needs), default=FORMATS[GENERIC])


def map_columns(table: Table, format_: OrderFormat, given: Mapping[str, str]) -> dict[str, str]:
    """{field: column}: as `given` on the command line, as remembered, as guessed from the names.

    Raises FileRefused with an example when what is needed cannot be found.
    """
    remembered = recall(IMPORTER, table.columns) if format_.code == GENERIC else None
    known = {f.name for f in format_.fields}
    here = {plain(c): c for c in table.columns if c}
    mapping = {f: c for f, c in (remembered or guess(table.columns, format_.fields)).items() if f in known}
    for name, column in given.items():
        if name not in known:
            raise FileRefused(
                "unknown_field",
                _("There is no field “%(name)s”. Fields: %(fields)s.")
                % {"name": name, "fields": ", ".join(f.name for f in format_.fields)},
            )
        if plain(column) not in here:
            message = _("There is no column “%(name)s”. The file has: %(columns)s.")
            raise FileRefused(
                "unknown_column",
                message % {"name": column, "columns": ", ".join(filter(None, table.columns))},
            )
        mapping = {f: c for f, c in mapping.items() if c != here[plain(column)]} | {name: here[plain(column)]}
    return mapping


def read_orders(
    table: Table,
    format_: OrderFormat,
    mapping: dict[str, str],
    *,
    shop: Shop,
    report: ErrorReport,
    progress: Callable[[int], None] = lambda read: None,
) -> OrderFile:
    """All entries of the table, but those of orders of which any row is refused.

    Raises FileRefused when the file as a whole can't be used. `progress` is told the bytes read.
    """
    exponent = get_currency_precision(shop.currency)
    errors = _Errors(report)
    notes = Notes(mapping, shop.buyer_scope, exponent, errors)
    rules = Rules(zone=ZoneInfo(shop.zone), currency=shop.currency, exponent=exponent)
    try:
        reader = Reader(table, format_.fields, mapping, rules=rules, errors=errors)
        format_.check(mapping)
    except FileRefused as refused:
        raise _with_example(refused, table) from None
    found = OrderFile(table.name, table.fingerprint, format_, table.columns, mapping, notes, report)
    entries = [e for e in format_.entries(_watched(reader, table, progress), notes) if _fits(e, notes)]
    found.rows = reader.read
    notes.bad |= _orders_at(table, mapping["order"], errors.rows) if errors.rows else set()
    found.entries = [e for e in entries if not notes.bad or _released(e, notes)]
    return found


def _watched(reader: Reader, table: Table, progress: Callable[[int], None]) -> Iterable:
    """The reader's rows, telling how far the file is read every few thousand."""
    for count, row in enumerate(reader):
        if not count & 0x0FFF:
            progress(table.position())
        yield row


def _fits(entry: Entry, notes: Notes) -> bool:
    """Whether the ledger's columns hold the entry's texts; too long an id is refused, never cut."""
    product = entry.product
    if (
        len(entry.order) <= MAX_ORDER
        and (product is None or len(product) <= MAX_PRODUCT)
        and (entry.line is None or len(entry.line) <= MAX_LINE)
        and (entry.country is None or len(entry.country) <= MAX_COUNTRY)
    ):
        return True
    for name, value, limit in (
        ("order", entry.order, MAX_ORDER),
        ("sku", product, MAX_PRODUCT),
        ("line", entry.line, MAX_LINE),
        ("country", entry.country, MAX_COUNTRY),
    ):
        if value and len(value) > limit:
            notes.errors.append(
                RowError(
                    entry.row,
                    notes.mapping.get(name, ""),
                    value[:80],
                    "too_long",
                    _("This is longer than %(limit)d characters. Is it the right column?") % {"limit": limit},
                )
            )
    notes.bad.add(entry.order)
    return False


def _orders_at(table: Table, column: str, rows: set[int]) -> set[str]:
    """The order numbers in the refused rows: the file is read once more, for the reader drops them."""
    position, found = table.columns.index(column), set()
    for number, line in table.rows():
        if number in rows and position < len(line) and not cells.is_blank(line[position]):
            with suppress(CellError):
                found.add(cells.identifier(line[position]))
    return found


def _released(entry: Entry, notes: Notes) -> bool:
    """Whether the entry's order is whole; else report that it is held back."""
    if entry.order not in notes.bad:
        return True
    if entry.row not in notes.errors.rows:
        hold_back(entry, notes, _("Held back: another row of this order was refused."))
        notes.errors.rows.add(entry.row)
    return False


def hold_back(entry: Entry, notes: Notes, reason: str) -> None:
    """Report a good row that was left out for its order's sake."""
    notes.errors.append(RowError(entry.row, notes.mapping.get("order", ""), entry.order, "held_back", reason))


def _with_example(refused: FileRefused, table: Table) -> FileRefused:
    """The refusal for missing columns, with how to name them on the command line."""
    if refused.code != "missing_columns":
        return refused
    columns = list(filter(None, table.columns))
    example = _(
        "Name them, for example: --map order=“%(first)s” --map at=“%(second)s” --map amount=“%(last)s”."
    ) % {"first": columns[0], "second": columns[1] if len(columns) > 1 else columns[0], "last": columns[-1]}
    return FileRefused(refused.code, f"{refused.message} {example}", **refused.details)
