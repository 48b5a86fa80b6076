"""What can be wrong with an outside file: the whole file, one cell, one row.

Holds the three typed errors; each carries a code for programs and a message for people.
"""

from typing import NamedTuple

EXCERPT = 80


class FileRefused(Exception):
    """The file as a whole can't be read; nothing of it may be kept.

    `code` is stable (`encoding`, `too_many_rows`, …); `message` is in the reader's language and
    says what to do; `details` holds the figures named in it.
    """

    def __init__(self, code: str, message: str, **details: object):
        super().__init__(message)
        self.code = code
        self.message = str(message)
        self.details = details


class CellError(ValueError):
    """One cell can't be read as what its column holds; `code` is stable, `message` is for people."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code
        self.message = str(message)


class RowError(NamedTuple):
    """Why one row was left out: where (row as a spreadsheet numbers it, column), what, and why."""

    row: int
    column: str
    value: str
    reason: str
    message: str


def excerpt(value: str) -> str:
    """`value` cut to a length that a report can show."""
    return value if len(value) <= EXCERPT else value[: EXCERPT - 1] + "…"
