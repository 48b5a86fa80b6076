"""What the rings do as time passes: look for new ones.

Holds jobs.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("rings.find", every=timedelta(hours=1), zh="查找协同账号", en="Look for accounts that act together")
def find(now: datetime) -> int:
    """Look once; nothing is left for a second run."""
    actions.find_rings(actor=None, at=now)
    return 0
