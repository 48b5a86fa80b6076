"""The only writers of the notifications: tell, read, choose, and the digest's steps.

Every action takes keyword arguments only; `actor` is the member whose notifications they are. Doing
again what has been done changes nothing.
"""

from .announcing import announce, carry_on
from .choosing import choose, set_rhythm, unsubscribe
from .mailing import claim_digest, give_up, note_failure, note_sent, take_due
from .reading import mark_all_read, mark_read, mark_unread
from .telling import forget, tell, tell_many

__all__ = [
    "announce",
    "carry_on",
    "choose",
    "claim_digest",
    "forget",
    "give_up",
    "mark_all_read",
    "mark_read",
    "mark_unread",
    "note_failure",
    "note_sent",
    "set_rhythm",
    "take_due",
    "tell",
    "tell_many",
    "unsubscribe",
]
