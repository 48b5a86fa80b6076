"""Events to steps: which of a question's steps each event is, as one bit each.

Steps that only name events are told by a table over the names' numbers; others are picked by SQL and come
in the same shape, so that one kernel answers both. Holds no counting.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Listed
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import ANY, Step

from .bitmaps import bitmap_of
from .expressions import columns_of, of_step
from .held import block, day_starts
from .sequences import Arrays, Day, Sequences

NOBODY = BitMap()


class Matched(NamedTuple):
    """Days whose `events` are codes, and what a code is: `masks` (uint32) has bit i where it is step i."""

    days: list[Day]
    masks: np.ndarray


def matched(source: Sequences, steps: Listed[Step], first: int, last: int, *, every: bool = False) -> Matched:
    """The events of these days as `steps`; `every`: also those that are none."""
    if all(step.bare for step in steps):
        return Matched(list(source.days(first, last)), by_name(source, steps))
    rows = picked(source, steps, first, last, every=every)
    masks, codes = np.unique(rows["mask"], return_inverse=True)
    return Matched(split(source, rows, codes), masks.astype(np.uint32))


def by_name(source: Sequences, steps: Listed[Step]) -> np.ndarray:
    """What each name's number is of bare steps."""
    masks = np.zeros(max(len(source.names), 1), np.uint32)
    for bit, step in enumerate(steps):
        for number, name in enumerate(source.names):
            if step.event in (ANY, name):
                masks[number] |= np.uint32(1 << bit)
    return masks


def picked(
    source: Sequences,
    steps: Listed[Step],
    first: int,
    last: int,
    *,
    every: bool = False,
    further: str = "",
    columns: frozenset[str] | set[str] = frozenset(),
    join: str = "",
    **tables,
) -> Arrays:
    """The rows of `steps` with `day`, `person`, `ms` (UTC milliseconds) and `mask`, in the order of (day,
    person, at, mask); `further` expressions over `columns` and a `join` come with them.
    """
    bits = " | ".join(
        f"CASE WHEN {of_step(source, step)} THEN {1 << bit} ELSE 0 END" for bit, step in enumerate(steps)
    )
    needed = {"event", "person", "time", "day", *columns}.union(*(columns_of(source, s.where) for s in steps))
    sql = (
        f"SELECT day, person, epoch_ms(time) AS ms, {bits} AS mask {further} "
        f"FROM {source.relation(needed, first, last)} AS facts {join} "
        f"WHERE person IS NOT NULL {'' if every else 'AND mask > 0'} ORDER BY day, person, ms, mask"
    )
    return source.arrays(sql, **tables)


def split(source: Sequences, rows: Arrays, codes: np.ndarray) -> list[Day]:
    """Rows in the order of (day, person, ms) as days with `codes` for events."""
    if not len(codes):
        return []
    codes = codes.astype(np.uint16 if codes.max() < 1 << 16 else np.uint32)
    first, last = int(rows["day"][0]), int(rows["day"][-1])
    starts = day_starts(first, last, source.zone)
    bounds = np.searchsorted(rows["day"], np.arange(first, last + 2))
    return [
        block(day, int(starts[day - first]), rows["person"][a:b], rows["ms"][a:b], codes[a:b])
        for day, (a, b) in enumerate(pairwise(bounds), first)
        if a < b
    ]


class Doers:
    """Who did a step, day by day."""

    def __init__(self, source: Sequences, step: Step, first: int, last: int, among: BitMap | None = None):
        self._source, self._step, self._among = source, step, among
        self._picked = None if step.bare else dict(_filtered(source, step, first, last))

    def on(self, day: int) -> BitMap:
        """Who did it on this day; not to be changed."""
        if self._picked is not None:
            found = self._picked.get(day, NOBODY)
        else:
            found = self._source.bitmap(None if self._step.event == ANY else self._step.event, day)
        return found if self._among is None else found & self._among

    def during(self, first: int, last: int) -> BitMap:
        """Who did it on any day from `first` to `last`; not to be changed."""
        low = max(first, self._source.first_day or 0)
        high = min(last, -1 if self._source.last_day is None else self._source.last_day)
        if low == high:
            return self.on(low)
        days = [self.on(day) for day in range(low, high + 1)]
        return BitMap.union(*days) if days else NOBODY


def _filtered(source: Sequences, step: Step, first: int, last: int) -> Iterator[tuple[int, BitMap]]:
    needed = {"event", "person", "day"} | columns_of(source, step.where)
    rows = source.arrays(
        f"SELECT DISTINCT day, person FROM {source.relation(needed, first, last)} "
        f"WHERE person IS NOT NULL AND {of_step(source, step)} ORDER BY day, person"
    )
    days, begins = np.unique(rows["day"], return_index=True)
    bounds = np.r_[begins, len(rows["day"])]
    for day, (low, high) in zip(days, pairwise(bounds), strict=True):
        yield int(day), bitmap_of(rows["person"][low:high])
