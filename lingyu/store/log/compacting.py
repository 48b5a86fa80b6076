"""Compaction: what the inbox holds becomes facts by day, each once, whatever is killed.

Requests are read on from the position in the catalog, turned into facts by their protocol's reader,
freed from what the log has already, given numbers, written as one file a day, and published with the
new position in one transaction. A kill before that leaves files that nobody lists; after it, nothing is
read again.
"""

import logging
import math
from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

import numpy as np

from lingyu.kernel.facts import Fact, Reading, Remark, read

from ..inbox import Row as Request
from ..inbox.files import Damaged, OtherFormat
from . import columns, ids, keeping, traits
from .catalog import MANY_NAMES, OTHER, Segment, publish, touch
from .people import People, load_joins, milliseconds

# Of one compaction: requests, and events after which no further request is added.
REQUESTS, EVENTS = 20_000, 100_000
# Told what the readers refused or mended: (source, protocol, remarks).
Told = Callable[[str, str, list[Remark]], None]
_log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What one compaction did."""

    requests: int = 0
    facts: int = 0
    doubles: int = 0


class Compactor:
    """Compacts `inbox` into `log`; whoever runs it holds the log's lease."""

    def __init__(self, log, inbox, told: Told = lambda source, protocol, remarks: None):
        self.log, self.inbox, self._told = log, inbox, told
        self._numbers: dict = {}

    def run(self, stopped: Callable[[], bool] = lambda: False) -> Done:
        """Compact all that waits now. What comes meanwhile waits for the next time, or it might never end."""
        total, left = Done(), self._waiting()
        while total.requests < left and not stopped() and (done := self.step()).requests:
            total = Done(*(a + b for a, b in zip(total, done, strict=True)))
        if not left:
            self.step()
        return total

    def _waiting(self) -> float:
        """How many requests wait; of a damaged file nobody knows."""
        try:
            return self.inbox.waiting(self.log.catalog.positions())
        except (Damaged, OtherFormat):
            return math.inf

    def step(self) -> Done:
        """Compact a batch of what waits. After OSError, sqlite3.Error, EngineError nothing was done."""
        positions = self.log.catalog.positions()
        facts, requests, remarks = [], 0, []
        unread: list[Request] = []
        for request in islice(self.inbox.read(positions), REQUESTS):
            reading = reading_of(request, unread)
            facts += reading.facts
            requests += 1
            positions[request.file] = request.seq
            if reading.remarks:
                remarks.append((request.source, request.protocol, reading.remarks))
            if len(facts) >= EVENTS:
                break
        if not requests:
            self.inbox.forget(keeping.covered(self.log))
            return Done()
        if unread:
            self.inbox.keep_unread(unread)
        kept = self.take(facts, positions)
        self.inbox.forget(keeping.covered(self.log))
        for told in remarks:
            self._told(*told)
        return Done(requests, kept, len(facts) - kept)

    def take(self, facts: list[Fact], positions: dict[str, int] | None = None) -> int:
        """Keep facts that the log has not, and how far the inbox was read, at once; how many were new."""
        moments = np.array([milliseconds(fact) for fact in facts], dtype=np.int64)
        days = self.log.calendar.days(moments)
        new, raw = unknown(self.log, facts, days)
        facts = [facts[n] for n in new]
        try:
            with self.log.catalog.writing() as db:
                self._keep(db, facts, moments[new], days[new], raw[new])
                db.executemany(
                    "insert into position values (?, ?) on conflict do update set seq = excluded.seq",
                    (positions or {}).items(),
                )
                db.execute(
                    "update meta set events = events + ?, doubles = doubles + ?",
                    (len(facts), len(moments) - len(facts)),
                )
        except BaseException:
            # Numbers that were given in it are not given; files that nobody lists are swept away.
            self._numbers.clear()
            raise
        return len(facts)

    # --- Keeping it -------------------------------------------------------------------------------

    def _keep(self, db, facts: list[Fact], moments, days, raw) -> None:
        if not facts:
            return
        people, late = People(db, load_joins(db), self._numbers), self._late(days)
        names, sources = Numbers(db, "name"), Numbers(db, "source")
        rows = []
        for fact, at, day in zip(facts, moments.tolist(), days.tolist(), strict=True):
            rows.append(row := row_of(fact, at, people, names, sources))
            if row.person and day not in late and traits.speaks(fact):
                traits.apply(db, fact, row.person)
        people.close()
        born = self.log.segments.write(columns.arrays(rows), days, late)
        born += [self.log.new_ids(int(day), raw[days == day]) for day in np.unique(days)]
        publish(db, born)
        found, counts = np.unique(days, return_counts=True)
        changed = dict(zip(found.tolist(), counts.tolist(), strict=True))
        for day in self.log.derived.days_of(people.touched, people.parted):
            changed.setdefault(day, 0)
        touch(db, changed)

    def _late(self, days: np.ndarray) -> dict[int, list[Segment]]:
        """Days of which not all ids are kept any more, with their files: they are compared by content."""
        counts = self.log.catalog.rows()
        late = {}
        for day in map(int, np.unique(days)):
            if sum(s.rows for s in self.log.catalog.live("ids", day, day)) < counts.get(day, 0):
                late[day] = self.log.catalog.live("facts", day, day)
        return late


