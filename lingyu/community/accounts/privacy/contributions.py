"""What a member's export consists of: a registry, so that accounts know no other room.

Holds the registry. A contribution gives plain rows, each a flat mapping of names to values; they
become one JSON and one CSV file. Never a password, a secret, or what belongs to someone else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lingyu.kernel.events import DeclarationError
from lingyu.kernel.text import Named

from ..models import Member

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Contribution(Named):
    """One table of an export; `rows(member)` gives what the member may have."""

    code: str
    zh: str
    en: str
    rows: Callable[[Member], Rows]


CONTRIBUTIONS: dict[str, Contribution] = {}


def contribution(code: str, *, zh: str, en: str):
    """Register a function of a member that gives rows; `code` is the name of the files.

        @contribution("ratings", zh="我的评分", en="My ratings")
        def ratings(member):
            for r in Rating.objects.filter(member=member):
                yield {"article": r.article_id, "stars": r.stars, "at": r.at}

    Raises DeclarationError for a code that is taken, or that is no file name.
    """
    if not code.replace("_", "").isalnum() or not code.isascii():
        raise DeclarationError(f"contribution {code!r}: a code is letters, digits and “_”")

    def register(rows: Callable[[Member], Rows]) -> Callable[[Member], Rows]:
        if code in CONTRIBUTIONS and CONTRIBUTIONS[code].rows.__module__ != rows.__module__:
            raise DeclarationError(f"contribution {code!r} is declared twice")
        CONTRIBUTIONS[code] = Contribution(code, zh, en, rows)
        return rows

    return register
