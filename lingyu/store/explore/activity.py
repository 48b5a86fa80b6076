"""Who is active: the life-cycle from bucket to bucket, and on how many of them people come.

Counted on bitmaps; the life-cycle balances because its parts are parts of two sets. Holds no cohorts.
"""

import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Caveat, Lifecycle, Stickiness
from lingyu.kernel.questions.days import day_of, ends, later, units_between
from lingyu.kernel.text import N_

from .bitmaps import numbers_of
from .framing import answer, asked_days, columns, complete_day, share, truncated
from .matching import Doers
from .sequences import Sequences


def lifecycle(asked: Lifecycle, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a life-cycle; one row a bucket. Buckets are whole, also where the period cuts into
    them.
    """
    days = asked_days(asked, source)
    if days is None:
        return lifecycle_answer(asked, source, [], [])
    units = units_between(*days, asked.grain)
    begins, finish = units[0], ends(units[-1], asked.grain)
    doers = Doers(source, asked.step, min(source.first_day, begins), finish, among)
    previous = later(begins, -1, asked.grain)
    before, seen = doers.during(previous, begins - 1), doers.during(source.first_day, begins - 1)
    table = []
    for unit in units:
        active = doers.during(unit, ends(unit, asked.grain))
        table.append(balance(len(active), len(active - seen), len(active & before), len(before)))
        before, seen = active, seen | active
    return lifecycle_answer(asked, source, units, table)


def balance(active: int, new: int, returning: int, before: int) -> dict[str, int]:
    """A bucket's numbers: who is active and neither new nor returning came back, who was and is not is
    dormant.
    """
    return {
        "active": active,
        "new": new,
        "returning": returning,
        "resurrecting": active - new - returning,
        "dormant": before - returning,
        "active_before": before,
    }


def lifecycle_answer(asked: Lifecycle, source: Sequences, units: list[int], table: list[dict]) -> Answer:
    """The answer out of each unit's balance."""
    heads = columns(
        time="day", active="whole", new="whole", returning="whole", resurrecting="whole", dormant="whole",
        active_before="whole", complete="text",
    )  # fmt: skip
    if not units:
        return answer(asked, source, heads, [])
    whole = complete_day(source)
    rows = [
        {"time": day_of(unit).isoformat(), **numbers, "complete": ends(unit, asked.grain) <= whole}
        for unit, numbers in zip(units, table, strict=True)
    ]
    totals = {name: sum(row[name] for row in rows) for name in ("new", "resurrecting", "dormant")}
    return answer(asked, source, heads, rows, totals, truncated(source, units[0]) + _unfinished(rows))


def _unfinished(rows: list[dict]) -> list[Caveat]:
    if all(row["complete"] for row in rows):
        return []
    return [Caveat("incomplete", N_("The last bucket is not over yet: who seems dormant may still come."))]


def stickiness(asked: Stickiness, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a stickiness; one row a number of buckets, from 1 to all of the period's."""
    days = asked_days(asked, source)
    if days is None:
        return stickiness_answer(asked, source, np.zeros(0, np.int64))
    first, last = days
    units = units_between(first, last, asked.grain)
    doers = Doers(source, asked.step, first, last, among)
    came = np.zeros(source.people, np.uint32)
    for unit in units:
        there = doers.during(max(unit, first), min(ends(unit, asked.grain), last))
        came[numbers_of(there)] += 1
    return stickiness_answer(asked, source, np.bincount(came, minlength=len(units) + 1)[1:])


def stickiness_answer(asked: Stickiness, source: Sequences, exactly: np.ndarray) -> Answer:
    """The answer out of how many people came in exactly 1, 2, … buckets."""
    heads = columns(units="whole", people="whole", share="share", at_least="whole", share_at_least="share")
    at_least = exactly[::-1].cumsum()[::-1]
    people = int(exactly.sum())
    rows = [
        {
            "units": n,
            "people": int(count),
            "share": share(int(count), people),
            "at_least": int(more),
            "share_at_least": share(int(more), people),
        }
        for n, (count, more) in enumerate(zip(exactly, at_least, strict=True), 1)
    ]
    mean = int((exactly * np.arange(1, len(exactly) + 1)).sum()) / people if people else None
    totals = {"people": people, "units": len(exactly), "mean_units": mean}
    return answer(asked, source, heads, rows, totals)
