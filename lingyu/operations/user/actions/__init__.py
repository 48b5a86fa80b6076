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
from .posting import (
    end_posts,
    note_failure,
    note_outcome,
    put_off,
    resume_post,
    start_post,
    stop_post,
    take_recipient,
    write_post,
)
from .snapping import keep_snapshots
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
    "end_posts",
    "feed_section",
    "forget_person",
    "forget_words",
    "join",
    "keep_snapshots",
    "label_sample",
    "leave",
    "link_member",
    "note",
    "note_failure",
    "note_outcome",
    "open_group",
    "participant",
    "put_off",
    "resume_post",
    "set_goal",
    "set_moderators",
    "set_owner",
    "set_sampling",
    "set_target",
    "standing_group",
    "start_post",
    "stop_post",
    "take_comment",
    "take_reader",
    "take_recipient",
    "write_post",
]
