"""Funnels: how many get from step to step, how long it takes them, and where they are lost.

The semantic is ClickHouse's windowFunnel: a step counts from the latest start that reaches it, ties in
time go by the order of the steps, and the window's end belongs to it. Holds no loops: `funnel_kernels`
does.
"""

from collections.abc import Iterator
from collections.abc import Sequence as Listed
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, NamedTuple

import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Funnel, Step

from . import funnel_kernels as kernels
from .bitmaps import bitmap_of
from .framing import answer, asked_days, columns, only, seconds, share
from .groups import Groups, groups
from .matching import Matched, matched, picked, split
from .quantiles import percentiles
from .sequences import Day, Sequences

THREADS = 2
# Below this many events a second thread costs more than it saves.
WORTH_SPLITTING = 200_000
_NEVER = np.array([], np.int64)


class Passage(NamedTuple):
    """What came out: `counts` by step, `took` milliseconds from the start by step, `state` as the kernel left
    it.
    """

    counts: np.ndarray
    took: list[np.ndarray]
    state: np.ndarray

    def arrived(self, step: int) -> BitMap:
        """Who reached the step (from 0); not known of any order."""
        return bitmap_of(np.flatnonzero(self.state[:, 0] >> step & 1))


def funnel(asked: Funnel, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a funnel; one row a step, or one a step and group."""
    heads = columns(
        **({"group": "text"} if asked.by else {}),
        step="whole", label="text", count="whole", share="share", share_of_previous="share", lost="whole",
        median_seconds="seconds", mean_seconds="seconds", p90_seconds="seconds",
    )  # fmt: skip
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, heads, list(_rows(asked, None)), _totals(None))
    if asked.by:
        rows, whole = _broken_down(asked, source, *days, among)
    else:
        found = matched(source, all_steps(asked), *days, every=asked.order == "strict")
        whole = walk(asked, found, only(found.days, among, source.people), source.people)
        rows = list(_rows(asked, whole))
    return answer(asked, source, heads, rows, _totals(whole))


def walk(asked: Funnel, found: Matched, days: list[Day], people: int) -> Passage:
    """Take everybody's events of `days` through the steps."""
    steps = len(asked.steps)
    within = asked.within // timedelta(milliseconds=1)
    origin = days[0].start - within - 1 if days else 0
    events = sum(len(day.times) for day in days)
    shares = THREADS if events > WORTH_SPLITTING else 1
    bounds = np.linspace(0, people, shares + 1).astype(np.int64)
    plain = asked.order == "ordered" and asked.counting == "people" and not asked.exclusions
    width = -(-(steps + 2) // 8) * 8 if plain else 1 + (1 if asked.order == "any" else 3) * steps
    state = _lines(people * width)
    run = _plain(found.masks, steps, within, width) if plain else _general(asked, found.masks, within)

    def part(low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
        room = events if asked.counting == "entries" else high - low
        took = np.empty((width if plain else steps, room + 1), np.int64)
        counts = np.zeros(len(took), np.int64)
        for day in days:
            first, last = np.searchsorted(day.people, (low, high))
            given = day.people, day.offsets, day.times, day.events
            run(given, first, last, day.start - origin, state if plain else table, took, counts)
        return took, counts

    table = state.reshape(people, width)
    with ThreadPoolExecutor(shares) as pool:
        parts = list(pool.map(part, bounds[:-1], bounds[1:]))
    counts = sum(counts for _took, counts in parts)[:steps]
    return Passage(
        counts, [np.concatenate([took[k, : n[k]] for took, n in parts]) for k in range(steps)], table
    )


def _plain(masks: np.ndarray, steps: int, within: int, width: int):
    single = np.full(len(masks), kernels.MANY, np.uint8)
    single[masks == 0] = width - 2
    for step in range(steps):
        single[masks == 1 << step] = step
    return lambda day, low, high, start, state, took, counts: kernels.ordered(
        day, low, high, start, single, masks, within, width, state, took, counts
    )


def _general(asked: Funnel, masks: np.ndarray, within: int):
    steps, entries = len(asked.steps), asked.counting == "entries"
    if asked.order == "any":
        return lambda day, low, high, start, *rest: kernels.unordered(
            day, low, high, start, masks, steps, within, *rest
        )
    if asked.order == "strict":
        return lambda day, low, high, start, *rest: kernels.strict(
            day, low, high, start, masks, steps, within, entries, *rest
        )
    spans = np.array([[x.after - 1, (x.before or steps) - 2] for x in asked.exclusions], np.int64)
    spans = spans.reshape(-1, 2)
    return lambda day, low, high, start, *rest: kernels.guarded(
        day, low, high, start, masks, steps, within, entries, spans, *rest
    )


def _lines(places: int) -> np.ndarray:
    """Zeros that begin with a line of the cache, so that a person's eight places are one."""
    raw = np.zeros(places + 8, np.int64)
    skip = -(raw.ctypes.data // 8) % 8
    return raw[skip : skip + places]


def all_steps(asked: Funnel) -> list[Step]:
    """Its steps, and then what it excludes: a bit of a mask each."""
    return [*asked.steps, *(exclusion.step for exclusion in asked.exclusions)]


def _broken_down(
    asked: Funnel, source: Sequences, first: int, last: int, among: BitMap | None
) -> tuple[list[dict], Passage]:
    """A funnel for each group, whose first step is only that of events in the group, and the whole."""
    told: Groups = groups(source, asked.by, asked.steps[0], first, last, asked.top, among)
    rows = picked(
        source, all_steps(asked), first, last,
        every=asked.order == "strict",
        further=f", {told.number()} AS grp", columns={told.column(source)}, join=told.join(source),
        grouping=told.table(),
    )  # fmt: skip
    kinds, codes = np.unique(rows["mask"].astype(np.int64) << 16 | rows["grp"], return_inverse=True)
    masks, group = (kinds >> 16).astype(np.uint32), kinds & 0xFFFF
    days = only(split(source, rows, codes), among, source.people)
    found = []
    for number, label in enumerate(told.labels):
        own = np.where(group == number, masks, masks & ~np.uint32(1))
        passage = walk(asked, Matched(days, own), days, source.people)
        found += [{"group": label, **row} for row in _rows(asked, passage)]
    return found, walk(asked, Matched(days, masks), days, source.people)


def _rows(asked: Funnel, found: Passage | None) -> Iterator[dict[str, Any]]:
    steps = len(asked.steps)
    took = found.took if found else [_NEVER] * steps
    times = [_times(took[k] if k else _NEVER) for k in range(steps)]
    return step_rows(asked, found.counts.tolist() if found else [0] * steps, times)


def step_rows(asked: Funnel, counts: Listed[int], times: Listed[dict]) -> Iterator[dict[str, Any]]:
    """A row a step, of how many came and how long they took (`told_times`)."""
    for k, step in enumerate(asked.steps):
        before = counts[max(k - 1, 0)]
        yield {
            "step": k + 1,
            "label": str(k + 1) if asked.order == "any" else step.name,
            "count": counts[k],
            "share": share(counts[k], counts[0]),
            "share_of_previous": share(counts[k], before),
            "lost": before - counts[k],
            **times[k],
        }


def _times(took: np.ndarray) -> dict[str, float | None]:
    """How long it took those who got there, from the first step on; nothing of nobody."""
    if not len(took):
        return told_times()
    median, p90 = percentiles(took, 50, 90)
    return told_times(median, took.mean(), p90)


def told_times(*milliseconds: float) -> dict[str, float | None]:
    """Median, mean, and what nine of ten do not exceed; of nobody, nothing."""
    names = ("median_seconds", "mean_seconds", "p90_seconds")
    return dict(zip(names, map(seconds, milliseconds), strict=True)) if milliseconds else dict.fromkeys(names)


def _totals(found: Passage | None) -> dict[str, Any]:
    times = found.took[-1] if found and len(found.counts) > 1 else _NEVER
    return whole_of(found.counts.tolist() if found else [0], _times(times))


def whole_of(counts: Listed[int], times: dict) -> dict[str, Any]:
    """The totals of a funnel, by its steps' counts and the times of the last."""
    entered, converted = counts[0], counts[-1]
    return {"entered": entered, "converted": converted, "share": share(converted, entered), **times}
