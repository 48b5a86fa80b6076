"""What user operations do as time passes."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("user.forget_words", every=timedelta(hours=6), zh="清除到期的发言样本", en="Let go of sampled words")
def forget_words(now: datetime) -> int:
    """Empty the words of samples that have been kept for long enough."""
    return actions.forget_words(actor=None, now=now)
