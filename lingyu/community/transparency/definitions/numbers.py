"""What a public number is, as a declaration.

Holds types only.
"""

from dataclasses import dataclass
from typing import Literal

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Number(Named):
    """One number: its code, what people call it, its definition (a msgid), and its unit.

    A `ratio` is a share of one with a Wilson interval of 95 % beside it (“/low”, “/high”).
    """

    code: str
    zh: str
    en: str
    about: str
    unit: Literal["count", "ratio", "hours"] = "count"


@dataclass(frozen=True)
class Group(Named):
    """Numbers that stand together."""

    code: str
    zh: str
    en: str
    numbers: tuple[Number, ...]
