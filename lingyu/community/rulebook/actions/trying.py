"""Trying changes in bounded batches, each kept with how far it came, so that any stop is only a pause."""

import time
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from lingyu.community.accounts.models import Member

from .. import trying
from ..editions import current_key
from ..limits import LIMITS, SETTLES
from ..models import Difference, Move, RuleChange, Trial


def try_some(*, actor: Member | None, at: datetime | None = None) -> int:
    """One batch of the trial that has waited longest; how many texts it looked at, 0 when all is done."""
    at = at or timezone.now()
    for trial in _open(at):
        if done := _advance(trial, at):
            return done
    return 0


def _open(at: datetime) -> list[Trial]:
    """Trials that have something to do, the one that moved longest ago first."""
    live = RuleChange.objects.live().filter(moves__kind=Move.Kind.LIVE, moves__at__gt=at - LIMITS.on_watch)
    trials = Trial.objects.filter(
        Q(phase=Trial.Phase.WATCH) & (Q(change__in=live.values("id")) | Q(until__isnull=False))
        | Q(change__in=RuleChange.objects.on_trial().values("id"))
    )
    waiting = trials.filter(Q(ended_at__isnull=True) | ~Q(golden__key=current_key()) & Q(phase="replay"))
    return list(waiting.select_related("change").order_by("moved_at", "id"))


def _advance(trial: Trial, at: datetime) -> int:
    rows = [] if trial.ended_at else trying.batch(trial, at)
    if not rows and trial.phase == Trial.Phase.REPLAY:
        return _finish(trial, at)
    if not rows:
        over = trial.until is not None and at >= trial.until + SETTLES
        return int(over) and Trial.objects.filter(id=trial.id).update(ended_at=at)
    pair, began = trying.pair_of(trial), time.perf_counter_ns()
    looked = list(trying.looked_at(trial, rows, pair))
    spent = (time.perf_counter_ns() - began) // 1_000
    return len(looked) if _keep(trial, looked, spent, at) else 0


@transaction.atomic
def _keep(trial: Trial, looked: list[trying.Looked], spent: int, at: datetime) -> bool:
    """Keep a batch; False when another worker has kept it meanwhile."""
    last = looked[-1].screening
    ours = Trial.objects.filter(id=trial.id, cursor_at=trial.cursor_at, cursor_id=trial.cursor_id)
    if trial.cursor_id is None:
        ours = Trial.objects.filter(id=trial.id, cursor_at=trial.cursor_at, cursor_id__isnull=True)
    moved = ours.update(
        cursor_at=last.at,
        cursor_id=last.id,
        done=F("done") + len(looked),
        microseconds=F("microseconds") + spent,
        moved_at=at,
    )
    if not moved:
        return False
    Difference.objects.bulk_create(
        [
            Difference(
                change_id=trial.change_id,
                phase=trial.phase,
                screening=one.screening,
                clause=found.clause,
                kind=found.kind,
                stratum=found.stratum,
                before=one.before,
                after=one.after,
                spans=[list(span) for span in found.spans],
            )
            for one in looked
            for found in one.found
        ],
        ignore_conflicts=True,
    )
    return True


def _finish(trial: Trial, at: datetime) -> int:
    """Run the clauses' examples, and end the replay; again when another edition has come into force since."""
    golden = trying.golden(trying.pair_of(trial))
    Trial.objects.filter(id=trial.id).update(golden=golden, ended_at=trial.ended_at or at, moved_at=at)
    return golden["checked"]
