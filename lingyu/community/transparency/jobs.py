"""What transparency does as time passes: publish each month when it is over.

Holds jobs.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("transparency.publish", every=timedelta(hours=1), zh="公布治理数据", en="Publish the numbers of a month")
def publish(now: datetime) -> int:
    """Publish one month; called at once again while another is due."""
    return 1 if actions.publish_next(actor=None, at=now) else 0
