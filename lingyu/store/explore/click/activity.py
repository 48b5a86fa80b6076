"""Who is active, in ClickHouse: each person's buckets as one sorted array.

Holds the life-cycle and stickiness.
"""

import numpy as np

from lingyu.kernel.questions import Answer, Lifecycle, Stickiness
from lingyu.kernel.questions.days import ends, units_between

from ..activity import balance, lifecycle_answer, stickiness_answer
from ..framing import asked_days
from .expressions import events, of_step
from .source import ClickFacts
from .table import facts
from .units import place, place_of


def lifecycle(asked: Lifecycle, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a life-cycle; one row a bucket."""
    days = asked_days(asked, source)
    if days is None:
        return lifecycle_answer(asked, source, [], [])
    units = units_between(*days, asked.grain)
    first, last = min(source.first_day, units[0]), ends(units[-1], asked.grain)
    rows = source.ask(
        "SELECT at.1 AS unit, count(), countIf(at.2 = 0), countIf(at.2 = unit - 1) FROM ("
        "SELECT arrayJoin(arrayZip(units, arrayPushFront(arrayPopBack(units), 0))) AS at FROM ("
        f"SELECT arraySort(groupUniqArray(toInt64({place_of('day', asked.grain)}))) AS units "
        f"FROM {facts(first, last, events([asked.step]))} WHERE {of_step(asked.step)} {chosen} "
        "GROUP BY person)) GROUP BY unit"
    )
    found = {unit: numbers for unit, *numbers in rows}
    table, before = [], found.get(place(units[0], asked.grain) - 1, (0, 0, 0))[0]
    for unit in units:
        active, new, returning = found.get(place(unit, asked.grain), (0, 0, 0))
        table.append(balance(active, new, returning, before))
        before = active
    return lifecycle_answer(asked, source, units, table)


def stickiness(asked: Stickiness, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a stickiness; one row a number of buckets."""
    days = asked_days(asked, source)
    if days is None:
        return stickiness_answer(asked, source, np.zeros(0, np.int64))
    exactly = np.zeros(len(units_between(*days, asked.grain)), np.int64)
    rows = source.ask(
        f"SELECT units, count() FROM (SELECT uniqExact({place_of('day', asked.grain)}) AS units "
        f"FROM {facts(*days, events([asked.step]))} WHERE {of_step(asked.step)} {chosen} GROUP BY person) "
        "GROUP BY units"
    )
    for units, people in rows:
        exactly[units - 1] = people
    return stickiness_answer(asked, source, exactly)
