"""What feathers do as time passes: promises fall due, with their receipts.

Holds jobs only.
"""

from datetime import datetime, timedelta

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Transfer
from lingyu.kernel.jobs import job

from . import actions
from .models import Receipt


@job("feathers.post_due", every=timedelta(minutes=1), zh="到期羽毛入账", en="Post feathers that fall due")
def post_due(now: datetime) -> int:
    """Keep the promises whose time has come; each with its receipt, in a transaction of its own."""
    return ledger.post_due(at=now, end=_fall_due)


def _fall_due(promise: Transfer, now: datetime) -> bool:
    promised = Receipt.objects.rewarded(promise.key).first()
    if promised and promise.about.get("when_due") == "post":
        return bool(actions.note_posted(promised, now))
    return ledger.fall_due(promise, now)
