"""What becomes of each room's rows when a member is erased: a registry, so that accounts know no other room.

Holds the registry and the four things an eraser may ask for. Does not write: an eraser describes, and
`actions.erasures` carries out what it describes, in one transaction with the row that says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lingyu.kernel.events import DeclarationError
from lingyu.kernel.text import Named

from ..models import Erasure


@dataclass(frozen=True)
class Overwrite:
    """Put these values into these rows, whatever was there."""

    rows: QuerySet
    values: dict[str, Any]


@dataclass(frozen=True)
class Delete:
    """Delete these rows."""

    rows: QuerySet


@dataclass(frozen=True)
class Unname:
    """Take the member's addresses and names out of these text fields, and leave the rest."""

    rows: QuerySet
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Through:
    """Call an action of the room; it answers how many rows it changed (or whether it changed one)."""

    action: Callable[[], int]


Change = Overwrite | Delete | Unname | Through


@dataclass(frozen=True)
class Eraser(Named):
    """What one room lets go of; lower `order` comes first.

    The accounts themselves are 1000; beyond it stands only what is made anew from what is left.
    """

    code: str
    zh: str
    en: str
    order: int
    changes: Callable[[Erasure], Iterable[Change]]


ERASERS: dict[str, Eraser] = {}


def eraser(code: str, *, zh: str, en: str, order: int = 100):
    """Register a function of an erasure (`.member`, `.words`) that gives the changes, in order.

        @eraser("ratings", zh="评分", en="Ratings")
        def forget_ratings(erasure):
            yield Delete(Rating.objects.filter(member=erasure.member))

    It has to be repeatable: after a crash it is asked again.
    """

    def register(changes: Callable[[Erasure], Iterable[Change]]):
        if code in ERASERS and ERASERS[code].changes.__module__ != changes.__module__:
            raise DeclarationError(f"eraser {code!r} is declared twice")
        ERASERS[code] = Eraser(code, zh, en, order, changes)
        return changes

    return register


def in_order() -> list[Eraser]:
    """Every eraser in its order: until the accounts' own, the others still know whom they forget."""
    return sorted(ERASERS.values(), key=lambda e: (e.order, e.code))
