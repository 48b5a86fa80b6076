"""The only writers of user operations.

Every action takes keyword arguments only, and records what it did in the transaction in which it does it.
"""

from .feeding import feed_section, take_comment, take_reader
from .grouping import (
    close_group,
    open_group,
    set_goal,
    set_moderators,
    set_owner,
    set_sampling,
    set_target,
    standing_group,
)
from .judging import change_rules, forget_words, label_sample
from .staying import change_role, forget_person, join, leave, link_member, participant
from .talking import Came, Noted, Said, Went, note

__all__ = [
    "Came",
    "Noted",
    "Said",
    "Went",
    "change_role",
    "change_rules",
    "close_group",
    "feed_section",
    "forget_person",
    "forget_words",
    "join",
    "label_sample",
    "leave",
    "link_member",
    "note",
    "open_group",
    "participant",
    "set_goal",
    "set_moderators",
    "set_owner",
    "set_sampling",
    "set_target",
    "standing_group",
    "take_comment",
    "take_reader",
]
