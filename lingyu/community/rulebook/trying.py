"""Trying a change on texts that were screened: which texts come next, by which two sets, and the examples.

Holds reads and computing; `actions.trying` keeps what comes of it.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.keeping import lately
from lingyu.community.pact.models import Screening
from lingyu.community.pact.screening import Post, Screener

from .comparing import Found, compared
from .contents import names, only_adds
from .editions import current, current_key, ids_in, screener_of
from .limits import BATCH, SECONDS, SETTLES
from .models import Edition, Trial

# Rules that look at what was written before.
_REMEMBERING = frozenset({"repeated", "coordinated"})


@dataclass(frozen=True)
class Pair:
    """The screeners without and with a change."""

    before: Screener
    after: Screener


@dataclass(frozen=True)
class Looked:
    """One text of a batch, and what the change says otherwise of it."""

    screening: Screening
    found: list[Found]
    before: str = ""
    after: str = ""


def pair_of(trial: Trial) -> Pair:
    """What is in force, with the change and without it: while it is live, it is in the set itself."""
    ids, own = ids_in(current()), str(trial.change_id)
    without = [id for id in ids if id != own]
    return Pair(screener_of(without), screener_of(ids if own in ids else [*ids, own]))


def batch(trial: Trial, now: datetime) -> list[Screening]:
    """The next texts of a trial, oldest first; those are left for later that were screened this moment."""
    settled = now if trial.phase == Trial.Phase.REPLAY else now - SETTLES
    until = min(trial.until or settled, settled)
    rows = Screening.objects.filter(at__lt=until).exclude(text="", title="")
    after = Q(at__gt=trial.cursor_at)
    # The first time from the very moment on, later from behind the last one.
    same = Q(at=trial.cursor_at)
    same &= Q(id__gt=trial.cursor_id) if trial.cursor_id else Q()
    return list(rows.filter(after | same).order_by("at", "id")[:BATCH])


def looked_at(trial: Trial, rows: list[Screening], pair: Pair, seconds: float = SECONDS) -> Iterator[Looked]:
    """What the change says otherwise of each text, until the time of a batch is over."""
    content, began = trial.change.content, time.monotonic()
    keys = _keys(trial) if trial.phase == Trial.Phase.WATCH else None
    mine = names(content) if keys is not None and only_adds(content) else None
    remembers = any(row["rule"] in _REMEMBERING for row in content.get("rules", ()))
    for row in rows:
        # What another set judged, in a process that had not heard of this one yet, is not its doing.
        if keys is not None and row.versions.get("edition") not in keys:
            yield Looked(row, [])
            continue
        if mine is not None and not any(f.get("by") in mine for f in row.findings):
            yield Looked(row, [])
            continue
        post = post_of(row, remembers)
        before, after = pair.before.screen(post), pair.after.screen(post)
        yield Looked(row, compared(before, after), before.decision, after.decision)
        if time.monotonic() - began > seconds:
            return


def _keys(trial: Trial) -> frozenset[str]:
    """The editions that the change was part of."""
    since = Edition.objects.filter(at__gte=trial.since)
    return frozenset(e.key for e in since if str(trial.change_id) in e.changes)


def post_of(row: Screening, remembers: bool) -> Post:
    """What was screened, as it was; with what had been written before it where that is asked for."""
    own, others = lately(row.member_id, row.kind, row.subject, row.at) if remembers else ((), ())
    about = {"kind": row.kind, "text": row.text, "title": row.title or None}
    return Post(id=row.subject, before=own, others=others, **about)


def golden(pair: Pair) -> dict:
    """The clauses' examples by both sets: how many there are, and those that only the change gets wrong.

    A hit that is not found any more, a near miss that is found now, under the clause that they are of.
    """
    checked, wrong = 0, []
    for code, both in examples().items():
        for side, wanted in (("hits", True), ("misses", False)):
            for example in getattr(both, side):
                checked += 1
                post = Post(**{name: getattr(example, name) for name in example.__slots__})
                if _finds(pair.before, post, code) is wanted and _finds(pair.after, post, code) is not wanted:
                    wrong.append({"clause": code, "side": side, "text": example.text[:200]})
    return {"key": current_key(), "checked": checked, "regressions": wrong}


def _finds(screener: Screener, post: Post, code: str) -> bool:
    return any(f.clause == code for f in screener.screen(post).findings)
