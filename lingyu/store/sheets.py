"""Tables going out: CSV and Excel, safe to open in a spreadsheet.

Holds how a cell is written. What the columns and rows are is the caller's; reading tables is
`lingyu.store.intake`.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import xlsxwriter
from babel.numbers import get_currency_precision
from django.utils.translation import gettext as _

from .formulas import neutral

BOM = "\ufeff"
Kind = Literal["text", "count", "number", "money", "percent", "day"]

EXCEL_ROWS, EXCEL_TEXT = 1_048_576, 32_767
CSV_BLOCK = 500
_WIDTHS = {"text": 24, "count": 12, "number": 14, "money": 16, "percent": 12, "day": 12}


class TooManyRows(ValueError):
    """The table has more rows than an Excel sheet can hold; a CSV can hold them."""


@dataclass(frozen=True)
class Column:
    """One column of a table that goes out.

    Values by `kind`: money an int in minor units of `currency` or a Decimal in major units;
    percent a fraction of one; day a date or its ISO text; None is an empty cell.
    """

    key: str
    label: str
    kind: Kind = "text"
    currency: str = ""

    @property
    def places(self) -> int:
        """Decimals of the column's currency."""
        return get_currency_precision(self.currency) if self.currency else 2


def to_csv(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The table as UTF-8 CSV in blocks of bytes (RFC 4180, with a byte order mark for Excel).

    `rows` hold one value per column, in their order. Numbers stay numbers, also negative ones.
    """
    buffer = io.StringIO(BOM, newline="")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow([neutral(c.label) for c in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([_written(c, value) for c, value in zip(columns, row, strict=True)])
        if number % CSV_BLOCK == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def to_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    notes: Iterable[tuple[str, str]] = (),
) -> bytes:
    """The table as an .xlsx file, and a second sheet with `notes`: what the figures mean.

    Raises TooManyRows beyond what one sheet holds.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": title})
    _fill(book, book.add_worksheet(_sheet_name(title)), columns, rows)
    _explain(book, book.add_worksheet(_sheet_name(_("Definition"), taken=title)), title, notes)
    book.close()
    return buffer.getvalue()


def _written(column: Column, value: Any) -> Any:
    """One CSV cell: an exact number without separators, or a text that is safe to open."""
    number = _number(column, value)
    if number is not None:
        return format(number, "f") if isinstance(number, Decimal) else number
    return neutral(_text(value))


def _number(column: Column, value: Any) -> int | float | Decimal | None:
    """The value as a number in the unit a reader expects; None for what is not a finite number."""
    if column.kind in ("text", "day") or isinstance(value, bool):
        return None
    if isinstance(value, Fraction):
        value = int(value) if value.denominator == 1 else float(value)
    if column.kind == "money" and isinstance(value, int):
        return Decimal(value).scaleb(-column.places)
    if isinstance(value, int | float | Decimal) and math.isfinite(value):
        return value
    return None


def _text(value: Any) -> str:
    if value is None or (isinstance(value, float | Decimal) and not math.isfinite(value)):
        return ""
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)


def _fill(book, sheet, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
    """Write header and rows; rows in order, as constant memory demands."""
    header = book.add_format({"bold": True, "bottom": 1})
    formats = [book.add_format({"num_format": _format(c)}) for c in columns]
    for at, column in enumerate(columns):
        width = sum(2 if ord(c) > 0x2E80 else 1 for c in column.label) + 2
        sheet.set_column(at, at, min(60, max(_WIDTHS[column.kind], width)))
        sheet.write_string(0, at, column.label[:EXCEL_TEXT], header)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        if number >= EXCEL_ROWS:
            raise TooManyRows(
                _("An Excel sheet holds %(rows)s rows at most; export as CSV instead.")
                % {"rows": f"{EXCEL_ROWS - 1:,}"}
            )
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            _put(sheet, number, at, column, value, formats[at])


def _put(sheet, row: int, at: int, column: Column, value: Any, style) -> None:
    number = _number(column, value)
    if number is not None:
        sheet.write_number(row, at, number, style)
    elif column.kind == "day" and isinstance(value, date):
        # Excel knows no time zones.
        local = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        sheet.write_datetime(row, at, local, style)
    elif text := _text(value):
        sheet.write_string(row, at, text[:EXCEL_TEXT])


def _format(column: Column) -> str:
    """Excel's number format of a column."""
    money = "#,##0" + ("." + "0" * column.places if column.places else "")
    return {
        "text": "@",
        "count": "#,##0",
        "number": "#,##0.##",
        "money": money,
        "percent": "0.00%",
        "day": "yyyy-mm-dd",
    }[column.kind]


def _explain(book, sheet, title: str, notes: Iterable[tuple[str, str]]) -> None:
    """The sheet that says what the figures are: they leave the house with their meaning."""
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title[:EXCEL_TEXT], book.add_format({"bold": True}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (label, text) in enumerate(notes, 2):
        sheet.write_string(row, 0, label[:EXCEL_TEXT], wrapped)
        sheet.write_string(row, 1, text[:EXCEL_TEXT], wrapped)


def _sheet_name(name: str, taken: str = "") -> str:
    """`name` as Excel allows it for a sheet, and different from that of `taken`."""
    allowed = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).strip(" '")[:31].strip(" '") or "Lingyu"
    if allowed.lower() == "history":
        allowed += " "
    if taken and allowed.lower() == _sheet_name(taken).lower():
        allowed = allowed[:29] + " 2"
    return allowed
