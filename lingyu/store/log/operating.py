"""What an operator does to the log: joins people and parts them, erases one, mends it, makes it anew.

The only door for that, for the command line and for pages. The log is a store of its own beside the database,
so a deed and its event cannot commit together. The deed comes first, and can be repeated: asked for again it
finds itself done. Then the event is recorded, under an id that follows from what was done: whoever was killed
in between asks again, and it is the same event. What was done to whom, and why, stands in the log's catalog,
which erasing cleans; the event names nobody.
"""

import sqlite3
import time
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from lingyu.kernel.events import Event
from lingyu.kernel.ids import fact_id

from .. import events
from ..outbox import record
from . import damage, erasing, keeping
from .catalog import touch
from .compacting import Compactor
from .people import OPERATOR, People, load_joins
from .rezoning import rezone as make_anew


class Refused(ValueError):
    """A deed is not possible; `code` says why: same_person, known_apart, no_such_join."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Join(NamedTuple):
    """One row of the audit of who was joined with whom: numbers, whether it holds, who said so and when."""

    number: int
    child: int
    parent: int
    state: str
    why: str
    told: str
    by: str
    at: float
    undone_by: str | None
    undone_at: float | None


def join_people(log, *, actor: str, one: int, two: int, reason: str) -> int:
    """Have two people (numbers) be counted as one; the join's number. Raises Refused.

    Refused for two whom one source knows under names of their own. `actor` is who decides it.
    """
    with log.lease():
        number = _join(log, actor, one, two, reason)
        keeping.keep(log, at_once=True)
    _record(events.PeopleJoined, actor, str(number), number=number)
    return number


def _join(log, actor: str, one: int, two: int, reason: str) -> int:
    refused = ""
    with log.catalog.writing() as db:
        joins = load_joins(db)
        if one == two:
            raise Refused("same_person")
        if joins.root(one) == joins.root(two):
            # Perhaps by this very deed, before it could be recorded.
            return _standing(db, joins.root(one), actor, reason)
        people = People(db, joins, {})
        if not people.join(one, two, why=OPERATOR, told=reason, by=f"{OPERATOR} {actor}"):
            # That it was refused is noted, too.
            refused = "known_apart"
        number = db.execute("select max(id) from joined").fetchone()[0]
        _close(log, db, people)
    if refused:
        raise Refused(refused)
    return number


def _standing(db, root: int, actor: str, reason: str) -> int:
    """The join of this deed. Raises Refused when they are one person for another reason."""
    row = db.execute(
        "select max(id) from joined where state = 'active' and parent = ? and by = ? and told = ?",
        (root, f"{OPERATOR} {actor}", reason[:600]),
    ).fetchone()
    if row[0] is None:
        raise Refused("same_person")
    return row[0]


def part_people(log, *, actor: str, number: int, reason: str) -> bool:
    """Take the join `number` back; False when it had been taken back already. Raises Refused."""
    with log.lease():
        with log.catalog.writing() as db:
            row = db.execute("select state from joined where id = ?", (number,)).fetchone()
            if row is None or row[0] == "refused":
                raise Refused("no_such_join")
            people = People(db, load_joins(db), {})
            undone = people.undo(number, by=f"{OPERATOR} {actor} ({reason})"[:600])
            _close(log, db, people)
        keeping.keep(log, at_once=True)
    _record(events.PeopleParted, actor, str(number), number=number)
    return undone


def _close(log, db, people: People) -> None:
    """Have the days on which somebody moved be made anew."""
    people.close()
    touch(db, dict.fromkeys(log.derived.days_of(people.touched, people.parted), 0))


def erase_person(log, inbox, *, actor: str | None, person: int, reason: str) -> erasing.Erased:
    """Forget all that the log holds of a person (number), in every file. Raises EngineError.

    `reason` is kept with who did it (nobody: the house itself): it may name a request for it, and must not
    name the person.
    """
    with log.lease():
        by = f"{OPERATOR} {actor}" if actor else "the house"
        erased = erasing.erase(log, inbox, person, by=f"{by} ({reason})"[:600])
        number = log.catalog.db().execute("select max(id) from erased").fetchone()[0]
    _record(events.PersonErased, actor, str(number), number=number, pieces=erased.facts)
    return erased


def forget_member(log, inbox, *, key: str) -> int:
    """Forget who goes by a member's id: as a user's name at whatever source, or as the declared key `member`.

    How many facts went; with them go those of everybody whom that name was joined with. For who was erased
    from the site. Raises EngineError.
    """
    compact(log, inbox)
    rows = log.catalog.db().execute(
        "select distinct person from key "
        "where value = ? and (kind = 'user' or (kind = 'declared' and label = 'member'))",
        (key,),
    )
    roots = {log.derived.joins().root(person) for (person,) in rows.fetchall()}
    return sum(
        erase_person(log, inbox, actor=None, person=root, reason="erased from the site").facts
        for root in sorted(roots)
    )


def mend(log, *, actor: str, give_up: bool = False) -> damage.Mended:
    """Count damaged files again that are whole again, or give the others up; mend a damaged catalog.

    Raises EngineError when the catalog is damaged and has no copy.
    """
    with log.lease():
        try:
            mended = damage.mend(log, give_up)
        except sqlite3.DatabaseError as error:
            if not keeping.is_of_the_catalog(error):
                raise
            keeping.put_back(log.folder)
            mended = damage.mend(log, give_up)
        keeping.keep(log, at_once=True)
    if mended.gone:
        _record(events.FactsGivenUp, actor, " ".join(mended.gone), pieces=mended.facts)
    return mended


def read_again(log, inbox, *, actor: str) -> int:
    """Have requests that no reader understood come once more, after it was mended; how many files."""
    with log.lease():
        number = inbox.again()
    if number:
        _record(events.RequestsReadAgain, actor, str(time.time()), number=number)
    return number


def compact(log, inbox) -> int:
    """Take in all that waits in the inbox now; how many facts were new. No deed: the worker does the same."""
    with log.lease():
        return Compactor(log, inbox).run().facts


def build(log) -> int:
    """Make all that is made out of days and is stale; how many days."""
    with log.lease():
        return log.derived.build()


def rezone(folder, *, actor: str, zone: str, memory: str = "1GB") -> int:
    """Make a log anew by the days of `zone`; how many facts. Raises EngineError when there is no room."""
    facts, version = make_anew(folder, zone, memory)
    if version:
        _record(events.LogRezoned, actor, f"{zone} {version}", pieces=facts)
    return facts


def joins_of(log, numbers: list[int]) -> list[Join]:
    """All that was ever said of joining one of these numbers, the latest first."""
    listed = ", ".join(map(str, map(int, numbers))) or "-1"
    rows = log.catalog.db().execute(
        "select id, child, parent, state, why, told, by, at, undone_by, undone_at from joined "
        f"where child in ({listed}) or parent in ({listed}) order by id desc"
    )
    return [Join(*row) for row in rows]


def _record(kind: type[Event], actor: str | None, key: str, **fields) -> None:
    with transaction.atomic():
        record(kind(id=fact_id(kind.name, key), occurred_at=timezone.now(), actor=actor, **fields))
