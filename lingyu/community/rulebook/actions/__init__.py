"""The only writers of the rulebook: `proposing`, `trying`, `labelling`, `moving` (live, withdrawn, rolled
back) and `undoing`.

Every action takes `actor` first (None: the house by itself) and the time `at` (now by default).
"""

from .labelling import draw, label
from .moving import go_live, roll_back, watch_all, withdraw
from .proposing import propose
from .trying import try_some
from .undoing import undo, undo_some

__all__ = [
    "draw",
    "go_live",
    "label",
    "propose",
    "roll_back",
    "try_some",
    "undo",
    "undo_some",
    "watch_all",
    "withdraw",
]
