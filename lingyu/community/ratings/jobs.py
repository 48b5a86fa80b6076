"""What the ratings do as time passes: the site's own mean moves, and scores follow it.

Holds one job.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("ratings.prior", every=timedelta(minutes=10), zh="更新全站评分基准", en="Follow how the site votes")
def prior(now: datetime) -> int:
    """Count the site, then score one batch of articles under the new prior."""
    return actions.count_the_site(actor=None, at=now) + actions.score_anew(actor=None)
