"""Paths in ClickHouse: a person's events cut into sessions, and of each the nodes beside the step.

Events of one moment go by the nodes' names. Holds no other kind of question.
"""

from datetime import timedelta

import numpy as np

from lingyu.kernel.questions import Answer, Paths, Step

from ..framing import asked_days
from ..paths import WAY_IN, WAY_OUT, paths_answer
from .expressions import mask, read
from .grouping import labels
from .source import ClickFacts
from .table import FACTS, facts

_NODES = 1_000_000


def paths(asked: Paths, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to paths; one row a transition."""
    days = asked_days(asked, source)
    if days is None:
        return paths_answer(asked, source, [], *np.zeros((4, 0), np.int64))
    if asked.by:
        told = labels(source, asked.by, Step(), *days, _NODES)
    else:
        told = [name for (name,) in source.ask(f"SELECT DISTINCT toString(event) FROM {FACTS}")]
    place = {label: n for n, label in enumerate(told)}
    rows = source.ask(_statement(asked, *days, chosen))
    edge = WAY_OUT if asked.direction == "after" else WAY_IN
    found = np.zeros((4, len(rows)), np.int64)
    for n, (stage, near, far, over, count) in enumerate(rows):
        ends = place[near], edge if over else place[far]
        found[:, n] = stage, *(ends if asked.direction == "after" else ends[::-1]), count
    order = np.lexsort((found[2], found[1], found[0]))
    return paths_answer(asked, source, told, *found[:, order])


def _statement(asked: Paths, first: int, last: int, chosen: str) -> str:
    """(stage, node, the next one on the way, whether the way ends there, sessions)."""
    node = read(asked.by).text if asked.by else "toNullable(toString(event))"
    step = mask([asked.step])
    gap = asked.gap // timedelta(milliseconds=1)
    # As Python writes what has no value.
    ordered = "arraySort(e -> (e.1, ifNull(e.2, 'None'), e.3), groupArray((ms, node, step)))"
    sessions = (
        f"SELECT arrayJoin(arraySplit((e, n) -> n > 1 AND e.1 - events[n - 1].1 > {gap}, "
        f"events, arrayEnumerate(events))) AS session FROM (SELECT {ordered} AS events FROM ("
        f"SELECT person, ms, {node} AS node, {step} AS step FROM {facts(first, last)} "
        f"WHERE 1 {chosen}) GROUP BY person)"
    )
    hits = "arrayMap(e -> e.3 > 0, session)"
    compact = "arrayCompact" if asked.collapse else ""
    if asked.direction == "after":
        way = f"{compact}(arrayMap(e -> e.2, arraySlice(session, indexOf({hits}, 1))))"
    else:
        last_hit = f"arrayLastIndex(hit -> hit, {hits})"
        way = f"arrayReverse({compact}(arrayMap(e -> e.2, arraySlice(session, 1, {last_hit}))))"
    transitions = (
        "arrayMap(n -> (n - 1, way[n], if(n < length(way), way[n + 1], NULL), n = length(way)), "
        f"range(1, least(length(way), {asked.depth}) + 1))"
    )
    return (
        "SELECT step.1 AS stage, step.2 AS near, step.3 AS far, step.4 AS over, count() "
        f"FROM (SELECT arrayJoin({transitions}) AS step FROM (SELECT {way} AS way FROM ({sessions}) "
        f"WHERE arrayExists(e -> e.3 > 0, session))) GROUP BY stage, near, far, over"
    )
