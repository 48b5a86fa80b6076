"""Paths: what people do next, or did before, within a session, as the rows of a Sankey diagram.

A session goes on over midnight; it ends where nothing happens for longer than the gap. Every session with the
step is one path. Holds no drawing.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Paths, Step

from .framing import OTHERS, answer, asked_days, columns, only, share
from .groups import Groups, groups
from .matching import by_name, picked, split
from .sequences import Day, Sequences

EXIT, ENTRY = "*exit*", "*entry*"
# Nodes are 20 bits of a transition's key; the last ones stand for the way out and in.
_BITS = 20
WAY_OUT, WAY_IN = (1 << _BITS) - 1, (1 << _BITS) - 2
_NODES = 1_000_000


class _Walked(NamedTuple):
    """Days whose codes stand for `nodes` and, by `masks`, for the step; `labels` of the nodes."""

    days: list[Day]
    masks: np.ndarray
    nodes: np.ndarray
    labels: list[str | None]


def paths(asked: Paths, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to paths; one row a transition, `stage` 1 next to the step. Rows of a stage sum to the
    sessions that got so far.
    """
    days = asked_days(asked, source)
    if days is None:
        return paths_answer(asked, source, [], *np.zeros((4, 0), np.int64))
    found = _ordered(_walked(asked, source, *days))
    mine = only(found.days, among, source.people)
    return paths_answer(asked, source, found.labels, *_transitions(asked, found, mine, source.people))


def paths_answer(
    asked: Paths, source: Sequences, labels: list[str | None], stages, sources, targets, counts
) -> Answer:
    """The answer out of transitions between nodes, by their numbers, in the order of (stage, source,
    target).
    """
    heads = columns(stage="whole", source="text", target="text", sessions="whole", share="share")
    begun = int(counts[stages == 0].sum())
    rows = [
        {"stage": stage + 1, "source": a, "target": b, "sessions": n, "share": share(n, begun)}
        for (stage, a, b), n in _merged(asked, labels, stages, sources, targets, counts)
    ]
    return answer(asked, source, heads, rows, {"sessions": begun})


def _walked(asked: Paths, source: Sequences, first: int, last: int) -> _Walked:
    if asked.step.bare and not asked.by:
        names = list(source.names)
        nodes = np.arange(max(len(names), 1), dtype=np.int32)
        return _Walked(list(source.days(first, last)), by_name(source, [asked.step]), nodes, names)
    if asked.by:
        told = groups(source, asked.by, Step(), first, last, _NODES)
        more = {"columns": {told.column(source)}, "join": told.join(source), "grouping": told.table()}
    else:
        told = Groups("", list(source.names))
        more = {"join": "LEFT JOIN grouping ON grouping.value = event", "grouping": told.table()}
    further = f", {told.number()} AS grp"
    rows = picked(source, [asked.step], first, last, every=True, further=further, **more)
    kinds, codes = np.unique(rows["mask"].astype(np.int64) << 32 | rows["grp"], return_inverse=True)
    return _Walked(
        split(source, rows, codes),
        (kinds >> 32).astype(np.uint32),
        (kinds & 0xFFFFFFFF).astype(np.int32),
        told.labels,
    )


def _ordered(found: _Walked) -> _Walked:
    """What happens at one moment in the order of the nodes' names, whichever numbers a source gave them."""
    ranks = np.empty(len(found.labels), np.int64)
    ranks[sorted(range(len(found.labels)), key=lambda node: (str(found.labels[node]), node))] = np.arange(
        len(found.labels)
    )
    by_code = ranks[found.nodes] if len(found.labels) else found.nodes
    return found._replace(days=[_by_rank(day, by_code) for day in found.days])


def _by_rank(day: Day, ranks: np.ndarray) -> Day:
    owner = np.repeat(np.arange(len(day.people)), np.diff(day.offsets))
    if not ((np.diff(day.times) == 0) & (np.diff(owner) == 0)).any():
        return day
    return day._replace(events=day.events[np.lexsort((ranks[day.events], day.times, owner))])


def _transitions(asked: Paths, found: _Walked, days: list[Day], people: int):
    """Stage, source, target and how many sessions, of every transition."""
    gap = asked.gap // timedelta(milliseconds=1)
    origin = days[0].start - 1 if days else 0
    events = sum(len(day.times) for day in days)
    keys, used = np.empty(events + (asked.depth + 1) * people, np.int64), 0
    last = np.zeros(people, np.int64)
    if asked.direction == "after":
        state = np.full((people, 2), -1, np.int32)
        for day in days:
            used = _after(
                day.people, day.offsets, day.times, day.events, day.start - origin, found.masks, found.nodes,
                gap, asked.depth, asked.collapse, last, state, keys, used,
            )  # fmt: skip
        used = _close(state, asked.depth, keys, used)
    else:
        # For each person: how many nodes are remembered up to now, and were at the last step; both lists.
        state = np.zeros((people, 2 + 2 * (asked.depth + 1)), np.int32)
        for day in days:
            used = _before(
                day.people, day.offsets, day.times, day.events, day.start - origin, found.masks, found.nodes,
                gap, asked.depth, asked.collapse, last, state, keys, used,
            )  # fmt: skip
        for person in np.flatnonzero(state[:, 1]):
            used = _lead(state[person], asked.depth, keys, used)
    kinds, counts = np.unique(keys[:used], return_counts=True)
    mask = (1 << _BITS) - 1
    return kinds >> 2 * _BITS, kinds >> _BITS & mask, kinds & mask, counts


