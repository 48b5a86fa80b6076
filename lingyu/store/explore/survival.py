"""Survival: how long people stay, by Kaplan and Meier, with those who are still there not counted as lost.

Durations are whole days of the calendar, from the day of the start. The variance is Greenwood's, the interval
symmetric on the scale of log(-log S), so that it stays between 0 and 1. Holds no reasons for leaving.
"""

from collections.abc import Iterable, Iterator
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Survival

from .framing import answer, asked_days, columns, complete_day, only, truncated
from .groups import groups
from .matching import matched, picked
from .sequences import Sequences


class Moment(NamedTuple):
    """The curve after `day`: who was at risk then, how many were lost and censored on it, and what is
    left.
    """

    day: int
    at_risk: int
    lost: int
    censored: int
    survival: float
    error: float | None
    low: float | None
    high: float | None


def kaplan_meier(durations: np.ndarray, lost: np.ndarray, confidence: float = 0.95) -> Iterator[Moment]:
    """The curve of `durations`, of which those that are `lost` ended so; one moment for each duration there
    is.

    Who is censored on a day was at risk on it. The error is Greenwood's; there is none, and no interval, at
    a survival of 1 or 0.
    """
    days, places = np.unique(durations, return_inverse=True)
    deaths = np.bincount(places, weights=lost, minlength=len(days)).astype(np.int64)
    leaving = np.bincount(places, minlength=len(days))
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    at_risk, survival, greenwood = len(durations), 1.0, 0.0
    for day, died, left in zip(days.tolist(), deaths.tolist(), leaving.tolist(), strict=True):
        survival *= 1 - died / at_risk
        error = low = high = None
        if died < at_risk:
            greenwood += died / (at_risk * (at_risk - died))
        if 0 < survival < 1:
            error = survival * sqrt(greenwood)
            spread = z * sqrt(greenwood) / abs(log(survival))
            low, high = survival ** exp(spread), survival ** exp(-spread)
        yield Moment(day, at_risk, died, left - died, survival, error, low, high)
        at_risk -= left


def survival(asked: Survival, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a survival; one row a day on which somebody was lost or censored, or such a day and
    group.
    """
    days = asked_days(asked, source)
    if days is None:
        return survival_answer(asked, source, None, [])
    people, durations, lost = _lives(asked, source, *days, among)
    told = _grouped(asked, source, *days, people, among) if asked.by else ()
    return survival_answer(asked, source, (durations, lost), told)


def survival_answer(
    asked: Survival,
    source: Sequences,
    lives: tuple[np.ndarray, np.ndarray] | None,
    groups: Iterable[tuple[str | None, np.ndarray]],
) -> Answer:
    """The answer out of how many days everybody stayed and whether they were lost then; `groups` say which of
    them.
    """
    heads = columns(
        **({"group": "text"} if asked.by else {}),
        day="whole", at_risk="whole", lost="whole", censored="whole",
        survival="share", error="number", low="share", high="share",
    )  # fmt: skip
    if lives is None:
        return answer(asked, source, heads, [], {"people": 0, "lost": 0, "median_days": None})
    totals = _totals(*lives, asked.confidence)
    if asked.by:
        rows, totals["groups"] = [], []
        for label, inside in groups:
            if not inside.any():
                continue
            own = [part[inside] for part in lives]
            rows += [{"group": label, **row} for row in _rows(*own, asked.confidence)]
            totals["groups"].append({"group": label} | _totals(*own, asked.confidence))
    else:
        rows = _rows(*lives, asked.confidence)
    return answer(asked, source, heads, rows, totals, truncated(source, asked_days(asked, source)[0]))


def _rows(durations: np.ndarray, lost: np.ndarray, confidence: float) -> list[dict[str, Any]]:
    return [moment._asdict() for moment in kaplan_meier(durations, lost, confidence)]


def _totals(durations: np.ndarray, lost: np.ndarray, confidence: float) -> dict[str, Any]:
    half = (m.day for m in kaplan_meier(durations, lost, confidence) if m.survival <= 0.5)
    return {"people": len(durations), "lost": int(lost.sum()), "median_days": next(half, None)}


def _lives(
    asked: Survival, source: Sequences, first: int, last: int, among: BitMap | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Who started in the period, how many days they were seen to stay, and whether they were lost then."""
    steps = [asked.start, asked.step] + ([asked.end] if asked.end else [])
    watched = max(complete_day(source), source.first_day)
    found = matched(source, steps, source.first_day, watched)
    never = np.iinfo(np.int32).min
    began, stayed, ended = (np.full(source.people, never, np.int32) for _ in range(3))
    for day in only(found.days, among, source.people):
        _live(day.people, day.offsets, day.times, day.events, found.masks, day.number, began, stayed, ended)
    people = np.flatnonzero((began >= first) & (began <= last))
    began, stayed, ended = began[people], stayed[people], ended[people]
    if asked.end:
        lost = ended > never
        return people, np.where(lost, ended, watched) - began, lost
    return people, stayed - began, stayed + asked.silence <= watched


@njit(cache=True, nogil=True)
def _live(people, offsets, times, codes, masks, day, began, stayed, ended):
    """Note the day of each one's first start (bit 0), last sign of life (bit 1) and first end (bit 2) after
    it.
    """
    never = np.iinfo(np.int32).min
    for p in range(len(people)):
        person = people[p]
        i, end = offsets[p], offsets[p + 1]
        while i < end:
            moment, mask = times[i], np.uint32(0)
            while i < end and times[i] == moment:
                mask |= masks[codes[i]]
                i += 1
            if mask & np.uint32(1) and began[person] == never:
                began[person] = stayed[person] = day
            if began[person] != never:
                if mask & np.uint32(2):
                    stayed[person] = day
                if mask & np.uint32(4) and ended[person] == never:
                    ended[person] = day


def _grouped(
    asked: Survival, source: Sequences, first: int, last: int, people: np.ndarray, among: BitMap | None
) -> Iterator[tuple[str | None, np.ndarray]]:
    """Each group with which of `people` are in it: by the property of the event that started them."""
    told = groups(source, asked.by, asked.start, first, last, asked.top, among)
    rows = picked(
        source, [asked.start], first, last,
        further=f", {told.number()} AS grp", columns={told.column(source)}, join=told.join(source),
        grouping=told.table(),
    )  # fmt: skip
    group = np.full(source.people, -1, np.int64)
    order = np.lexsort((rows["ms"], rows["person"]))
    who, at = np.unique(rows["person"][order], return_index=True)
    group[who] = rows["grp"][order][at]
    for place, label in enumerate(told.labels):
        yield label, group[people] == place
