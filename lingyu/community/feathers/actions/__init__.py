"""The only writers of the feathers: earning, resolving what waits, spending, and rules.

Every attempt leaves a receipt, in the transaction of what it came to. A refusal is a receipt, never an
error, so that whoever asked can go on or stop within its own transaction.
"""

from .earning import MUTED, approve, decline, earn, earn_after_all, note_posted
from .ruling import StaleRule, change_rule, version_in_force
from .spending import hold, refund, release, settle, spend, turn_down
from .undoing import claw_back, restore

__all__ = [
    "MUTED",
    "StaleRule",
    "approve",
    "change_rule",
    "claw_back",
    "decline",
    "earn",
    "earn_after_all",
    "hold",
    "note_posted",
    "refund",
    "release",
    "restore",
    "settle",
    "spend",
    "turn_down",
    "version_in_force",
]
