"""The numbers of rewards, over the facts of ledger, feathers, quiz and paid articles."""

from .attempts import (
    MISSING,
    QUIZ_ANSWERS,
    QUIZ_RIGHT,
    QUIZ_RIGHT_RATE,
    QUIZ_WRONG,
    REFUSALS,
    REFUSED_MEMBERS,
    TOO_FEW,
    UNLOCKERS,
    UNLOCKS,
)
from .flows import CLAWED_BACK, EXPIRED, ISSUED, PROMISED, REDEEMED, REFUNDED, RESTORED, SPENT, VOIDED
from .people import EARN_TO_REDEEM, EARNERS, PER_EARNER, REDEEMERS, REDEEMING_SHARE, REDEMPTION_RATE

__all__ = [
    "CLAWED_BACK",
    "EARNERS",
    "EARN_TO_REDEEM",
    "EXPIRED",
    "ISSUED",
    "MISSING",
    "PER_EARNER",
    "PROMISED",
    "QUIZ_ANSWERS",
    "QUIZ_RIGHT",
    "QUIZ_RIGHT_RATE",
    "QUIZ_WRONG",
    "REDEEMED",
    "REDEEMERS",
    "REDEEMING_SHARE",
    "REDEMPTION_RATE",
    "REFUNDED",
    "REFUSALS",
    "REFUSED_MEMBERS",
    "RESTORED",
    "SPENT",
    "TOO_FEW",
    "UNLOCKERS",
    "UNLOCKS",
    "VOIDED",
]
