"""The only writers of the cases.

`opening` begins cases, `reporting` takes reports, `leasing` gives a case to one moderator at a time,
`deciding` decides one or many, `reversing` undoes, `withdrawing` takes one's own decision back and begins
anew, `appealing` takes appeals and ends them, `quality` keeps golden cases and second looks.

Every action takes `actor` first (None: the house by itself) and the time `at` (now by default); bad input
raises ValidationError and changes nothing.
"""

from .appealing import appeal, relieve_late, rule
from .deciding import decide, decide_many
from .leasing import give_back, take, take_next
from .opening import hide_first, look_at, look_at_report, open_case
from .pictures import note_look
from .quality import add_golden, answer_golden, look_again, retire_golden
from .reporting import report
from .reversing import reverse, take_back
from .withdrawing import bring_back, remove, withdraw, withdraw_batch

__all__ = [
    "add_golden",
    "answer_golden",
    "appeal",
    "bring_back",
    "decide",
    "decide_many",
    "give_back",
    "hide_first",
    "look_again",
    "look_at",
    "look_at_report",
    "note_look",
    "open_case",
    "relieve_late",
    "remove",
    "report",
    "retire_golden",
    "reverse",
    "rule",
    "take",
    "take_back",
    "take_next",
    "withdraw",
    "withdraw_batch",
]
