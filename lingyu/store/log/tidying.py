"""Keeping the log in order: few files a day, ids no longer than needed, facts no longer than wanted.

Holds what the worker does now and then, under the lease. Does not compact the inbox.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import groupby

import numpy as np

from . import damage, ids, keeping
from .catalog import GRACE_SECONDS, Segment, publish, touch

# Files of a day that are merged: so many of a size class, each eight times the one before.
FAN_IN, SMALLEST = 8, 2_000


def tidy(log, now: datetime, keep_days: int = 0, stopped: Callable[[], bool] = lambda: False) -> int:
    """Do all of it; `keep_days` bounds how long facts are kept (nought: for ever). How many files went."""
    gone = forget_old(log, now, keep_days) + drop_ids(log, now)
    for day, found in groupby(log.catalog.live("facts"), key=lambda segment: segment.day):
        if stopped():
            break
        gone += merge_day(log, day, list(found), log.calendar.today(now))
    gone += merge_ids(log)
    keeping.keep(log)
    sweep(log, time.time() - GRACE_SECONDS)
    return gone


def sweep(log, before: float) -> int:
    """Unlink what died before, as far as the catalog's copy has taken note of it; how many files."""
    return log.catalog.sweep(min(before, log.kept.at()))


def merge_day(log, day: int, found: list[Segment], today: int) -> int:
    """Merge the files of a day that are many of a size; of a day that is over, all. How many went."""
    gone = 0
    while crowded := found if day < today - 1 and len(found) > 1 else _crowded(found):
        born = log.segments.merge(crowded)
        with log.catalog.writing() as db:
            publish(db, born, [segment.path for segment in crowded])
        gone += len(crowded)
        found = log.catalog.live("facts", day, day)
    return gone


def _crowded(found: list[Segment]) -> list[Segment]:
    classes: dict[int, list[Segment]] = {}
    for segment in found:
        classes.setdefault(_size_class(segment.rows), []).append(segment)
    return next((some for _, some in sorted(classes.items()) if len(some) >= FAN_IN), [])


def _size_class(rows: int) -> int:
    number = 0
    while rows > SMALLEST:
        rows, number = rows // FAN_IN, number + 1
    return number


def merge_ids(log) -> int:
    """Make one run of a day's runs of ids where they are many; how many went."""
    gone = 0
    for day, some in groupby(log.catalog.live("ids"), key=lambda segment: segment.day):
        runs = list(some)
        if len(runs) < ids.RUNS:
            continue
        if len(read := damage.sound_runs(log, runs)) < len(runs):
            continue
        whole = np.concatenate(read)
        born = log.new_ids(day, whole)
        with log.catalog.writing() as db:
            publish(db, [born], [run.path for run in runs])
        gone += len(runs)
    return gone


def drop_ids(log, now: datetime) -> int:
    """Forget the ids of facts that came so long ago that nobody sends them again; how many runs."""
    before = now.timestamp() - ids.KEEP_DAYS * 86_400
    with log.catalog.writing() as db:
        return db.execute(
            "update segment set died_at = ? where kind = 'ids' and died_at is null and born_at < ?",
            (time.time(), before),
        ).rowcount


def forget_old(log, now: datetime, keep_days: int) -> int:
    """Give up days longer ago than `keep_days`, and all that was made out of them; how many files."""
    if not keep_days:
        return 0
    first = log.calendar.today(now) - keep_days
    old = [day for day in log.catalog.days() if day < first]
    return give_up(log, old)


def give_up(log, days: Iterable[int]) -> int:
    """Have these days hold nothing any more; how many files went."""
    gone = 0
    for day in days:
        with log.catalog.writing() as db:
            gone += db.execute(
                "update segment set died_at = ? where day = ? and died_at is null", (time.time(), day)
            ).rowcount
            touch(db, {day: 0})
            db.execute("delete from day where number = ?", (day,))
    return gone
