"""The only writers of the pact: `screening` keeps what was screened, `findings` what was confirmed and what
became of it, `versions` announces.

Every action takes `actor` first (None: the house by itself) and the time `at` (now by default).
"""

from .findings import confirm, correct, end_relief, refuse, relieve, second
from .screening import forget_texts, note_screening, settle
from .versions import announce

__all__ = [
    "announce",
    "confirm",
    "correct",
    "end_relief",
    "forget_texts",
    "note_screening",
    "refuse",
    "relieve",
    "second",
    "settle",
]
