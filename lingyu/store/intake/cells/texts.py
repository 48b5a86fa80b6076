"""Texts and identifiers: unwrapping what platforms put around them, refusing formulas.

Holds no numbers (`numbers`) and no dates (`moments`).
"""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from ...formulas import is_formula, unmarked
from ..errors import CellError

# White space of files in the wild: controls, no-break, ideographic and zero-width space, stray BOMs.
SPACE = (
    "".join(map(chr, range(1, 33)))
    + "\x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200C)))
    + "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)

_WRAPPED = re.compile(r'="((?:[^"]|"")*)"', re.DOTALL)
_PLAIN_ID = re.compile(r"[0-9A-Za-z_\-]+", re.ASCII)
_FLOAT_ID = re.compile(r"(\d+)\.0+", re.ASCII)
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?(\d{1,3})", re.ASCII)


def clean(raw: str) -> str:
    """`raw` without surrounding space and without the ="…" that keeps ids as text in spreadsheets."""
    value = raw.strip(SPACE)
    if value.startswith('="') and (wrapped := _WRAPPED.fullmatch(value)):
        return wrapped[1].replace('""', '"').strip(SPACE)
    return value


def is_blank(raw: str, blanks: frozenset[str] = frozenset()) -> bool:
    """Whether the cell holds nothing, or one of `blanks`: what its platform writes for nothing, as "-"."""
    value = clean(raw)
    return not value or value in blanks


def text(raw: str) -> str:
    """The text of a cell, unwrapped; `'123` and `'-5 ℃` lose the apostrophe that marks them as text.

    Raises CellError `formula` for what a spreadsheet would execute and `null_byte`.
    """
    value = clean(raw)
    first = value[:1]
    if first == "'":
        value = unmarked(value)
    elif first and first in "=+-@" and is_formula(value):
        raise formula()
    if "\0" in value:
        raise CellError("null_byte", _("The text holds a null byte: the file is damaged or not a text file."))
    return value


def formula() -> CellError:
    """The refusal of a cell that a spreadsheet would execute."""
    message = _("The cell is a spreadsheet formula. Paste it as a value, then export again.")
    return CellError("formula", message)


def identifier(raw: str) -> str:
    """An id as text: also written as a float ("17850.0" gives "17850"), also with an apostrophe.

    Raises CellError `destroyed_id` when a spreadsheet has rounded it ("1.23457E+17").
    """
    if _PLAIN_ID.fullmatch(raw) and raw[0] != "-" and "E" not in raw and "e" not in raw:
        return raw
    value = text(raw)
    if value.startswith("'"):
        value = value[1:].lstrip(SPACE)
    if whole := _FLOAT_ID.fullmatch(value):
        return whole[1]
    if _SCIENTIFIC.fullmatch(value) and _was_a_long_number(value):
        raise CellError(
            "destroyed_id",
            _(
                "A spreadsheet has rounded this id and its last digits are lost. "
                "Export the file again and do not open it in a spreadsheet before importing."
            ),
        )
    return value


def _was_a_long_number(value: str) -> bool:
    # Ids such as 1E5 or 12E3 occur as they are; a spreadsheet switches to exponents at 12 digits.
    mantissa, _e, power = value.upper().partition("E")
    return int(power) >= 11 or ("." in mantissa and Decimal(value) == int(Decimal(value)))
