"""What the notifications do as time passes: digests are claimed and sent, expiries told ahead.

Announcements to everybody are carried on, a slice at a time.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions, expiring, sending
from .models import Announcement


@job("notifications.digests", every=timedelta(minutes=1), zh="发送通知邮件", en="Send digests")
def send_digests(now: datetime) -> int:
    """Claim the mails of periods that have ended, and send those that are due."""
    return sending.claim_due(now) + sending.send_due(now)


@job(
    "notifications.expiring",
    every=timedelta(hours=1),
    zh="提醒羽毛即将过期",
    en="Tell of feathers about to expire",
)
def tell_of_expiring(now: datetime) -> int:
    """Tell members a week ahead how many of their feathers expire on a day; once for a member and day."""
    return expiring.tell_ahead(now)


@job(
    "notifications.announcements",
    every=timedelta(minutes=1),
    zh="逐批通知全体会员",
    en="Tell everybody, in slices",
)
def carry_announcements_on(now: datetime) -> int:
    """Tell the next slice of members of the oldest announcement that is under way."""
    row = Announcement.objects.under_way().first()
    return actions.carry_on(actor=None, announcement=row, at=now) if row else 0
