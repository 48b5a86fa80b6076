"""The numbers of a month, counted from rows that nothing changes any more: one function of month and moment.

`numbers(month, known=…)` takes into account what was known before `known` only, so that a published month
can be computed again to the last digit, and stand beside the same month as it is known today. Every
number has a code, “violations/clause/2.6”; `definitions` says what each means.

Holds reads. `METHOD` grows when a number comes to mean something else; old months keep theirs. By the first
method a report stayed upheld whatever an appeal said later; the second follows what is known by then.
"""

from datetime import datetime

from lingyu.community.pact.ladder import LADDERS
from lingyu.community.pact.standings import CURRENT

from ..months import Month
from . import appealing, consequences, deciding, finding
from .frames import Frame, Value

METHOD, METHODS = 2, (1, 2)
_PARTS = (finding.counts, deciding.counts, appealing.counts, consequences.counts)


def numbers(
    month: Month, *, known: datetime, zone: str, ladder: int = CURRENT.version, method: int = METHOD
) -> dict[str, Value]:
    """Every number of `month` by its code: counts, shares of one (six decimals), hours (two decimals).

    A share or a median of nothing is None. KeyError for a ladder that there is not, ValueError for a method
    that is not known here.
    """
    if method not in METHODS:
        raise ValueError(f"no method {method} is known here; this is method {METHOD}")
    frame = Frame(month.since(zone), month.until(zone), known, LADDERS[ladder], method)
    return dict(pair for part in _PARTS for pair in part(frame))
