"""How much a member's report weighs, from what became of their earlier ones.

The posterior mean of a Beta distribution, per reporter and category of the pact, with the reporter's
overall mean as its prior; who has not reported yet starts at 1/2. Reporters see their own number and
what it is made of. (Discourse weighs flags by a comparable accuracy bonus; here the evidence is kept as
two counts, so that an overturned decision gives back what it took.)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .models import Report

# As if so many reports had ended evenly before the first, and as many by the overall mean in a category.
PRIOR = 4.0


@dataclass(frozen=True)
class Credibility:
    """`mean` in 0…1, made of `upheld` and `dismissed` reports of that category."""

    mean: float
    upheld: int
    dismissed: int


def posterior(upheld: int, dismissed: int, prior_mean: float = 0.5, strength: float = PRIOR) -> float:
    """(prior_mean · strength + upheld) / (strength + upheld + dismissed)."""
    return (prior_mean * strength + upheld) / (strength + upheld + dismissed)


def credibility(reporter: UUID, clause: str) -> Credibility:
    """How much this reporter's word weighs about this clause's category now."""
    settled = Report.objects.filter(reporter=reporter).exclude(outcome="").values_list("clause", "outcome")
    return weighed(settled, clause.partition(".")[0])


def weighed(settled: Iterable[tuple[str, str]], category: str) -> Credibility:
    """The same from pairs of (clause, outcome)."""
    everything = [0, 0]
    here = [0, 0]
    for clause, outcome in settled:
        place = 0 if outcome == Report.Outcome.UPHELD else 1
        everything[place] += 1
        if clause.partition(".")[0] == category:
            here[place] += 1
    return Credibility(posterior(*here, prior_mean=posterior(*everything)), *here)


def together(credibilities: Iterable[float]) -> float:
    """How sure several independent reporters make it that one of them is right: 1 - Π (1 - c)."""
    wrong = 1.0
    for one in credibilities:
        wrong *= 1 - one
    return 1 - wrong
