"""What the notifications do as time passes: digests are claimed and sent, expiries told ahead."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import expiring, sending


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