def unknown(log, facts: list[Fact], days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of the facts that the log has not, each once, in order; and the ids of all of them."""
    raw = ids.as_array([fact.id for fact in facts])
    if not len(raw):
        return np.zeros(0, dtype=np.int64), raw
    _, first = np.unique(raw, axis=0, return_index=True)
    fresh = np.zeros(len(raw), dtype=bool)
    fresh[first] = True
    for day in np.unique(days):
        there = np.flatnonzero(fresh & (days == day))
        runs = log.runs(int(day) - 1, int(day) + 1)
        fresh[there[ids.known(raw[there], runs)]] = False
    return np.flatnonzero(fresh), raw


def row_of(fact: Fact, at: int, people: People, names: "Numbers", sources: "Numbers") -> columns.Row:
    """A fact as a row; gives the numbers that it needs."""
    source = sources.of(fact.source)
    person = people.number(fact, source)
    said = columns.texts(fact)
    money = (
        columns.own_amount(fact.properties)
        if fact.protocol == "house"
        else columns.amount(fact.properties, said[columns.CURRENCY], said[columns.ORDER])
    )
    return columns.Row(
        names.of(fact.kind, fact.name),
        person,
        at,
        source,
        fact.bot,
        said,
        money,
        columns.props(fact.properties),
    )


class Numbers:
    """Numbers of names or sources, given as they are first heard."""

    def __init__(self, db, table: str):
        self._db, self._table = db, table
        columns_ = "kind, name" if table == "name" else "code"
        self._known = {tuple(rest): n for n, *rest in db.execute(f"select id, {columns_} from {table}")}

    def of(self, *key: str) -> int:
        """The number of a name; that of "(other)" for what is beyond what can be numbered."""
        if (found := self._known.get(key)) is not None:
            return found
        if len(self._known) >= MANY_NAMES and key[-1] != OTHER:
            return self.of(*key[:-1], OTHER)
        marks = ", ".join("?" * len(key))
        table = self._table
        number = self._db.execute(
            f"insert into {table} select coalesce(max(id), 0) + 1, {marks} from {table} returning id", key
        ).fetchone()[0]
        self._known[key] = number
        return number


def reading_of(request: Request, unread: list[Request]) -> Reading:
    """What a kept request says. One whose reader fails is added to `unread`, to be kept."""
    try:
        return read(request)
    except Exception as error:
        _log.exception("log: a request of %s could not be read", request.protocol)
        unread.append(request)
        return Reading(remarks=[Remark("refused", "reader_failed", "", type(error).__name__)])
