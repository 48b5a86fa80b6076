"""What is said about people, as against what they did: the present value of each trait, by who said it last.

Each change is applied once, in the transaction that keeps its fact. A trait of a person who has several
numbers is the one said last of any of them. Holds no history: that is in the facts.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from lingyu.kernel.facts import Fact

from .people import milliseconds, tree

# Bytes of one value; lists that are appended to keep so many.
VALUE_BYTES, LIST_ITEMS = 8_192, 200
# As PostHog says them along with events.
_ALONG = {"$set": "set", "$set_once": "set_once", "$unset": "unset"}
_json = msgspec.json.Encoder().encode

_SET = """
insert into trait values (?, ?, ?, ?) on conflict do update
    set value = excluded.value, at = excluded.at where excluded.at >= at
"""
_SET_ONCE = "insert into trait values (?, ?, ?, ?) on conflict do nothing"


def speaks(fact: Fact) -> bool:
    """Whether a fact says anything of a person."""
    return fact.kind == "profile" or not _ALONG.keys().isdisjoint(fact.properties)


def apply(db: sqlite3.Connection, fact: Fact, person: int) -> None:
    """Make true of `person` what a fact says of them."""
    at = milliseconds(fact)
    for change, traits in _changes(fact):
        if change == "delete":
            db.execute("delete from trait where person = ?", (person,))
        elif change == "unset":
            names = traits if isinstance(traits, list) else list(traits)
            db.executemany(
                "delete from trait where person = ? and name = ?", [(person, str(n)) for n in names]
            )
        elif isinstance(traits, dict):
            for name, value in traits.items():
                _one(db, person, change, name, value, at)


def _changes(fact: Fact) -> Iterator[tuple[str, Any]]:
    """(change, traits) that a fact asserts."""
    along = [(_ALONG[name], fact.properties[name]) for name in _ALONG if name in fact.properties]
    if along:
        yield from along
    elif fact.kind == "profile":
        yield fact.change or "set", fact.properties


def _one(db: sqlite3.Connection, person: int, change: str, name: str, value: Any, at: int) -> None:
    if change in ("increment", "append"):
        row = db.execute("select value from trait where person = ? and name = ?", (person, name)).fetchone()
        value = _grown(change, msgspec.json.decode(row[0]) if row else None, value)
    if value is None:
        return
    text = _json(value).decode()
    if len(text) <= VALUE_BYTES:
        db.execute(_SET_ONCE if change == "set_once" else _SET, (person, name, text, at))


def _grown(change: str, before: Any, by: Any) -> Any:
    if change == "increment":
        if isinstance(by, bool) or not isinstance(by, int | float):
            return None
        is_number = isinstance(before, int | float) and not isinstance(before, bool)
        return (before if is_number else 0) + by
    kept = before if isinstance(before, list) else []
    return [*kept, *(by if isinstance(by, list) else [by])][-LIST_ITEMS:]


def traits_of(db: sqlite3.Connection, root: int) -> dict[str, Any]:
    """What is known of a person, of all their numbers: what was said last."""
    found: dict[str, tuple[int, str]] = {}
    for number in tree(db, root):
        for name, value, at in db.execute("select name, value, at from trait where person = ?", (number,)):
            if name not in found or at > found[name][0]:
                found[name] = (at, value)
    return {name: msgspec.json.decode(value) for name, (_, value) in sorted(found.items())}


def forget(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Remove all traits of these numbers."""
    db.executemany("delete from trait where person = ?", [(number,) for number in numbers])
