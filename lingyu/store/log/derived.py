"""What is made out of a day's facts, and made again when they change: journeys, bitmaps, sessions, orders.

Each file says out of which version of its day it was made. One of another version is not used: the day
is then made in memory, for the question at hand, from the facts themselves. So a question is right at
once, and fast again when the worker has made the file anew (`build`). Machines' facts are left out.
"""

import uuid
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from pyroaring import BitMap

from ..disk import sync
from ..engines.duck.sql import literal
from ..explore.sequences import Day
from . import bitmaps, blocks, damage, rollups
from .canon import JOIN, Canon
from .catalog import Segment, publish, written
from .people import Joins, load_joins, tree

# Days whose blocks a process keeps that had to be made in memory, and open files of bitmaps.
IN_MEMORY, OPEN = 64, 1_024
DERIVED = ("journeys", "bitmaps", "sessions", "orders")


class Derived:
    """The derived files of a log."""

    def __init__(self, log):
        self.log, self.canon = log, Canon()
        self._block = lru_cache(maxsize=OPEN)(self._read_block)
        self._bitmaps = lru_cache(maxsize=OPEN)(bitmaps.Bitmaps)
        self._made: dict[tuple, Day] = {}
        self._joins: Joins | None = None

    # --- Making -----------------------------------------------------------------------------------

    def stale(self) -> list[int]:
        """Days whose files are of another version than the day, the latest first."""
        kinds = ", ".join(map(literal, DERIVED))
        rows = self.log.catalog.db().execute(
            "select number from day where (select count(*) from segment s "
            f"where s.died_at is null and s.kind in ({kinds}) and s.day = number and s.version = day.version"
            ") < ? order by number desc",
            (len(DERIVED),),
        )
        return [day for (day,) in rows]

    def build(self, days: Iterable[int] | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
        """Make the files of these days, or of all that are stale; how many days. Under the log's lease."""
        done = 0
        for day in self.stale() if days is None else days:
            if stopped():
                break
            version = self.log.catalog.days().get(day)
            if version is not None:
                self._build(day, version)
                done += 1
        return done

    def _build(self, day: int, version: int) -> None:
        block = self.block_of(day, self.log.catalog.live("facts", day, day))
        born = [
            self._write("journeys", day, version, len(block.times), lambda path: blocks.write(path, block)),
            self._write(
                "bitmaps", day, version, len(block.people), lambda path: bitmaps.write(path, who_did(block))
            ),
        ]
        for kind, select in rollups.SELECTS.items():
            born.append(self._roll_up(kind, select, day, version))
        sync(self.log.folder / segment.path for segment in born)
        kinds = {segment.kind for segment in born}
        with self.log.catalog.writing() as db:
            died = [s.path for kind in kinds for s in self.log.catalog.live(kind, day, day)]
            publish(db, born, died)

    def _write(self, kind: str, day: int, version: int, rows: int, write: Callable[[Path], int]) -> Segment:
        path = f"{kind}/{day}_{uuid.uuid4().hex}.{'bin' if kind == 'journeys' else 'maps'}"
        full = self.log.folder / path
        full.parent.mkdir(exist_ok=True)
        write(full)
        return written(self.log.folder, kind, day, path, rows, version)

    def _roll_up(self, kind: str, select: str, day: int, version: int) -> Segment:
        path = f"{kind}/{day}_{uuid.uuid4().hex}.parquet"
        full = self.log.folder / path
        full.parent.mkdir(exist_ok=True)
        facts = self.log.segments.relation(self.log.catalog.live("facts", day, day))
        with self.log.gate.connection() as db:
            person = self._person(db)
            sql = (
                f"COPY ({select.format(facts=facts, join=JOIN, person=person, events=self._events())}) "
                f"TO {literal(str(full))} (FORMAT parquet, COMPRESSION zstd)"
            )
            rows = damage.spared(self.log, sql, lambda text: db.execute(text).fetchone()[0])
        return written(self.log.folder, kind, day, path, rows, version)

    def joins(self) -> Joins:
        """Who is whom at present; kept until it changes."""
        version = self.log.catalog.version()[1]
        if self._joins is None or self._joins.version != version:
            self._joins = load_joins(self.log.catalog.db())
        return self._joins

    def _person(self, db) -> str:
        return self.canon.use(db, self.joins())

    def _events(self) -> str:
        """SQL that lets through facts that happened, and not what only tells of people or names."""
        numbers = [number for number, kind, _ in self.log.catalog.names() if kind == "event"]
        return f"f.event IN ({', '.join(map(str, numbers)) or '-1'})"

    def block_of(self, day: int, facts: Iterable[Segment]) -> Day:
        """A day's block out of the facts of its files."""
        with self.log.gate.connection() as db:
            return self.query_block(
                db, day, self.log.segments.relation(facts), self._person(db), self._events()
            )

    def query_block(self, db, day: int, relation: str, person: str, events: str) -> Day:
        """A day's block out of a relation of facts, all of that day."""
        start = self.log.calendar.start(day)
        sql = (
            f"SELECT {person} AS p, (epoch_ms(f.time) - {start})::UINTEGER AS t, f.event AS e "
            f"FROM {relation} f {JOIN} WHERE f.person > 0 AND NOT f.bot AND {events} ORDER BY p, t, e"
        )
        found = damage.spared(self.log, sql, lambda text: db.execute(text).fetchnumpy())
        return block(day, start, found["p"], found["t"], found["e"])

    # --- Reading ----------------------------------------------------------------------------------

    def day(self, number: int) -> Day:
        """The block of a day, from its file or, when that is stale or damaged, from its facts."""
        catalog = self.log.catalog
        version = catalog.days().get(number)
        for segment in catalog.live("journeys", number, number):
            if segment.version == version:
                try:
                    return self._block(segment.path, number)
                except damage.UNREADABLE as error:
                    damage.note(self.log, segment, str(error))
        return self._in_memory(number, version)

    def _read_block(self, path: str, number: int) -> Day:
        return blocks.read(self.log.folder / path, number, self.log.calendar.start(number))

    def _in_memory(self, number: int, version: int | None) -> Day:
        key = (number, version, self.log.catalog.version()[1])
        if key not in self._made:
            if len(self._made) >= IN_MEMORY:
                self._made.clear()
            self._made[key] = self.block_of(number, self.log.catalog.live("facts", number, number))
        return self._made[key]

    def bitmap(self, event: int, number: int) -> BitMap:
        """Who did an event (`bitmaps.ANY`: anything) on a day."""
        catalog = self.log.catalog
        version = catalog.days().get(number)
        for segment in catalog.live("bitmaps", number, number):
            if segment.version == version:
                try:
                    return self._bitmaps(self.log.folder / segment.path).of(event)
                except damage.UNREADABLE as error:
                    damage.note(self.log, segment, str(error))
        return who(self._in_memory(number, version), event)

    def days_of(self, people: Iterable[int], parted: Iterable[int] = ()) -> list[int]:
        """Days on which any of these did something; and those of which that is not known yet.

        `people` are counted by their own numbers as yet, those in `parted` by somebody else's: for
        these the facts are asked.
        """
        wanted, found = BitMap(people), set(self.days_with(parted))
        current = {s.day: s for s in self.log.catalog.live("bitmaps")}
        for day, version in self.log.catalog.days().items() if wanted else ():
            segment = current.get(day)
            if segment is None or segment.version != version or self._meets(segment, wanted):
                found.add(day)
        return sorted(found)

    def _meets(self, segment: Segment, people: BitMap) -> bool:
        """Whether one of them did something by a file of bitmaps; also when that cannot be read."""
        try:
            return people.intersect(self._bitmaps(self.log.folder / segment.path).of(bitmaps.ANY))
        except damage.UNREADABLE:
            # Noted by whoever reads it next: here a transaction of the catalog may be open.
            return True

    def days_with(self, people: Iterable[int]) -> list[int]:
        """Days on which one of these numbers, or of those joined to them, has a fact."""
        numbers = {number for root in people for number in tree(self.log.catalog.db(), root)}
        segments = self.log.catalog.live("facts")
        if not numbers or not segments:
            return []
        listed = ", ".join(map(str, numbers))
        days = {str(self.log.folder / segment.path): segment.day for segment in segments}
        paths = ", ".join(map(literal, days))
        sql = (
            f"SELECT DISTINCT filename FROM read_parquet([{paths}], filename = true) "
            f"WHERE person IN ({listed})"
        )
        rows = damage.spared(self.log, sql, self.log.gate.ask)
        return sorted({days[path] for (path,) in rows})


def block(day: int, start: int, people: np.ndarray, times: np.ndarray, events: np.ndarray) -> Day:
    """A day's block out of columns that are sorted by person, time and event."""
    people = np.asarray(people, dtype=np.uint32)
    first = (
        np.flatnonzero(np.diff(people, prepend=np.uint32(0), append=np.uint32(0))[:-1]) if len(people) else []
    )
    first = np.asarray(first, dtype=np.uint32)
    offsets = np.append(first, np.uint32(len(people))).astype(np.uint32)
    return Day(
        day, start, people[first], offsets, np.asarray(times, np.uint32), np.asarray(events, np.uint16)
    )


def who_did(day: Day) -> dict[int, BitMap]:
    """Of a block: by event, and for anything, who did it."""
    people = np.repeat(day.people, np.diff(day.offsets))
    order = np.argsort(day.events, kind="stable")
    events, people = day.events[order], people[order]
    edges = np.flatnonzero(np.diff(events)) + 1
    found = {bitmaps.ANY: BitMap(day.people)}
    for start, end in zip([0, *edges], [*edges, len(events)], strict=True):
        if start < end:
            found[int(events[start])] = BitMap(people[start:end])
    return found


def who(day: Day, event: int) -> BitMap:
    """Of a block: who did one event, or anything."""
    if event == bitmaps.ANY:
        return BitMap(day.people)
    return BitMap(np.repeat(day.people, np.diff(day.offsets))[day.events == event])
