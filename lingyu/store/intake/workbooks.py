"""Workbooks: .xlsx, .xlsb, .xls and .ods by python-calamine, each cell as the text a CSV would hold.

Holds the choice of the sheet. Text files are in `lines`, what is too large is found by `bombs`.
"""

import io
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _

from . import bombs
from .containers import OLE, damaged, not_a_table, protected
from .errors import FileRefused
from .lines import too_many_rows

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An opened workbook: its sheets with anything in them, and the rows of one."""

    def __init__(self, data: bytes, max_rows: int, max_bytes: int):
        if data.startswith(OLE):
            if _ENCRYPTED in data:
                raise protected()
        else:
            bombs.refuse(data, max_bytes)
        self._max_rows = max_rows
        self._book = _call(lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)))
        self.sheets = tuple(
            s.name
            for s in self._book.sheets_metadata
            if s.visible == calamine.SheetVisibleEnum.Visible and s.typ == calamine.SheetTypeEnum.WorkSheet
        )

    def sheet(self, name: str) -> "Sheet":
        """The sheet `name`; FileRefused `no_sheet` lists those that exist."""
        if name not in self.sheets:
            raise FileRefused(
                "no_sheet",
                _("There is no sheet %(name)s. The file has: %(sheets)s.")
                % {"name": name, "sheets": ", ".join(self.sheets)},
                sheets=self.sheets,
            )
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


def open_workbook(data: bytes, max_rows: int, max_bytes: int) -> Workbook:
    """The workbook in `data`; FileRefused for what is damaged, protected or too large."""
    book = Workbook(data, max_rows, max_bytes)
    if not book.sheets:
        raise not_a_table()
    return book


def choose(book: Workbook, wanted: str | None, fits: Callable[[Sheet], bool]) -> Sheet:
    """The sheet asked for; else the first that `fits`; else the first with anything in it."""
    if wanted is not None:
        return book.sheet(wanted)
    filled = None
    for name in book.sheets:
        sheet = book.sheet(name)
        if sheet.height and fits(sheet):
            return sheet
        if sheet.height and filled is None:
            filled = sheet
    return filled or book.sheet(book.sheets[0])