@njit(cache=True, nogil=True)
def _key(stage, source, target):
    return (np.int64(stage) << 40) | (np.int64(source) << 20) | np.int64(target)


@njit(cache=True, nogil=True)
def _after(
    people, offsets, times, codes, start, masks, nodes, gap, depth, collapse, last, state, keys, used
):  # fmt: skip
    """Go on with everybody's session; `state` holds the stage (-1: not begun) and the node it is at."""
    for p in range(len(people)):
        person = people[p]
        own = state[person]
        for i in range(offsets[p], offsets[p + 1]):
            at, node = start + np.int64(times[i]), nodes[codes[i]]
            if at - last[person] > gap:
                if 0 <= own[0] < depth:
                    keys[used] = _key(own[0], own[1], WAY_OUT)
                    used += 1
                own[0] = -1
            last[person] = at
            if own[0] < 0:
                if masks[codes[i]] & np.uint32(1):
                    own[0], own[1] = 0, node
            elif own[0] < depth and not (collapse and node == own[1]):
                keys[used] = _key(own[0], own[1], node)
                used += 1
                own[0], own[1] = own[0] + 1, node
    return used


@njit(cache=True, nogil=True)
def _close(state, depth, keys, used):
    """Let all sessions that are open end."""
    for person in range(len(state)):
        if 0 <= state[person, 0] < depth:
            keys[used] = _key(state[person, 0], state[person, 1], WAY_OUT)
            used += 1
    return used


@njit(cache=True, nogil=True)
def _before(
    people, offsets, times, codes, start, masks, nodes, gap, depth, collapse, last, state, keys, used
):  # fmt: skip
    """Remember the last nodes of everybody's session, and those that led to the last step in it."""
    room = depth + 1
    for p in range(len(people)):
        person = people[p]
        own = state[person]
        for i in range(offsets[p], offsets[p + 1]):
            at, node = start + np.int64(times[i]), nodes[codes[i]]
            if at - last[person] > gap:
                used = _lead(own, depth, keys, used)
                own[0] = own[1] = 0
            last[person] = at
            if not (collapse and own[0] and own[1 + min(own[0], room)] == node):
                if own[0] >= room:
                    own[2 : 1 + room] = own[3 : 2 + room].copy()
                own[0] += 1
                own[1 + min(own[0], room)] = node
            if masks[codes[i]] & np.uint32(1):
                own[1] = own[0]
                own[2 + room :] = own[2 : 2 + room]
    return used


@njit(cache=True, nogil=True)
def _lead(own, depth, keys, used):
    """Write down what led to the last step of a session, the nearest first, and where it came in."""
    room = depth + 1
    there = min(own[1], room)
    if own[1] == 0:
        return used
    for stage in range(depth):
        place = 2 + room + there - 1 - stage
        if stage + 1 < there:
            keys[used] = _key(stage, own[place - 1], own[place])
            used += 1
        else:
            keys[used] = _key(stage, WAY_IN, own[place])
            return used + 1
    return used


def _merged(asked: Paths, labels: list, stages, sources, targets, counts) -> Iterator[tuple[tuple, int]]:
    """Transitions with the names of their nodes; at each depth the rarer nodes are one."""
    after = asked.direction == "after"
    near, far = (sources, targets) if after else (targets, sources)
    kept = [_most(near[stages == 0], counts[stages == 0], asked.top, labels)]
    kept += [
        _most(far[stages == stage], counts[stages == stage], asked.top, labels)
        for stage in range(asked.depth)
    ]

    def name(node: int, depth: int) -> str | None:
        if node in (WAY_OUT, WAY_IN):
            return EXIT if node == WAY_OUT else ENTRY
        return labels[node] if node in kept[depth] else OTHERS

    found: dict[tuple, int] = defaultdict(int)
    rows = zip(stages.tolist(), near.tolist(), far.tolist(), counts.tolist(), strict=True)
    for stage, a, b, n in rows:
        ends = name(a, stage), name(b, stage + 1)
        found[(stage, *(ends if after else ends[::-1]))] += n
    yield from sorted(found.items(), key=lambda item: (item[0][0], -item[1], str(item[0])))


def _most(nodes: np.ndarray, counts: np.ndarray, top: int, labels: list) -> set[int]:
    """The nodes of most sessions; of equally many those whose names come first."""
    real = nodes < WAY_IN
    kinds, places = np.unique(nodes[real], return_inverse=True)
    totals = np.bincount(places, weights=counts[real], minlength=len(kinds))
    first = sorted(zip(-totals, (str(labels[kind]) for kind in kinds), kinds.tolist(), strict=True))
    return {kind for _total, _label, kind in first[:top]}
