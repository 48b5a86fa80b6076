"""The only writers of sharing: links, arrivals and what becomes of them, traces, invitations.

Nothing here raises for what a link or a browser says: what does not count leaves a reason.
"""

from .arriving import arrive
from .counting import follow_read
from .forgetting import forget_signals
from .inviting import accept_invitation, note_first_action, settle_invitation
from .links import make_link
from .tracing import note_trace

__all__ = [
    "accept_invitation",
    "arrive",
    "follow_read",
    "forget_signals",
    "make_link",
    "note_first_action",
    "note_trace",
    "settle_invitation",
]
