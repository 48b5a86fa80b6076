"""What the screening learns from people: decided cases as texts with labels (`train-screen --decisions`).

Holds the reading. A decision that was reversed teaches nothing: what is right after an appeal is in the
new decision, if there is one. What the house decided by itself is no lesson either.
"""

from collections.abc import Iterator

from lingyu.community.pact.teaching import decisions
from lingyu.community.pact.teaching.files import Labelled

from .models import Decision


@decisions.source
def decided() -> Iterator[Labelled]:
    """Every standing decision of a person about a text that is still there, the oldest first."""
    standing = Decision.objects.filter(by__isnull=False, reversal__isnull=True).exclude(case__text="")
    for decision in standing.select_related("case").order_by("at", "id").iterator(1_000):
        label = decision.lead if decision.outcome == Decision.Outcome.VIOLATION else "ok"
        yield Labelled(decision.case.text, label, str(decision.case_id), f"decision {decision.id}")
