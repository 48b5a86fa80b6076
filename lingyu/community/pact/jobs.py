"""What the pact does as time passes: forget texts that were screened long ago.

Holds jobs. Nothing lifts a mute: it is read by the clock.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("pact.forget", every=timedelta(hours=6), zh="清除过期机审原文", en="Forget screened texts in time")
def forget_texts(now: datetime) -> int:
    """Empty a batch of texts that nobody needs any more."""
    return actions.forget_texts(actor=None, at=now)
