"""The only writers of rewards: adjustments by two people, the value of a feather, budgets.

Feathers themselves move by the community's actions, within the same transaction.
"""

from .adjusting import NotAllowed, approve, ask_to_give, ask_to_take, decline
from .valuing import set_budget, set_value

__all__ = [
    "NotAllowed",
    "approve",
    "ask_to_give",
    "ask_to_take",
    "decline",
    "set_budget",
    "set_value",
]
