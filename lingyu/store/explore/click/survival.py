"""Survival in ClickHouse: of each person how many days they stayed, and whether they were lost then.

The curve is drawn of these by `explore.survival`. Holds no other kind of question.
"""

import numpy as np

from lingyu.kernel.questions import Answer, Survival

from ..framing import asked_days, complete_day
from ..survival import survival_answer
from .expressions import events, mask, read
from .grouping import labels, number
from .source import ClickFacts
from .table import facts

_START, _STEP, _END = (f"bitTest(mask, {bit})" for bit in range(3))


def survival(asked: Survival, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a survival; one row a day on which somebody was lost or censored."""
    days = asked_days(asked, source)
    if days is None:
        return survival_answer(asked, source, None, [])
    told = labels(source, asked.by, asked.start, *days, asked.top, chosen) if asked.by else [None]
    rows = np.array(source.ask(_statement(asked, source, *days, told, chosen)), np.int64).reshape(-1, 4)
    groups, durations, lost = np.repeat(rows[:, :3], rows[:, 3], axis=0).T
    lives = durations, lost.astype(bool)
    return survival_answer(asked, source, lives, [(label, groups == n) for n, label in enumerate(told)])


def _statement(
    asked: Survival, source: ClickFacts, first: int, last: int, told: list[str | None], chosen: str
) -> str:
    """(group, days, whether lost, people)."""
    watched = max(complete_day(source), source.first_day)
    steps = [asked.start, asked.step] + ([asked.end] if asked.end else [])
    value = read(asked.by).text if asked.by else "CAST(NULL, 'Nullable(String)')"
    rows = (
        f"SELECT person, day, ms, {mask(steps)} AS mask, {value} AS value "
        f"FROM {facts(source.first_day, watched, events(steps))} WHERE mask > 0 {chosen}"
    )
    people = (
        f"SELECT minIf(ms, {_START}) AS begins, minIf(day, {_START}) AS began, "
        f"maxIf(ms, {_STEP}) AS seen_at, maxIf(day, {_STEP}) AS seen, "
        f"arrayFilter(e -> e.1 >= begins, groupArrayIf((ms, day), {_END})) AS ends, "
        f"argMinIf(tuple(value), ms, {_START}).1 AS start_value "
        f"FROM ({rows}) GROUP BY person HAVING countIf({_START}) > 0 AND began BETWEEN {first} AND {last}"
    )
    if asked.end:
        lost, days = "notEmpty(ends)", f"if(notEmpty(ends), arrayMin(e -> e.2, ends), {watched}) - began"
    else:
        stayed = "if(seen_at >= begins, seen, began)"
        lost, days = f"{stayed} + {asked.silence} <= {watched}", f"{stayed} - began"
    return (
        f"SELECT {number('start_value', told)} AS grp, {days} AS days, {lost} AS lost, count() "
        f"FROM ({people}) GROUP BY grp, days, lost"
    )
