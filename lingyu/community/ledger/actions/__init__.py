"""The only writers of the ledger.

Every function needs an open transaction, takes keywords only, and names what it does by a key that
exists once: the same key again changes nothing and answers what was done before.
"""

from .anchoring import check_all, check_sample, seal
from .earning import issue, pend, post_pending, void_pending
from .ending import expire_lots, fall_due, post_due
from .posting import Contradiction, KeyReused, Posting, Wallet, open_wallet, together
from .reversing import claw_back, refund, restore
from .spending import TooFew, hold, release_hold, settle_hold, spend

__all__ = [
    "Contradiction",
    "KeyReused",
    "Posting",
    "TooFew",
    "Wallet",
    "check_all",
    "check_sample",
    "claw_back",
    "expire_lots",
    "fall_due",
    "hold",
    "issue",
    "open_wallet",
    "pend",
    "post_due",
    "post_pending",
    "refund",
    "release_hold",
    "restore",
    "seal",
    "settle_hold",
    "spend",
    "together",
    "void_pending",
]
