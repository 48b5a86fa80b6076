"""The kinds of notifications there are: a closed registry, each with its words, a module a field.

Holds declarations. Who notifies names them from here.
"""

from .holdings import (
    BACK_IN_STOCK,
    CLAWED_BACK,
    EARNED,
    EXPIRED,
    EXPIRING,
    ORDER_DELIVERED,
    ORDER_REFUNDED,
    ORDER_SHIPPED,
    RETURNED,
)
from .pact import (
    APPEAL_RULED,
    DECIDED,
    LET_PASS,
    REFUSED_WRONGLY,
    REPORT_CHANGED,
    REPORT_SETTLED,
    RESTING,
    REVERSED,
    VERSION_ANNOUNCED,
)
from .people import FRIEND_ACTIVE, FRIEND_JOINED
from .registry import AREAS, KINDS, Area, Kind, declare, kind, open_to
from .talk import (
    COMMENT_APPROVED,
    COMMENT_REMOVED,
    COMMENT_RESTORED,
    COMMENTED,
    FEATURED,
    PUBLISHED,
    REPLIED,
    RETIRED,
)

__all__ = [
    "APPEAL_RULED",
    "AREAS",
    "BACK_IN_STOCK",
    "CLAWED_BACK",
    "COMMENTED",
    "COMMENT_APPROVED",
    "COMMENT_REMOVED",
    "COMMENT_RESTORED",
    "DECIDED",
    "EARNED",
    "EXPIRED",
    "EXPIRING",
    "FEATURED",
    "FRIEND_ACTIVE",
    "FRIEND_JOINED",
    "KINDS",
    "LET_PASS",
    "ORDER_DELIVERED",
    "ORDER_REFUNDED",
    "ORDER_SHIPPED",
    "PUBLISHED",
    "REFUSED_WRONGLY",
    "REPLIED",
    "REPORT_CHANGED",
    "REPORT_SETTLED",
    "RESTING",
    "RETIRED",
    "RETURNED",
    "REVERSED",
    "VERSION_ANNOUNCED",
    "Area",
    "Kind",
    "declare",
    "kind",
    "open_to",
]
