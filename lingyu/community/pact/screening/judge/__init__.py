"""An optional second opinion, by an endpoint that speaks the chat completions or the moderations protocol.

Off unless somebody sets it up. It may only route: send a post that would pass to a human, or let one pass
that would have gone to a human. It can neither block nor unblock, and when it fails, all stays as it was.
"""

from .asking import Judge
from .routing import Judged
from .settings import JudgeRefused, Settings
from .shapes import Audit, Opinion

__all__ = ["Audit", "Judge", "JudgeRefused", "Judged", "Opinion", "Settings"]
