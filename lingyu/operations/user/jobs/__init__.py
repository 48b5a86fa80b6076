"""What user operations do as time passes: messages go out, sampled words are let go of."""

from datetime import datetime, timedelta

from django.conf import settings

from lingyu.kernel.jobs import job

from .. import actions
from ..importers import wecom
from .sending import send_due


@job("user.forget_words", every=timedelta(hours=6), zh="清除到期的发言样本", en="Let go of sampled words")
def forget_words(now: datetime) -> int:
    """Empty the words of samples that have been kept for long enough."""
    return actions.forget_words(actor=None, now=now)


@job("user.posts", every=timedelta(minutes=1), zh="发送触达消息", en="Send messages to audiences")
def send_posts(now: datetime) -> int:
    """Send the next messages that are due, and note which posts are done."""
    return send_due(now) + actions.end_posts(now=now)


@job("user.wecom", every=timedelta(hours=1), zh="企业微信群统计快照", en="Take WeCom's snapshots")
def take_wecom(now: datetime) -> int:
    """Take the next days that are missing, the newest first; nothing where WeCom is not set up."""
    door = wecom.client()
    owners = settings.LINGYU_WECOM_OWNERS
    return wecom.take(door, owners, now) if door and owners else 0
