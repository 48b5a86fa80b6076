"""What the cases do as time passes: relieve those whom the house keeps waiting.

Holds jobs. Nothing ends a mute or a lease: both are read by the clock.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job(
    "cases.relief",
    every=timedelta(minutes=5),
    zh="申诉超时暂缓执行",
    en="Rest penalties whose appeal is late",
)
def relieve_late(now: datetime) -> int:
    """Let penalties rest whose appeals the house is late with."""
    return actions.relieve_late(actor=None, at=now)
