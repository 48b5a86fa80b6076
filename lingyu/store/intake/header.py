"""The header of a table: which of the first rows names the columns, and whether it can.

Platforms write titles and notes before it. Holds no files and no meaning of a name.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from .cells import clean
from .errors import FileRefused
from .mapping import plain

# How far down the header may be.
HEADER_WITHIN = 12

_VALUE = re.compile(r"[-+]?[¥$£€]?\d[\d,.:/\sT-]*%?", re.ASCII)


def find_header(rows: Sequence[Sequence[str]], known: Collection[str]) -> int | None:
    """Index of the row in which most cells are `known` names (at least two, or all); None without one."""
    wanted = {plain(k) for k in known}
    best, most = None, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        names = {p for c in row if (p := plain(clean(c)))}
        hits = len(names & wanted)
        if hits > most and (hits > 1 or hits == len(names)):
            best, most = index, hits
    return best


def empty() -> FileRefused:
    """The refusal of a file without anything in it."""
    return FileRefused("empty", _("The file is empty."))


def header_of(first_rows: list[list[str]], known: Collection[str]) -> tuple[list[str], int]:
    """The column names and the index of their row. Raises FileRefused when no row can be the header."""
    cleaned = [[clean(c) for c in row] for row in first_rows]
    filled = [i for i, row in enumerate(cleaned) if any(row) and not _is_separator_line(row)]
    if not filled:
        raise empty()
    index = find_header(cleaned, known)
    if index is None:
        # A title is one long cell; the header is the first row about as wide as the table.
        widest = max(sum(map(bool, row)) for row in cleaned)
        index = next(i for i in filled if 2 * sum(map(bool, cleaned[i])) > widest)
        _refuse_values(cleaned[index])
    header = cleaned[index]
    while header and not header[-1]:
        header.pop()
    _refuse_duplicates(header)
    return header, index


def _is_separator_line(row: list[str]) -> bool:
    # What spreadsheets write above the header to name the separator: `sep=;`.
    return row[0].lower().startswith("sep=") and not any(row[2:])


def _refuse_values(header: list[str]) -> None:
    names = [c for c in header if c]
    values = [c for c in names if _VALUE.fullmatch(c)]
    if len(values) * 3 > len(names):
        raise FileRefused(
            "no_header",
            _(
                "The first row holds values, not column names (%(example)s). "
                "Add a row with the names of the columns."
            )
            % {"example": ", ".join(values[:3])},
        )


def _refuse_duplicates(header: list[str]) -> None:
    twice = [name for name, count in Counter(filter(None, header)).items() if count > 1]
    if twice:
        raise FileRefused(
            "duplicate_columns",
            _("Several columns have the same name: %(names)s. Rename or delete all but one of each.")
            % {"names": ", ".join(twice)},
            names=twice,
        )
