"""The ladder: from confirmed findings and the clock to what a member may do. Pure, versioned, without Django.

Holds the function, its rules as values, and its explanation. Reads no database and keeps nothing: a mute
is not stored, and so nothing has to be lifted, and overturning is computing again without the finding.
"""

from .explaining import Reason, counterfactuals, explain
from .findings import AGGRAVATORS, Aggravator, Finding, Relief
from .rules import LADDERS, RUNGS, Ladder, Rung
from .standing import Penalty, Standing, penalties, standing

__all__ = [
    "AGGRAVATORS",
    "LADDERS",
    "RUNGS",
    "Aggravator",
    "Finding",
    "Ladder",
    "Penalty",
    "Reason",
    "Relief",
    "Rung",
    "Standing",
    "counterfactuals",
    "explain",
    "penalties",
    "standing",
]
