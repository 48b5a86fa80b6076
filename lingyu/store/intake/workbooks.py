"""Workbooks: .xlsx, .xlsb, .xls and .ods by python-calamine, each cell as the text a CSV would hold.

Holds the checks that keep a small crafted file from filling the memory. Text files are in `lines`.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _

from .containers import ARCHIVE_ERRORS, BLOCK, OLE, damaged, not_a_table, protected, too_large, truncated
from .errors import FileRefused
from .lines import too_many_rows

# A sheet is laid out whole in memory, blank cells too: about 2 GB at this many.
MOST_CELLS = 60_000_000

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_REPEAT = re.compile(rb"""number-(rows|columns)-repeated\s*=\s*["'](\d{1,12})["']""")


class Workbook:
    """An opened workbook: its sheets with anything in them, and the rows of one."""

    def __init__(self, data: bytes, max_rows: int, max_bytes: int):
        if data.startswith(OLE):
            if _ENCRYPTED in data:
                raise protected()
        else:
            _refuse_bombs(data, max_bytes)
        self._max_rows = max_rows
        self._book = _call(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self.sheets = tuple(
            s.name for s in self._book.sheets_metadata
            if s.visible == calamine.SheetVisibleEnum.Visible and s.typ == calamine.SheetTypeEnum.WorkSheet
        )

    def sheet(self, name: str) -> "Sheet":
        """The sheet `name`; FileRefused `no_sheet` lists those that exist."""
        if name not in self.sheets:
            raise FileRefused("no_sheet", _("There is no sheet %(name)s. The file has: %(sheets)s.") % {
                "name": name, "sheets": ", ".join(self.sheets)}, sheets=self.sheets)
        return Sheet(_call(lambda: self._book.get_sheet_by_name(name)), self._max_rows)


class Sheet:
    """One sheet as rows of texts, numbered as the spreadsheet numbers them."""

    def __init__(self, sheet: Any, max_rows: int):
        self.name: str = sheet.name
        self._sheet = sheet
        self.height = sheet.end[0] + 1 if sheet.end else 0
        self._left = [""] * (sheet.start[1] if sheet.start else 0)
        if self.height > max_rows + 1:
            raise too_many_rows(max_rows, self.height - 1)

    def rows(self) -> Iterator[list[str]]:
        """All rows from the sheet's first on, each as wide as the sheet; blank ones are empty lists."""
        for row in self._sheet.iter_rows():
            cells = [cell if type(cell) is str else _written(cell) for cell in row]
            yield self._left + cells if any(cells) else []


def _written(cell: Any) -> str:
    """A typed cell as text; a number of more than 15 digits keeps its exponent, for its end is lost."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _call(work):
    """Run a calamine call; whatever goes wrong in it becomes FileRefused."""
    try:
        return work()
    except calamine.PasswordError:
        raise protected() from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        # A panic of the Rust library arrives as a BaseException of its own.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise damaged() from error
        raise


def _refuse_bombs(data: bytes, max_bytes: int) -> None:
    """Unpack every part once, within `max_bytes`, and look how large a sheet claims to be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise protected()
            if sum(part.file_size for part in archive.infolist()) > max_bytes:
                raise too_large(max_bytes)
            for part in archive.infolist():
                with archive.open(part) as stream:
                    _measure(part.filename, iter(lambda: stream.read(BLOCK), b""))
    except zipfile.BadZipFile:
        raise truncated() from None
    except ARCHIVE_ERRORS as error:
        raise damaged() from error


def _measure(name: str, blocks: Iterator[bytes]) -> None:
    if not name.endswith(".xml"):
        for _block in blocks:
            pass
        return
    width = height = 1
    rows = columns = 1
    tail = b""
    for block in blocks:
        text = tail + block
        if "worksheets/" in name:
            for letters, number in set(_CELL.findall(text)):
                width, height = max(width, _column(letters)), max(height, int(number))
        elif name == "content.xml":
            for axis, number in set(_REPEAT.findall(text)):
                # Spreadsheets pad the empty rest of a sheet up to its last row and column.
                if axis == b"rows":
                    rows = max(rows, int(number))
                else:
                    columns = max(columns, int(number))
        tail = text[-40:]
    if width * height > MOST_CELLS or rows > 2**20 or columns > 2**14:
        raise FileRefused("too_sparse", _(
            "The sheet reaches to row %(rows)s and column %(columns)s with hardly anything in it. "
            "Delete the empty rows and columns, or save it as CSV."
        ) % {"rows": max(rows, height), "columns": max(columns, width)})


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def open_workbook(data: bytes, max_rows: int, max_bytes: int) -> Workbook:
    """The workbook in `data`; FileRefused for what is damaged, protected or too large."""
    book = Workbook(data, max_rows, max_bytes)
    if not book.sheets:
        raise not_a_table()
    return book


def choose(book: Workbook, wanted: str | None, fits) -> Sheet:
    """The sheet asked for; else the first that `fits`; else the first with anything in it."""
    if wanted is not None:
        return book.sheet(wanted)
    sheets: Sequence[Sheet] = [book.sheet(name) for name in book.sheets]
    filled = [s for s in sheets if s.height]
    return next((s for s in filled if fits(s)), (filled or sheets)[0])
