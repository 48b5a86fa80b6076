"""Who is who: the names that sources give people, as numbers, and which are the same person.

A person gets a number when a name of theirs is first heard, for ever: facts keep the number of the name
that came with them. That two numbers are one person's is an edge from one (`child`) to the other
(`parent`), asserted by a fact or an operator, and taken away again by undoing it; no fact is rewritten
for either.

Rules. A name that is *known* is somebody's own at a source: a user's id, or one that was identified. A
number becomes a child once; two people who are both known at one source, under different names, are
never joined, however often that is sent (a shared device must not make two customers one): it is noted
as refused. People of two sources are joined only by a declared key, whose names belong to no source.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from lingyu.kernel.facts import Fact, Key

_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
# Names whose numbers a process remembers.
REMEMBERED = 500_000
# The scope of declared keys: they are the same at every source.
EVERYWHERE = 0
# Who joins or parts by hand; `by` then begins so.
OPERATOR = "operator"
# What an unsure reference may mean, the surest first.
SURE = ("user", "distinct", "anonymous", "device")

Name = tuple[int, str, str, str]


class Joins:
    """The edges that hold, and whom they make of a number."""

    def __init__(self, edges: Iterable[tuple[int, int]], version: object = None):
        self.parents, self.version = dict(edges), version

    def root(self, person: int) -> int:
        """The number by which all numbers of this person are counted."""
        while (parent := self.parents.get(person)) is not None:
            person = parent
        return person

    def flat(self) -> dict[int, int]:
        """Of every child the root."""
        return {child: self.root(child) for child in self.parents}


def load_joins(db: sqlite3.Connection) -> Joins:
    """The edges that hold at present."""
    version = db.execute("select joins from meta").fetchone()[0]
    return Joins(db.execute("select child, parent from joined where state = 'active'"), version)


class People:
    """Gives numbers and joins them, within one transaction of the catalog.

    `touched` are the people who became somebody's, `parted` those who became their own again.
    """

    def __init__(self, db: sqlite3.Connection, joins: Joins, remembered: dict[Name, int]):
        self._db, self._joins, self._numbers = db, joins, remembered
        self._next = db.execute("select people from meta").fetchone()[0] + 1
        self.touched: set[int] = set()
        self.parted: set[int] = set()
        self._refused: set[tuple[int, int]] = set()

    def close(self) -> None:
        """Write down how many numbers were given."""
        joins = 1 if self.touched or self.parted else 0
        self._db.execute("update meta set people = ?, joins = joins + ?", (self._next - 1, joins))

    def number(self, fact: Fact, scope: int) -> int:
        """Whom a fact is about, nought for nobody; makes what it asserts of names true."""
        keys = fact.keys
        if len(keys) > 1 and keys[0].kind != "user":
            keys = sorted(keys, key=lambda key: key.kind != "user")
        if not keys:
            return 0
        person = self.of(keys[0], scope)
        link = fact.link
        if link is None:
            return person
        if link.kind == "identify":
            for other in keys[1:]:
                self._join(keys[0], other, scope, fact)
        elif link.kind == "alias" and link.other is not None:
            self._make_known(keys[0], scope)
            self._join(keys[0], link.other, scope, fact)
        elif link.kind == "part" and link.other is not None:
            self._part(link.other, scope, fact)
        elif link.kind == "group" and link.group:
            self._enter(person, link.group_kind or "group", link.group, fact)
        return person

    def of(self, key: Key, scope: int) -> int:
        """The number of a name; a new one when it was never heard."""
        if key.kind == "any":
            return self._any(key, scope)
        name = named(key, scope)
        number = self._numbers.get(name) or self._find(name)
        if number is None:
            number, self._next = self._next, self._next + 1
            known = key.kind == "user"
            self._db.execute("insert into key values (?, ?, ?, ?, ?, ?)", (*name, number, known))
        self._remember(name, number)
        return number

    def _any(self, key: Key, scope: int) -> int:
        for kind in SURE:
            if number := self._find((scope, kind, "", key.value)):
                return number
        return self.of(Key("distinct", key.value), scope)

    def _find(self, name: Name) -> int | None:
        row = self._db.execute(
            "select person from key where scope = ? and kind = ? and label = ? and value = ?", name
        ).fetchone()
        return row and row[0]

    def _remember(self, name: Name, number: int) -> None:
        if len(self._numbers) >= REMEMBERED:
            self._numbers.clear()
        self._numbers[name] = number

    def _make_known(self, key: Key, scope: int) -> None:
        if key.kind == "distinct":
            self.of(key, scope)
            self._db.execute(
                "update key set known = 1 "
                "where scope = ? and kind = ? and label = ? and value = ? and not known",
                named(key, scope),
            )

    # --- Joining and parting ---------------------------------------------------------------------

    def _join(self, key: Key, other: Key, scope: int, fact: Fact) -> None:
        one, two = self.of(key, scope), self.of(other, scope)
        if self._joins.root(one) != self._joins.root(two):
            told = f"{other.kind} {other.value} → {key.kind} {key.value}"
            self.join(one, two, why=fact.link.kind, told=told, by=f"{fact.source} {fact.id}")

    def join(self, one: int, two: int, *, why: str, told: str, by: str) -> bool:
        """Make two numbers one person's; False when that is refused, which is noted."""
        one, two = self._joins.root(one), self._joins.root(two)
        if one == two:
            return True
        ours, theirs = self._known(one), self._known(two)
        clash = any(scope in theirs and theirs[scope] != names for scope, names in ours.items())
        clash = clash or (why != OPERATOR and self._was_parted(one, two))
        parent, child = (two, one) if theirs and not ours else (one, two)
        if bool(ours) == bool(theirs) and two < one:
            parent, child = two, one
        if clash and (child, parent) in self._refused:
            return False
        self._db.execute(
            "insert into joined (child, parent, state, why, told, by, at) values (?, ?, ?, ?, ?, ?, ?)",
            (child, parent, "refused" if clash else "active", why, told[:600], by, time.time()),
        )
        if clash:
            self._refused.add((child, parent))
            return False
        self._joins.parents[child] = parent
        self.touched.add(child)
        return True

    def _was_parted(self, one: int, two: int) -> bool:
        """Whether an operator has parted these: no fact joins them again."""
        return bool(
            self._db.execute(
                "select 1 from joined where state = 'undone' and undone_by like ? || ' %' "
                "and ((child = ? and parent = ?) or (child = ? and parent = ?))",
                (OPERATOR, one, two, two, one),
            ).fetchone()
        )

    def _known(self, root: int) -> dict[int, set]:
        """Under which names a person is known, by source."""
        found: dict[int, set] = {}
        for number in tree(self._db, root):
            for scope, kind, label, value in self._db.execute(
                "select scope, kind, label, value from key where person = ? and known", (number,)
            ):
                found.setdefault(scope, set()).add((kind, label, value))
        return found

    def _part(self, key: Key, scope: int, fact: Fact) -> None:
        """Take back what made the bearer of this name somebody else's."""
        row = self._db.execute(
            "select id from joined where child = ? and state = 'active'", (self.of(key, scope),)
        ).fetchone()
        if row:
            self.undo(row[0], by=f"{fact.source} {fact.id}")

    def undo(self, join: int, *, by: str) -> bool:
        """Take one edge away; False when it no longer holds."""
        row = self._db.execute(
            "update joined set state = 'undone', undone_by = ?, undone_at = ? "
            "where id = ? and state = 'active' returning child, parent",
            (by, time.time(), join),
        ).fetchone()
        if row is None:
            return False
        self._joins.parents.pop(row[0], None)
        self.parted.add(row[0])
        return True

    def _enter(self, person: int, kind: str, code: str, fact: Fact) -> None:
        at = milliseconds(fact)
        self._db.execute(
            "insert into member values (?, ?, ?, ?, ?) on conflict do update "
            "set first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)",
            (kind, code, person, at, at),
        )


def named(key: Key, scope: int) -> Name:
    """A name as it is kept: a declared one is the same at every source."""
    return (EVERYWHERE if key.kind == "declared" else scope, key.kind, key.label, key.value)


def tree(db: sqlite3.Connection, root: int) -> Iterator[int]:
    """All numbers of the person that `root` stands for."""
    waiting = [root]
    while waiting:
        number = waiting.pop()
        yield number
        waiting += [
            child
            for (child,) in db.execute(
                "select child from joined where parent = ? and state = 'active'", (number,)
            )
        ]


def milliseconds(fact: Fact) -> int:
    """When a fact happened, in the log's precision."""
    return (fact.occurred_at - _EPOCH) // _MILLISECOND
