"""All that the log holds of one person, as their page tells it.

Reads the catalog and the facts of one person. Joins nobody.
"""

import json
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from lingyu.kernel.questions.days import day_of, number
from lingyu.store.log import LogSequences, rollups
from lingyu.store.log.people import tree
from lingyu.store.log.traits import traits_of

# Of one day at most; days offered to choose from; sessions shown.
EVENTS, DAYS, SESSIONS = 500, 60, 20
_SHOWN = {"host", "path", "referrer", "utm_source", "utm_medium", "utm_campaign", "amount", "currency"}


class Name(NamedTuple):
    """One name: of which kind, at which source (nothing: at every one), and whether it is their own."""

    source: str
    kind: str
    value: str
    known: bool


class Joined(NamedTuple):
    """That two numbers became one person's: what was said, by whom and when, and whether it holds."""

    number: int
    state: str
    why: str
    told: str
    by: str
    at: datetime
    undone_by: str | None
    undone_at: datetime | None


class Happening(NamedTuple):
    """One event of a time line, at the site's time of day."""

    at: datetime
    event: str
    source: str
    properties: dict[str, Any]


class Session(NamedTuple):
    """One visit: from when to when, how many events, where it came from and began."""

    began: datetime
    ended: datetime
    source: str
    events: int
    entry: str
    came: str


class Person:
    """One person of a log; `number` may be any of theirs."""

    def __init__(self, seen: LogSequences, number: int):
        self.seen, self.number = seen, seen.joins.root(number)
        self._db = seen.log.catalog.db()

    @cached_property
    def numbers(self) -> list[int]:
        """All numbers that are this person's."""
        return sorted(tree(self._db, self.number))

    @cached_property
    def called(self) -> str:
        """What to call them."""
        return self.seen.keys([self.number])[0]

    @cached_property
    def is_there(self) -> bool:
        """Whether the log knows anything of them."""
        return 0 < self.number < self.seen.people and bool(self.names or self.days(""))

    @cached_property
    def names(self) -> list[Name]:
        """All their names, their own first."""
        sources = dict(self.seen.sources)
        rows = self._rows("select scope, kind, label, value, known from key where person in ({})")
        found = [Name(sources.get(s, ""), f"{k} {lb}".strip(), v, bool(known)) for s, k, lb, v, known in rows]
        return sorted(found, key=lambda name: (not name.known, name.kind, name.value))

    @cached_property
    def traits(self) -> dict[str, Any]:
        """What was said of them last."""
        return traits_of(self._db, self.number)

    @cached_property
    def groups(self) -> list[tuple[str, str, datetime, datetime]]:
        """The groups that they were seen in: kind, code, first and last."""
        rows = self._rows(
            "select kind, code, min(first_at), max(last_at) from member where person in ({}) group by 1, 2"
        )
        return [(kind, code, _moment(first), _moment(last)) for kind, code, first, last in rows]

    @cached_property
    def joins(self) -> list[Joined]:
        """How their numbers became one person's, and what was refused or undone, the latest first."""
        rows = self._rows(
            "select id, state, why, told, by, at, undone_by, undone_at from joined "
            "where child in ({0}) or parent in ({0}) order by id desc"
        )
        return [
            Joined(*row[:5], _seconds(row[5]), row[6], None if row[7] is None else _seconds(row[7]))
            for row in rows
        ]

    def days(self, event: str) -> list[date]:
        """The last days on which they did `event` (nothing: anything), the latest first."""
        found: list[date] = []
        if self.seen.last_day is None:
            return found
        for day in range(self.seen.last_day, self.seen.first_day - 1, -1):
            if self.number in self.seen.bitmap(event or None, day):
                found.append(day_of(day))
                if len(found) == DAYS:
                    break
        return found

    @cached_property
    def events(self) -> list[tuple[str, int]]:
        """What they ever did, and how often."""
        return self._asked(
            "SELECT event, count(*) FROM {facts} GROUP BY event ORDER BY 2 DESC, event", {"event"}
        )

    def on(self, day: date, event: str = "") -> list[Happening]:
        """What they did on a day, in order."""
        first = number(day)
        needed = {"event", "person", "time", "source", "props", *_SHOWN}
        columns = sorted(_SHOWN)
        rows = self._asked(
            f"SELECT epoch_ms(time), event, source, props::JSON::VARCHAR, {', '.join(columns)} "
            f"FROM {{facts}} ORDER BY time, event LIMIT {EVENTS * 4}",
            needed,
            first,
            first,
        )
        told = [
            Happening(_moment(r[0]).astimezone(self.seen.zone), r[1], r[2] or "", _told(r[3], columns, r[4:]))
            for r in rows
        ]
        return [one for one in told if event in ("", one.event)][:EVENTS]

    @cached_property
    def sessions(self) -> list[Session]:
        """Their last visits, cut as those of the log are (30 minutes, a new campaign, midnight)."""
        if self.seen.last_day is None:
            return []
        columns = {"event", "person", "time", "day", "source", "host", "path", "referrer"}
        columns |= {"utm_source", "utm_medium", "utm_campaign"}
        facts = self.seen.relation(columns, self.seen.first_day, self.seen.last_day)
        by_day = "SELECT * REPLACE ({'s': source, 'd': day} AS source)"
        mine = f"({by_day} FROM {facts} WHERE person = {self.number:d})"
        rolled = rollups.SELECTS["sessions"].format(facts=mine, join="", person="f.person", events="true")
        rows = self.seen.ask(
            "SELECT epoch_ms(began), epoch_ms(ended), source.s, events, entry, "
            "coalesce(utm_source, referrer) "
            f"FROM ({rolled}) ORDER BY began DESC LIMIT {SESSIONS}"
        )
        return [Session(_moment(r[0]), _moment(r[1]), r[2] or "", r[3], r[4] or "", r[5] or "") for r in rows]

    def _rows(self, text: str) -> list[tuple]:
        return self._db.execute(text.format(", ".join(map(str, self.numbers)))).fetchall()

    def _asked(self, text: str, columns: set[str], first: int | None = None, last: int | None = None) -> list:
        if self.seen.last_day is None:
            return []
        first = self.seen.first_day if first is None else first
        last = self.seen.last_day if last is None else last
        facts = self.seen.relation({"event", "person", "time", *columns}, first, last)
        return self.seen.ask(text.format(facts=f"(SELECT * FROM {facts} WHERE person = {self.number:d})"))


def _told(props: str | None, columns: list[str], values: tuple) -> dict[str, Any]:
    """What an event says: its columns, then all further properties."""
    said = {name: value for name, value in zip(columns, values, strict=True) if value is not None}
    further = json.loads(props) if props else {}
    return said | {n: v for n, v in (further or {}).items() if n not in said}


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _seconds(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
