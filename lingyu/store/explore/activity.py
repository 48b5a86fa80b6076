"""Who is active: the life-cycle from bucket to bucket, and on how many of them people come.

Counted on bitmaps; the life-cycle balances because its parts are parts of two sets. Holds no cohorts.
"""

import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import Answer, Caveat, Lifecycle, Stickiness
from lingyu.kernel.questions.days import day_of, ends, later, units_between
from lingyu.kernel.text import N_

from .framing import answer, asked_days, columns, complete_day, share, truncated
from .matching import Doers
from .sequences import Sequences


def lifecycle(asked: Lifecycle, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a life-cycle; one row a bucket. Buckets are whole, also where the period cuts into
    them.
    """
    heads = columns(
        time="day", active="whole", new="whole", returning="whole", resurrecting="whole", dormant="whole",
        active_before="whole", complete="text",
    )  # fmt: skip
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, heads, [])
    units = units_between(*days, asked.grain)
    begins, finish = units[0], ends(units[-1], asked.grain)
    doers = Doers(source, asked.step, min(source.first_day, begins), finish, among)
    previous = later(begins, -1, asked.grain)
    before, seen = doers.during(previous, begins - 1), doers.during(source.first_day, begins - 1)
    rows, whole = [], complete_day(source)
    for unit in units:
        active = doers.during(unit, ends(unit, asked.grain))
        new, returning = active - seen, active & before
        rows.append(
            {
                "time": day_of(unit).isoformat(),
                "active": len(active),
                "new": len(new),
                "returning": len(returning),
                "resurrecting": len(active - returning - new),
                "dormant": len(before - active),
                "active_before": len(before),
                "complete": ends(unit, asked.grain) <= whole,
            }
        )
        before, seen = active, seen | active
    totals = {name: sum(row[name] for row in rows) for name in ("new", "resurrecting", "dormant")}
    return answer(asked, source, heads, rows, totals, truncated(source, begins) + _unfinished(rows))


def _unfinished(rows: list[dict]) -> list[Caveat]:
    if all(row["complete"] for row in rows):
        return []
    return [Caveat("incomplete", N_("The last bucket is not over yet: who seems dormant may still come."))]


def stickiness(asked: Stickiness, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to a stickiness; one row a number of buckets, from 1 to all of the period's."""
    heads = columns(units="whole", people="whole", share="share", at_least="whole", share_at_least="share")
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, heads, [], {"people": 0, "units": 0, "mean_units": None})
    first, last = days
    units = units_between(first, last, asked.grain)
    doers = Doers(source, asked.step, first, last, among)
    came = np.zeros(source.people, np.uint32)
    for unit in units:
        there = doers.during(max(unit, first), min(ends(unit, asked.grain), last))
        came[np.array(there, np.int64)] += 1
    exactly = np.bincount(came, minlength=len(units) + 1)[1:]
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
    mean = float(came.sum()) / people if people else None
    return answer(asked, source, heads, rows, {"people": people, "units": len(units), "mean_units": mean})
