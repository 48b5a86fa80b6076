"""The shape of every answer: rows under named columns, totals, and what they rest on.

Holds no rows of any kind of question in particular: those are described in `docs/guide/analyse.md`.
"""

from datetime import date, datetime
from typing import Any, Literal

import msgspec

ColumnKind = Literal["text", "whole", "number", "share", "day", "moment", "seconds"]


class Column(msgspec.Struct, frozen=True):
    """One column of an answer: `name` in the rows, and what stands in it (`share` is 0 to 1)."""

    name: str
    kind: ColumnKind


class Caveat(msgspec.Struct, frozen=True):
    """What a reader has to know before believing a number: a code, a msgid, and what fills it."""

    code: str
    message: str
    params: dict[str, Any] = {}

    def __str__(self) -> str:
        return self.message % self.params


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a question has as its answer.

    `rows` have the keys that `columns` name, in that order. `question` is the definition as it was counted,
    with every default written out, and `hash` its SHA-256. `freshness` is the moment up to which everything
    known is in it, `history_from` the first day that the source knows anything of.
    """

    kind: str
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]
    totals: dict[str, Any] = {}
    question: dict[str, Any] = {}
    hash: str = ""
    zone: str = ""
    freshness: datetime | None = None
    history_from: date | None = None
    history_to: date | None = None
    caveats: tuple[Caveat, ...] = ()
