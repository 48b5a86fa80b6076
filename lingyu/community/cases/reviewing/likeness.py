"""Earlier decisions like a case: about nearly the same words, or by the same clause.

Holds reads; likeness is the screening's own (Jaccard's index of pairs of characters).
"""

from dataclasses import dataclass

from lingyu.community.pact.screening.normalise import Views
from lingyu.community.pact.screening.rules.repeats import READ, likeness

from ..models import Case, Decision

# Compared with so many of the latest decisions: bounded, whatever there is.
COMPARED, SHOWN = 200, 5
ALIKE, SHORTEST = 0.5, 6


@dataclass(frozen=True)
class Similar:
    """An earlier decision, and how alike the words are (0…1; 0 for the same clause only)."""

    decision: Decision
    likeness: float


def similar(case: Case) -> list[Similar]:
    """The likest first, then the latest by the suspected clause; reversed decisions are left out."""
    made = Decision.objects.filter(reversal__isnull=True).exclude(case=case)
    made = made.select_related("case", "by").order_by("-at")
    near = _near(case, made[:COMPARED])
    known = {s.decision.id for s in near}
    alike = [Similar(d, 0.0) for d in made.filter(lead=case.suspected)[:SHOWN]] if case.suspected else []
    return [*near, *(s for s in alike if s.decision.id not in known)][: 2 * SHOWN]


def _near(case: Case, made) -> list[Similar]:
    words = Views(case.text[:READ]).compact.text
    if len(words) < SHORTEST:
        return []
    found = [Similar(d, likeness(words, Views(d.case.text[:READ]).compact.text)) for d in made]
    near = [s for s in found if s.likeness >= ALIKE]
    return sorted(near, key=lambda s: -s.likeness)[:SHOWN]
