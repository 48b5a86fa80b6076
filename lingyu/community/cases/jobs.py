"""What the cases do as time passes: relieve those whom the house keeps waiting.

Holds jobs. Nothing ends a mute or a lease: both are read by the clock.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions, pictures


@job(
    "cases.relief",
    every=timedelta(minutes=5),
    zh="申诉超时暂缓执行",
    en="Rest penalties whose appeal is late",
)
def relieve_late(now: datetime) -> int:
    """Let penalties rest whose appeals the house is late with."""
    return actions.relieve_late(actor=None, at=now)


@job("cases.pictures", every=timedelta(minutes=1), zh="检查新图片", en="Look at new pictures")
def look_at_pictures(now: datetime) -> int:
    """Look at a few pictures that nobody has looked at; none where no check is installed."""
    looks = ((picture, pictures.seen(picture)) for picture in pictures.unseen())
    return sum(actions.note_look(actor=None, picture=picture, seen=seen, at=now) for picture, seen in looks)
