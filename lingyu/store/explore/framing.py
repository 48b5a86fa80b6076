"""What every answer carries beside its rows: what was asked, how fresh it is, from when on, and what to
beware of.

Holds also who is meant by a question: its days and its people.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Caveat, Column, Question, canonical, definition_hash
from lingyu.kernel.questions.days import day_of, days_of
from lingyu.kernel.text import N_

from .bitmaps import numbers_of
from .held import day_starts
from .sequences import Day, Sequences

OTHERS = "*others*"


def columns(**kinds: str) -> tuple[Column, ...]:
    """Names and what stands under them."""
    return tuple(Column(name, kind) for name, kind in kinds.items())


def answer(
    asked: Question,
    source: Sequences,
    heads: tuple[Column, ...],
    rows: list[dict[str, Any]],
    totals: dict[str, Any] | None = None,
    caveats: Iterable[Caveat] = (),
) -> Answer:
    """Rows as the answer to `asked`."""
    return Answer(
        kind=type(asked).__struct_config__.tag,
        columns=heads,
        rows=rows,
        totals=totals or {},
        question=msgspec.json.decode(canonical(asked)),
        hash=definition_hash(asked),
        zone=source.zone.key,
        freshness=source.freshness,
        history_from=None if source.first_day is None else day_of(source.first_day),
        history_to=None if source.last_day is None else day_of(source.last_day),
        caveats=(*caveats, *_damaged(source)),
    )


def _damaged(source: Sequences) -> list[Caveat]:
    """The caveat of a source some of whose files cannot be read: what is in them is not counted."""
    lost = getattr(source, "damaged", ())
    if not lost:
        return []
    told = {"rows": sum(one.rows for one in lost), "days": len({one.day for one in lost})}
    return [
        Caveat(
            "damaged",
            N_(
                "%(rows)s events of %(days)s days are left out: their files are damaged (`lingyu log status`)."
            ),
            told,
        )
    ]


def asked_days(asked: Question, source: Sequences) -> tuple[int, int] | None:
    """First and last day of the question's period, or of the history; None where there is no history."""
    return days_of(asked.period, source.first_day, source.last_day) if source.first_day is not None else None


def complete_day(source: Sequences) -> int:
    """The last day that is over and wholly known; one before the history where there is none."""
    if source.first_day is None or source.last_day is None:
        return -1
    known = round(source.freshness.timestamp() * 1000)
    ends = day_starts(source.first_day, source.last_day, source.zone)[1:]
    return source.first_day + int(np.searchsorted(ends, known, "right")) - 1


def truncated(source: Sequences, first: int) -> list[Caveat]:
    """The caveat of "never before" where the history begins with the period: older members look like new
    ones.
    """
    if source.first_day is None or source.first_day < first:
        return []
    return [
        Caveat(
            "left_truncated",
            N_("Nothing is known from before %(day)s: who came earlier counts as new."),
            {"day": day_of(source.first_day).isoformat()},
        )
    ]


def only(days: Iterable[Day], members: BitMap | None, people: int) -> list[Day]:
    """The days with the events of `members` alone (None: everybody's)."""
    if members is None:
        return list(days)
    allowed = np.zeros(people, bool)
    allowed[numbers_of(members)] = True
    return [kept for day in days if len((kept := _only(day, allowed)).people)]


def _only(day: Day, allowed: np.ndarray) -> Day:
    keep = allowed[day.people]
    lengths = np.diff(day.offsets)
    rows = np.repeat(keep, lengths)
    offsets = np.r_[0, np.cumsum(lengths[keep])].astype(np.uint32)
    return day._replace(
        people=day.people[keep], offsets=offsets, times=day.times[rows], events=day.events[rows]
    )


def seconds(milliseconds: float) -> float:
    """As answers say how long something took."""
    return round(float(milliseconds) / 1000, 3)


def share(part: float, whole: float) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def local(moment_ms: int, source: Sequences) -> str:
    """A moment as ISO text with the offset of the source's zone."""
    return datetime.fromtimestamp(moment_ms / 1000, source.zone).isoformat(timespec="milliseconds")
