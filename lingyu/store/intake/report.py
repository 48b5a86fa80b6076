"""The report of refused rows: kept on disk as they come, written as a CSV when the reading is done.

Holds any number of errors in constant memory. Does not decide what is an error (`reader`).
"""

import csv
import os
import shutil
import tempfile
from collections import Counter
from os import PathLike
from pathlib import Path

from ..formulas import neutral
from .errors import RowError

SHOWN = 20
BOM = "\ufeff"  # without it Excel takes UTF-8 for the local code page


class ErrorReport:
    """Takes row errors by `append`; use it as a context manager, for it holds a temporary file.

    `count` is the number of errors, `rows` of the rows they are in, `reasons` counts by code, and
    `first` keeps the first few to show at once.
    """

    def __init__(self):
        self.count = 0
        self.rows = 0
        self.reasons: Counter[str] = Counter()
        self.first: list[RowError] = []
        self._last_row = 0
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        self._writer = csv.writer(self._file)

    def append(self, error: RowError) -> None:
        """Take one error."""
        self.count += 1
        if error.row != self._last_row:
            self.rows += 1
            self._last_row = error.row
        self.reasons[error.reason] += 1
        if len(self.first) < SHOWN:
            self.first.append(error)
        self._writer.writerow([error.row, *map(neutral, error[1:])])

    def write(self, path: str | PathLike) -> Path | None:
        """Write `row,column,value,reason,message` to `path`, whole or not at all; None without errors.

        UTF-8 with a byte order mark, and no cell that a spreadsheet would execute.
        """
        if not self.count:
            return None
        path = Path(path)
        self._file.flush()
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(handle, "w", encoding="utf-8", newline="") as out:
                out.write(BOM)
                csv.writer(out).writerow(RowError._fields)
                self._file.seek(0)
                shutil.copyfileobj(self._file, out)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return path

    def close(self) -> None:
        """Drop the temporary file."""
        self._file.close()

    def __enter__(self) -> "ErrorReport":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()
