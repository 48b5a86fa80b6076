"""What a live change did: the texts in which it made the difference, and what became of them.

Holds reads. What it did is what `watch` found: the set in force decides otherwise without the change.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from lingyu.community.cases.models import Case, Decision

from .limits import LIMITS
from .models import Difference, RuleChange
from .proportions import Share, wilson

DECISIONS = 20_000  # the latest that are counted


def overturned(change: RuleChange) -> dict[str, Share]:
    """Of the decided cases about what the change found, the share that was clear or was reversed.

    By what the change led to (`block`, `review`), and of `all`.
    """
    counts = {key: [0, 0] for key in ("block", "review", "all")}
    strata = dict(_stricter(change).values_list("screening", "stratum").order_by("-stratum")[:DECISIONS])
    decided = Decision.objects.filter(case__screening__in=_stricter(change).values("screening"))
    rows = decided.order_by("-at").values_list("case__screening", "outcome", "reversal__decision")
    for screening, outcome, reversal in rows[:DECISIONS]:
        wrong = outcome == Decision.Outcome.CLEAR or reversal is not None
        for key in (strata.get(screening), "all"):
            if key in counts:
                counts[key][0] += wrong
                counts[key][1] += 1
    return {key: wilson(*pair) for key, pair in counts.items()}


def too_often(change: RuleChange) -> Share | None:
    """The share for which the change has to be rolled back; None while none passes its limit."""
    shares = overturned(change)
    for stratum, limit in LIMITS.overturn.items():
        share = shares[stratum]
        if share.n >= LIMITS.overturned_of and share.low > limit:
            return share
    return None


@dataclass(frozen=True)
class Undoing:
    """What undoing would do: cases to release, decisions of the house to reverse; what stays; who is told."""

    release: QuerySet[Case]
    reverse: QuerySet[Decision]
    kept: int
    refused: QuerySet[Difference]


def undoing(change: RuleChange) -> Undoing:
    """What is to be undone of what the change did by itself. What people decided stays theirs.

    Released are open cases that began with the screening, where the text would have passed without the
    change and nobody has reported it.
    """
    mine = _stricter(change).values("screening")
    passed = _stricter(change).filter(before="pass").values("screening")
    decided = Decision.objects.filter(case__screening__in=mine)
    return Undoing(
        release=Case.objects.open().filter(
            screening__in=passed, origin=Case.Origin.SCREENING, reports__isnull=True
        ),
        reverse=decided.filter(by__isnull=True, outcome=Decision.Outcome.VIOLATION, reversal__isnull=True),
        kept=decided.filter(by__isnull=False).count(),
        refused=_stricter(change).filter(after="block", screening__decision="block").exclude(before="block"),
    )


def _stricter(change: RuleChange) -> QuerySet[Difference]:
    return Difference.objects.watched().stricter().filter(change=change)
