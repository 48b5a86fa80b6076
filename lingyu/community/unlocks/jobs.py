"""What the unlocks do as time passes: buyers of articles that were taken off the site are refunded.

Holds one job.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions
from .models import Unlock

BATCH = 100


@job(
    "unlocks.refund",
    every=timedelta(minutes=1),
    zh="下线文章退还羽毛",
    en="Refund buyers of retired articles",
)
def refund(now: datetime) -> int:
    """Give back what is owed, each purchase in a transaction of its own."""
    owed = list(Unlock.objects.owed().select_related("article", "member")[:BATCH])
    return sum(actions.refund_unlock(actor=None, unlock=unlock, at=now) for unlock in owed)
