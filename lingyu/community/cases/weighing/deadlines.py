"""How long the house gives itself, by what a case is about. Measured and shown to everybody.

Holds the promises as values.
"""

from datetime import datetime, timedelta

from lingyu.community.pact.clauses import Clause

MINORS, ILLEGAL, OTHERS = timedelta(hours=1), timedelta(hours=4), timedelta(hours=24)
APPEALS = timedelta(hours=72)
# After this a decision stands for good.
APPEAL_WITHIN = timedelta(days=180)
# A moderator holds a case so long without deciding it.
LEASE = timedelta(minutes=15)


def promised(clause: Clause | None) -> timedelta:
    """Within which time a case under this clause is decided."""
    if clause is not None and clause.minors:
        return MINORS
    return ILLEGAL if clause is not None and clause.illegal else OTHERS


def due(clause: Clause | None, opened_at: datetime) -> datetime:
    """When a case that was opened at `opened_at` is decided at the latest."""
    return opened_at + promised(clause)
