"""What the notifications do as time passes: digests are claimed and sent."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import sending


@job("notifications.digests", every=timedelta(minutes=1), zh="发送通知邮件", en="Send digests")
def send_digests(now: datetime) -> int:
    """Claim the mails of periods that have ended, and send those that are due."""
    return sending.claim_due(now) + sending.send_due(now)
