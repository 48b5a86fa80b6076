"""Which set of rules is in force, told to every process; and the screeners of sets that are only tried.

Holds reads, and registers as the source of `pact.engine`.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from lingyu.community.pact import engine
from lingyu.community.pact.screening import Screener
from lingyu.community.pact.screening.deciding import Changes

from .contents import changes_of
from .models import Edition, RuleChange

NONE = ""


def current() -> Edition | None:
    """The edition in force; None while the shipped rules hold."""
    return Edition.objects.order_by("-number").first()


def current_key() -> str:
    """The key of the set in force, in one look at an index; empty for the shipped rules."""
    return Edition.objects.order_by("-number").values_list("key", flat=True).first() or NONE


def ids_in(edition: Edition | None) -> list[str]:
    """The changes of an edition, in their order."""
    return list(edition.changes) if edition else []


def key_of(number: int, ids: Iterable[str]) -> str:
    """What an edition is called: its number, and what it is made of."""
    return f"{number}-{sha256('|'.join(ids).encode()).hexdigest()[:12]}"


def changes_in(key: str) -> Sequence[Changes]:
    """The changes of the edition called `key`, in their order; ValidationError if one can't be read."""
    edition = Edition.objects.get(key=key)
    return _changes(ids_in(edition))


def screener_of(ids: Sequence[str]) -> Screener:
    """A screener with just these changes, for trying; kept for the next batch. Without any it is the base."""
    return _made(tuple(ids)) if ids else engine.base()


@lru_cache(maxsize=6)
def _made(ids: tuple[str, ...]) -> Screener:
    # A change never becomes another one, so its id says what it is.
    return engine.base().with_changes(*_changes(ids))


def _changes(ids: Sequence[str]) -> list[Changes]:
    rows = RuleChange.objects.in_bulk([UUID(id) for id in ids])
    return [changes_of(rows[UUID(id)].content) for id in ids]


engine.kept_by(engine.Source(key=current_key, changes=changes_in))
