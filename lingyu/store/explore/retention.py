"""Retention: cohorts of who started, and how many of each came back later.

Counted on bitmaps of a unit's people. "Never before" is asked of all history, not of the period (the golden
negative F2), and a unit that is not over is unknown, not nought.
"""

from collections.abc import Iterator

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel.questions import ANY, Answer, Caveat, Retention, Span
from lingyu.kernel.questions.days import day_of, ends, later, unit_of, units_between
from lingyu.kernel.text import N_

from .framing import answer, asked_days, columns, complete_day, only, share, truncated
from .matching import Doers, matched
from .sequences import Sequences


class _Returns:
    """Who came back in which unit, none before the period begins."""

    def __init__(self, asked: Retention, source: Sequences, first: int, among: BitMap | None):
        self._unit, self._first = asked.unit, first
        self.last = source.last_day
        self._doers = Doers(source, asked.back, first, self.last, among)
        self._units: dict[int, BitMap] = {}
        self._since: dict[int, BitMap] = {}

    def on(self, unit: int) -> BitMap:
        """Who came in the unit that begins there."""
        if unit not in self._units:
            self._units[unit] = self._doers.during(max(unit, self._first), ends(unit, self._unit))
        return self._units[unit]

    def since(self, unit: int) -> BitMap:
        """Who came in that unit or any later one."""
        if not self._since:
            after = BitMap()
            for begins in reversed(units_between(self._first, self.last, self._unit)):
                after = after | self.on(begins)
                self._since[begins] = after
        return self._since.get(unit, BitMap())


def retention(asked: Retention, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a retention; one row a cohort and column, `n` and `last` telling the units of a
    column.
    """
    days = asked_days(asked, source)
    if days is None:
        return retention_answer(asked, source, [], [])
    first, last = days
    returns = _Returns(asked, source, first, among)
    cohorts = list(_cohorts(asked, source, first, last, among))
    again = _within_unit(asked, source, first, last, among)
    whole = complete_day(source)
    rows = []
    for unit, members in cohorts:
        for span in spans_of(asked):
            ripe = ends(later(unit, span.last, asked.unit), asked.unit) <= whole
            back = _back(asked, returns, again.get(unit, members), unit, members, span) if ripe else ()
            rows.append(cell(asked, unit, span, len(members), len(back), whole))
    return retention_answer(asked, source, [len(members) for _unit, members in cohorts], rows)


def retention_answer(asked: Retention, source: Sequences, sizes: list[int], rows: list[dict]) -> Answer:
    """The answer out of the sizes of cohorts and their cells."""
    heads = columns(
        cohort="day", size="whole", n="whole", last="whole", retained="whole", share="share", complete="text"
    )
    caveats = []
    if (days := asked_days(asked, source)) is not None:
        caveats += truncated(source, days[0]) if asked.cohort == "first_ever" else []
        caveats += _unripe(rows) + _rising(asked)
    totals = {"size": sum(sizes), "columns": _totals(spans_of(asked), rows)}
    return answer(asked, source, heads, rows, totals, caveats)


def spans_of(asked: Retention) -> list[Span]:
    """The units that each column counts."""
    if asked.windows:
        return list(asked.windows)
    if asked.mode == "bounded":
        return [Span(0, 0), *(Span(1, n) for n in range(1, asked.count + 1))]
    return [Span(n, n) for n in range(asked.count + 1)]


def _cohorts(
    asked: Retention, source: Sequences, first: int, last: int, among: BitMap | None
) -> Iterator[tuple[int, BitMap]]:
    """Each unit of the period with its members."""
    history = source.first_day if asked.cohort == "first_ever" else first
    doers = Doers(source, asked.start, min(history, first), last, among)
    before = doers.during(history, first - 1) if asked.cohort == "first_ever" else BitMap()
    for unit in units_between(first, last, asked.unit):
        members = doers.during(max(unit, first), min(ends(unit, asked.unit), last))
        if asked.cohort != "every":
            members = members - before
            before = before | members
        yield unit, members


def _back(
    asked: Retention, returns: _Returns, again: BitMap, unit: int, members: BitMap, span: Span
) -> BitMap:
    """Which members of the cohort of `unit` a column counts."""
    back = members & again if span.first == 0 else BitMap()
    if asked.mode == "rolling":
        return back | (members & returns.since(later(unit, max(span.first, 1), asked.unit)))
    for n in range(max(span.first, 1), span.last + 1):
        back |= members & returns.on(later(unit, n, asked.unit))
    return back


def cell(asked: Retention, unit: int, span: Span, size: int, retained: int, whole: int) -> dict:
    """One cell of the triangle; null where its units are not over on the day `whole`."""
    complete = ends(later(unit, span.last, asked.unit), asked.unit) <= whole
    return {
        "cohort": day_of(unit).isoformat(),
        "size": size,
        "n": span.first,
        "last": span.last,
        "retained": retained if complete else None,
        "share": share(retained, size) if complete else None,
        "complete": complete,
    }


def _totals(spans: list[Span], rows: list[dict]) -> list[dict]:
    """Each column over the cohorts that have it: those that are not yet so far are left out on both sides."""
    found = []
    for place, span in enumerate(spans):
        ripe = [row for row in rows[place :: len(spans)] if row["complete"]]
        size, retained = sum(row["size"] for row in ripe), sum(row["retained"] for row in ripe)
        found.append(
            {"n": span.first, "last": span.last, "size": size, "retained": retained if ripe else None}
            | {"share": share(retained, size) if ripe else None}
        )
    return found


def _within_unit(
    asked: Retention, source: Sequences, first: int, last: int, among: BitMap | None
) -> dict[int, BitMap]:
    """Who came back in the very unit of the start and not before it; all of them where that goes without
    saying.
    """
    if asked.start == asked.back or (asked.back.event == ANY and asked.back.bare):
        return {}
    found = matched(source, [asked.start, asked.back], first, last)
    units: dict[int, list] = {}
    for day in only(found.days, among, source.people):
        units.setdefault(unit_of(day.number, asked.unit), []).append(day)
    back = {unit: BitMap() for unit in units_between(first, last, asked.unit)}
    started, returned = np.zeros(source.people, np.int64), np.zeros(source.people, np.int64)
    for stamp, (unit, days) in enumerate(units.items(), 1):
        for day in days:
            _return(day.people, day.offsets, day.times, day.events, found.masks, stamp, started, returned)
        back[unit] = BitMap(np.flatnonzero(returned == stamp).astype(np.uint32))
    return back


@njit(cache=True, nogil=True)
def _return(people, offsets, times, codes, masks, stamp, started, returned):
    """Mark with `stamp` who starts (bit 0) on this day, and who returns (bit 1) at that moment or later."""
    for p in range(len(people)):
        person = people[p]
        i, end = offsets[p], offsets[p + 1]
        while i < end:
            moment, mask = times[i], np.uint32(0)
            while i < end and times[i] == moment:
                mask |= masks[codes[i]]
                i += 1
            if mask & np.uint32(1):
                started[person] = stamp
            if mask & np.uint32(2) and started[person] == stamp:
                returned[person] = stamp


def _unripe(rows: list[dict]) -> list[Caveat]:
    count = sum(not row["complete"] for row in rows)
    if not count:
        return []
    return [Caveat("incomplete", N_("%(count)s cells are not over yet; they are empty."), {"count": count})]


def _rising(asked: Retention) -> list[Caveat]:
    if asked.mode != "rolling":
        return []
    return [Caveat("rising", N_("Who is not back yet may still come: rolling retention can only rise."))]
