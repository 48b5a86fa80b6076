"""What the ledger does as time passes: promises fall due, lots expire, heads are sealed, sums looked at.

Holds jobs only; `actions` does the work.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("ledger.expire_lots", every=timedelta(minutes=10), zh="羽毛过期", en="Expire lots of feathers")
def expire_lots(now: datetime) -> int:
    """Take away what is left of lots whose time is over."""
    return actions.expire_lots(at=now)


@job("ledger.seal", every=timedelta(minutes=10), zh="封存账目", en="Seal the ledger")
def seal(now: datetime) -> int:
    """Anchor the accounts that have moved."""
    return actions.seal(at=now)


@job("ledger.check", every=timedelta(minutes=10), zh="账目抽查", en="Check members drawn by chance")
def check(now: datetime) -> int:
    """Look whether a few members' accounts, and the sum of all, add up."""
    actions.check_sample(at=now)
    return 0


@job("ledger.check_all", every=timedelta(days=1), zh="账目全查", en="Check the whole ledger")
def check_all(now: datetime) -> int:
    """Once a day, look at everything from the first entry on."""
    actions.check_all(at=now)
    return 0
