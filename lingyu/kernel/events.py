"""Events: frozen facts in the past tense, and the closed registry of their kinds.

Holds the base class, the registration and the rules a declaration must keep.
Does not hold where events are kept (`lingyu.store`) nor any particular event: each lives in
the `events.py` of the room that records it.
"""

import types
import typing
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from .ids import uuid7
from .text import Named

# What a field may hold, and so what a column of the event store may be.
FIELD_TYPES = (str, int, bool, float, date, datetime, UUID)


class DeclarationError(TypeError):
    """A declaration breaks a rule of the house; the message says which and where."""


class Event(Named, msgspec.Struct, frozen=True, kw_only=True):
    """One fact: something that has happened, never changed afterwards.

    `id` makes it the same fact wherever it is met again; `occurred_at` is aware UTC;
    `person` is whose behaviour it is (a member, a buyer), `actor` who caused it to be recorded.
    Amounts are integers in minor units, with a `currency` field beside them.
    """

    name: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    # Fields that a person's own copy of the facts about them leaves out: they are of others, or of the house.
    withheld: ClassVar[tuple[str, ...]] = ()

    id: UUID = msgspec.field(default_factory=uuid7)
    occurred_at: datetime
    person: str | None = None
    actor: str | None = None


BASE_FIELDS = ("id", "occurred_at", "person", "actor")
EVENTS: dict[str, type[Event]] = {}
_FIELD_OWNERS: dict[str, tuple[str, type]] = {}


def fact(name: str, *, zh: str, en: str):
    """Class decorator: enter an event into the registry as `operation_or_app.what_happened`.

    Raises DeclarationError for a second use of a name, a missing docstring, a field of a type
    that no column can hold, or a field that another event declares with a different type
    (all events share one table, so one name means one type).
    """

    def register(cls: type[Event]) -> type[Event]:
        cls.name, cls.zh, cls.en = name, zh, en
        if name in EVENTS and EVENTS[name].__module__ != cls.__module__:
            raise DeclarationError(
                f"event {name!r} is declared in {EVENTS[name].__module__} and {cls.__module__}"
            )
        if not (cls.__doc__ or "").strip():
            raise DeclarationError(
                f"event {name!r} has no docstring; it is the event's page in the catalogue"
            )
        for field, kind in own_fields(cls).items():
            owner, known = _FIELD_OWNERS.setdefault(field, (name, kind))
            if known is not kind:
                raise DeclarationError(
                    f"field {field!r} is {kind.__name__} in {name!r} but {known.__name__} in {owner!r}; "
                    "rename one: all events share one table"
                )
        EVENTS[name] = cls
        return cls

    return register


def own_fields(event: type[Event]) -> dict[str, type]:
    """The declared fields of `event` beyond the base, as {name: Python type without None}."""
    hints = typing.get_type_hints(event)
    return {f: _plain(event, f, hints[f]) for f in event.__struct_fields__ if f not in BASE_FIELDS}


def all_fields() -> dict[str, type]:
    """Every declared field of every registered event, by name: the columns of the event table."""
    return {field: kind for field, (_, kind) in sorted(_FIELD_OWNERS.items())}


def event_named(name: str) -> type[Event]:
    """The registered event `name`; KeyError names the nearest known ones."""
    try:
        return EVENTS[name]
    except KeyError:
        raise KeyError(f"no event is called {name!r}; known: {', '.join(sorted(EVENTS))}") from None


def _plain(event: type[Event], field: str, hint: Any) -> type:
    kinds = [k for k in typing.get_args(hint) if k is not type(None)] or [hint]
    if isinstance(hint, types.UnionType | typing._UnionGenericAlias) is False:
        kinds = [hint]
    if len(kinds) != 1 or kinds[0] not in FIELD_TYPES:
        allowed = ", ".join(k.__name__ for k in FIELD_TYPES)
        raise DeclarationError(f"{event.__name__}.{field} is {hint}; a field holds one of {allowed}, or None")
    return kinds[0]
