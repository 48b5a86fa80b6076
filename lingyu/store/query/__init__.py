"""Questions to the event store: parse → resolve → plan → run → assemble.

`ask` and `ask_all` are the one door for numbers: pages, exports, commands and tests use it.
"""

from .run import ask, ask_all

__all__ = ["ask", "ask_all"]
