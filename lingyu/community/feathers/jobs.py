"""What feathers do as time passes: promises fall due, with their receipts.

Holds jobs only.
"""

from datetime import datetime, timedelta

from django.db import transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Transfer
from lingyu.kernel.jobs import job

from . import actions
from .models import Receipt

BATCH = 200


@job("feathers.post_due", every=timedelta(minutes=1), zh="到期羽毛入账", en="Post feathers that fall due")
def post_due(now: datetime) -> int:
    """Keep the promises whose time has come; each with its receipt, in a transaction of its own."""
    done = 0
    for key in list(Transfer.objects.due(now).values_list("key", flat=True)[:BATCH]):
        with transaction.atomic():
            promised = Receipt.objects.rewarded(key).first()
            done += bool(
                actions.note_posted(promised, now) if promised else ledger.post_pending(key=key, at=now)
            )
    return done
