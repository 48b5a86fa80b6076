"""Retention: cohorts of who started, and how many of each came back later.

Counted on bitmaps of a unit's people. "Never before" is asked of all history, not of the period (the golden
negative F2), and a unit that is not over is unknown, not nought.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel.questions import ANY, Answer, Caveat, Retention, Span
from lingyu.kernel.questions.days import day_of, ends, unit_of, units_between
from lingyu.kernel.text import N_

from .bitmaps import bitmap_of, numbers_of
from .framing import answer, asked_days, columns, complete_day, only, share, truncated
from .matching import NOBODY, Doers, matched
from .sequences import Sequences


class _Returns:
    """Who came back in which unit, none before the period begins; units by their place from there."""

    def __init__(self, asked: Retention, source: Sequences, first: int, among: BitMap | None):
        self.units = units_between(first, source.last_day, asked.unit)
        whole = complete_day(source)
        self.complete = sum(ends(unit, asked.unit) <= whole for unit in self.units)
        doers = Doers(source, asked.back, first, source.last_day, among)
        self.on = [doers.during(max(unit, first), ends(unit, asked.unit)) for unit in self.units]

    @cached_property
    def since(self) -> list[BitMap]:
        """Who came in that unit or any later one."""
        return list(accumulate(reversed(self.on), BitMap.__or__))[::-1]


def retention(asked: Retention, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a retention; one row a cohort and column, `n` and `last` telling the units of a
    column.
    """
    days = asked_days(asked, source)
    if days is None:
        return retention_answer(asked, source, [])
    first, last = days
    returns = _Returns(asked, source, first, among)
    again = _within_unit(asked, source, first, last, among)
    cohorts = list(_cohorts(asked, source, first, last, among))
    counted = _counted(asked, returns, [members for _unit, members in cohorts], source.people)
    found = []
    for place, (unit, members) in enumerate(cohorts):
        back = again.get(unit, members) & members
        if asked.windows or (asked.mode == "bounded" and counted is None):
            counts = _spanned(returns, place, members, back, spans_of(asked))
        else:
            counts = _cells(asked, returns, place, members, back, counted)
        found.append((unit, len(members), counts))
    return retention_answer(asked, source, found)


def retention_answer(
    asked: Retention, source: Sequences, found: Iterable[tuple[int, int, Iterable[int | None]]]
) -> Answer:
    """The answer out of each cohort's unit, size, and how many came back in each column; None: not over."""
    heads = columns(
        cohort="day", size="whole", n="whole", last="whole", retained="whole", share="share", complete="text"
    )
    rows, spans, everybody = [], spans_of(asked), 0
    for unit, size, counts in found:
        shown, everybody = day_of(unit).isoformat(), everybody + size
        rows += [
            {
                "cohort": shown,
                "size": size,
                "n": span.first,
                "last": span.last,
                "retained": count,
                "share": None if count is None or not size else count / size,
                "complete": count is not None,
            }
            for span, count in zip(spans, counts, strict=True)
        ]
    days, caveats = asked_days(asked, source), []
    if days is not None:
        caveats += truncated(source, days[0]) if asked.cohort == "first_ever" else []
        caveats += _unripe(rows) + _rising(asked)
    totals = {"size": everybody, "columns": _totals(spans, rows)}
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


def _counted(asked: Retention, returns: _Returns, cohorts: list[BitMap], people: int) -> np.ndarray | None:
    """Of bounded retention: how many of each cohort came back within n units, n from 1.

    None where that is counted set by set: in the other modes, and where one may be in several cohorts.
    """
    if asked.mode != "bounded" or asked.cohort == "every" or asked.windows:
        return None
    cohort_of = np.full(people, -1, np.int32)
    for place, members in enumerate(cohorts):
        cohort_of[numbers_of(members)] = place
    counts = np.zeros((len(cohorts), asked.count + 1), np.int64)
    came = np.zeros(people, np.bool_)
    for place, there in enumerate(returns.on):
        _come(numbers_of(there), place, cohort_of, came, counts)
    return counts.cumsum(axis=1)


@njit(cache=True, nogil=True)
def _come(there, unit, cohort_of, came, counts):
    """Count who comes back in this unit for the first time after the cohort's own."""
    for person in there:
        passed = unit - cohort_of[person]
        if passed > 0 and cohort_of[person] >= 0 and not came[person]:
            came[person] = True
            if passed < counts.shape[1]:
                counts[cohort_of[person], passed] += 1


def _cells(
    asked: Retention,
    returns: _Returns,
    place: int,
    members: BitMap,
    again: BitMap,
    counted: np.ndarray | None,
) -> list[int | None]:
    """A cohort's cells; that of the start's own unit apart, those that are not over None."""
    over = returns.complete - place
    own, count = len(again), asked.count
    if counted is not None:
        later = counted[place, 1:over].tolist()
    else:
        sets = returns.since if asked.mode == "rolling" else returns.on
        # As a plain call in a plain loop: there are thousands of cells, each of less than a microsecond.
        later = [*map(members.intersection_cardinality, sets[place + 1 : place + min(over, count + 1)])]
    if asked.mode == "rolling" and place + 1 < len(returns.on):
        own = len(members & returns.since[place + 1] | again)
    known = [own, *later][: max(over, 0)]
    return known + [None] * (count + 1 - len(known))


def _spanned(
    returns: _Returns, place: int, members: BitMap, again: BitMap, spans: list[Span]
) -> Iterator[int | None]:
    """The cells of spans of units: who came back in any unit of each."""
    for first, last in ((span.first, span.last) for span in spans):
        if place + last >= returns.complete:
            yield None
            continue
        back = again if first == 0 else NOBODY
        units = returns.on[place + max(first, 1) : place + last + 1]
        yield len(members & BitMap.union(*units) | back) if units else len(back)


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
        back[unit] = bitmap_of(np.flatnonzero(returned == stamp))
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
