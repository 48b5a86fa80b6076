"""Funnels in ClickHouse: everybody's events as one array, folded by the same steps as the kernels take.

`windowFunnel` tells how far people come, but not how long it takes them, and knows no exclusion: here an
`arrayFold` keeps of each step the latest start, as `explore.funnel_kernels` does. Holds the statements; the
folds are in `folds`.
"""

from datetime import timedelta

from lingyu.kernel.questions import Answer, Funnel

from ..framing import answer, asked_days, columns
from ..funnels import all_steps, step_rows, told_times, whole_of
from ..held import day_starts
from .expressions import events, mask, read
from .folds import fold
from .grouping import labels, number
from .source import ClickFacts
from .table import facts

_WHOLE = -1


def funnel(asked: Funnel, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a funnel; one row a step, or one a step and group."""
    heads = columns(
        **({"group": "text"} if asked.by else {}),
        step="whole", label="text", count="whole", share="share", share_of_previous="share", lost="whole",
        median_seconds="seconds", mean_seconds="seconds", p90_seconds="seconds",
    )  # fmt: skip
    days = asked_days(asked, source)
    steps = len(asked.steps)
    if days is None:
        none = [0] * steps, [told_times()] * steps
        return answer(asked, source, heads, list(step_rows(asked, *none)), whole_of([0], told_times()))
    told = labels(source, asked.by, asked.steps[0], *days, asked.top, chosen) if asked.by else []
    found = _passages(source.ask(_statement(asked, source, *days, told, chosen)), len(told), steps)
    rows = [
        ({"group": label} if asked.by else {}) | row
        for place, label in (enumerate(told) if asked.by else [(_WHOLE, None)])
        for row in step_rows(asked, *found[place])
    ]
    counts, times = found[_WHOLE]
    return answer(asked, source, heads, rows, whole_of(counts, times[-1]))


def _passages(rows: list[tuple], groups: int, steps: int) -> dict[int, tuple[list[int], list[dict]]]:
    """Of each group and of the whole: how many came to each step, and how long they took."""
    found = {place: ([0] * steps, [told_times()] * steps) for place in range(_WHOLE, groups)}
    for place, step, count, total, *neighbours in rows:
        counts, times = found[place]
        counts[step] = count
        if step:
            times[step] = told_times(
                (neighbours[0] + neighbours[1]) / 2,
                total / count,
                _between(neighbours[2], neighbours[3], 0.9 * (count - 1) % 1),
            )
    return found


def _between(low: int, high: int, part: float) -> float:
    """From one number to the next as `numpy.percentile` goes, to the last bit."""
    return low + (high - low) * part if part < 0.5 else high - (high - low) * (1 - part)


def _statement(
    asked: Funnel, source: ClickFacts, first: int, last: int, told: list[str | None], chosen: str
) -> str:
    """(group, step, count, total, the two in the middle, the two around nine tenths)."""
    steps, every = all_steps(asked), asked.order == "strict"
    within = asked.within // timedelta(milliseconds=1)
    # As in the kernels: a start that never was, 0, lies out of every window.
    origin = int(day_starts(first, first, source.zone)[0]) - within - 1
    group = number(read(asked.by).text, told) if asked.by else f"toInt32({_WHOLE})"
    named = None if every else events(steps)
    rows = (
        f"SELECT person, ms - ({origin}) AS t, {mask(steps)} AS mask, {group} AS grp "
        f"FROM {facts(first, last, named)} WHERE {'1' if every else 'mask > 0'} {chosen}"
    )
    if asked.order == "any":
        rows = f"SELECT person, t, groupBitOr(mask) AS mask, grp FROM ({rows}) GROUP BY person, t, grp"
    return (
        "SELECT g, took.1 AS step, count(), sum(took.2), (arraySort(groupArray(took.2)) AS s)"
        "[intDiv(length(s) - 1, 2) + 1], s[intDiv(length(s), 2) + 1], "
        "s[toUInt64(floor(0.9 * (length(s) - 1))) + 1], s[toUInt64(ceil(0.9 * (length(s) - 1))) + 1] "
        f"FROM (SELECT g, arrayJoin({fold(asked, within)}) AS took FROM ("
        f"SELECT arrayJoin(arrayPushFront(arrayDistinct(arrayMap(e -> e.3, arrayFilter(e -> "
        f"bitTest(e.2, 0) AND e.3 != {_WHOLE}, found))), toInt32({_WHOLE}))) AS g, "
        f"arrayMap(e -> (e.1, if(g = {_WHOLE} OR e.3 = g, e.2, bitAnd(e.2, {0xFFFFFFFE}))), found) AS found "
        f"FROM (SELECT groupArray((t, mask, grp)) AS found FROM ({rows}) GROUP BY person))) "
        "GROUP BY g, step"
    )
