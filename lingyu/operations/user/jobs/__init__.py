"""What user operations do as time passes: messages go out, sampled words are let go of."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from .. import actions
from .sending import send_due


@job("user.forget_words", every=timedelta(hours=6), zh="清除到期的发言样本", en="Let go of sampled words")
def forget_words(now: datetime) -> int:
    """Empty the words of samples that have been kept for long enough."""
    return actions.forget_words(actor=None, now=now)


@job("user.posts", every=timedelta(minutes=1), zh="发送触达消息", en="Send messages to audiences")
def send_posts(now: datetime) -> int:
    """Send the next messages that are due, and note which posts are done."""
    return send_due(now) + actions.end_posts(now=now)
