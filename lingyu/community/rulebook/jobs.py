"""What the rulebook does as time passes: try changes, watch those that are live, undo what was asked for.

Holds jobs. Trials run here, never within a request: whoever writes waits for the rules in force alone.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("rulebook.try", every=timedelta(seconds=20), zh="规则变更试运行与回放", en="Try rule changes")
def try_changes(now: datetime) -> int:
    """One batch of one trial: in shadow, in replay, or live."""
    return actions.try_some(actor=None, at=now)


@job("rulebook.watch", every=timedelta(minutes=1), zh="规则变更推翻率监控", en="Watch live rule changes")
def watch_changes(now: datetime) -> int:
    """Roll back what was overturned too often; nothing is left for a second run."""
    actions.watch_all(actor=None, at=now)
    return 0


@job("rulebook.undo", every=timedelta(seconds=20), zh="撤销规则变更影响", en="Undo what a change did")
def undo_changes(now: datetime) -> int:
    """One batch of what somebody asked to be undone."""
    return actions.undo_some(actor=None, at=now)
