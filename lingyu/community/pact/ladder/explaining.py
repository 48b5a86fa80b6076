"""Why this rung: what each finding came to and by which rule, and what would be without it.

Holds facts as codes with values; pages put them into words (`pact.words`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .findings import Finding
from .rules import BEFORE_PERMANENT, CLEAR, LADDERS, MUTED, Ladder
from .standing import Penalty, Standing, standing


@dataclass(frozen=True)
class Reason:
    """One thing that made a penalty what it is: a code of `CODES`, and values for its sentence."""

    code: str
    values: dict = field(default_factory=dict, hash=False)


# In the order in which the function applies them.
CODES = ("stale", "first", "raised", "aggravated", "awaits_second", "resting", "over", "in_force")


def explain(found: Standing, now: datetime) -> list[tuple[Penalty, list[Reason]]]:
    """Each penalty with the rules that made it, in the order in which they apply."""
    ladder = LADDERS[found.ladder]
    return [(p, list(_reasons(ladder, p, now))) for p in found.penalties]


def counterfactuals(
    ladder: Ladder, findings: Iterable[Finding], now: datetime
) -> list[tuple[Finding, Standing]]:
    """For each finding, where the member would stand without it: the function asked again, no shortcut."""
    known = list(findings)
    return [(one, standing(ladder, [f for f in known if f != one], now)) for one in known]


def _reasons(ladder: Ladder, penalty: Penalty, now: datetime):
    finding = penalty.finding
    if penalty.asked == CLEAR:
        yield Reason("stale", {"days": ladder.stale.days})
        return
    yield Reason("first", {"severity": finding.severity, "level": ladder.first[finding.severity]})
    if penalty.raised_from:
        yield Reason("raised", {"by": penalty.raised_from.id, "told_at": penalty.raised_from.told_at})
    for code in sorted(finding.weighing):
        yield Reason("aggravated", {"aggravator": code})
    if penalty.asked >= MUTED and penalty.level == BEFORE_PERMANENT:
        yield Reason("awaits_second", {"asked": penalty.asked})
    if any(relief.covers(now) for relief in finding.reliefs):
        yield Reason("resting")
    elif penalty.until is not None and penalty.until <= now:
        yield Reason("over", {"until": penalty.until})
    else:
        yield Reason("in_force", {"until": penalty.until})
