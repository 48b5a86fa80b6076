"""Cell parsers: the text of one cell in, one typed value out, or a CellError that says why not.

Each takes a `str` that is not blank (see `is_blank`) and raises CellError only.
"""

from .moments import day, moment
from .numbers import LARGEST, decimal_, integer, money
from .texts import clean, identifier, is_blank, text

__all__ = [
    "LARGEST",
    "clean",
    "day",
    "decimal_",
    "identifier",
    "integer",
    "is_blank",
    "moment",
    "money",
    "text",
]
