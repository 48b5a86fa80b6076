"""Rows of user operations: groups, who is in them, what was said (never its words), rules, and messages sent.

Holds state and its reading, one concern a module. Does not write: `actions` is the only writer.
"""

from .groups import Group, GroupQuerySet, Target
from .people import Membership, MembershipQuerySet, Participant
from .reach import Post, PostQuerySet, Recipient, RecipientQuerySet
from .talk import Message, MessageQuerySet, Sample
from .validity import Judged, RuleVersion, Terms, standing_rules
from .wecom import Snapshot

__all__ = [
    "Group",
    "GroupQuerySet",
    "Judged",
    "Membership",
    "MembershipQuerySet",
    "Message",
    "MessageQuerySet",
    "Participant",
    "Post",
    "PostQuerySet",
    "Recipient",
    "RecipientQuerySet",
    "RuleVersion",
    "Sample",
    "Snapshot",
    "Target",
    "Terms",
    "standing_rules",
]
