"""How much a member's report weighs, from what became of their earlier ones.

The posterior mean of a Beta distribution, per reporter and category of the pact, with the reporter's
overall mean as its prior; who has not reported yet starts at 1/2. Reporters see their own number and
what it is made of. (Discourse weighs flags by a comparable accuracy bonus; here the evidence is kept as
two counts, so that an overturned decision gives back what it took.)

Reports of one subject by new accounts are one voice, however many: whoever makes accounts makes many.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ..models import Case, Report

# As if so many reports had ended evenly before the first, and as many by the overall mean in a category.
PRIOR = 4.0
# Until then an account is new.
OLD_ENOUGH = timedelta(days=7)
# What one's word has to weigh to do something by itself.
CREDIBLE = 0.5


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


@dataclass(frozen=True)
class Voices:
    """What reports of one subject come to: by so many voices, `sure` in 0…1; `known` without new accounts."""

    number: int
    sure: float
    known: float


def voices(case: Case, clauses: Collection[str] | None = None) -> Voices:
    """What is reported in a case, under `clauses` where they are given.

    How sure several voices make it that one of them is right is 1 - Π (1 - c); all new accounts together
    are one voice, the surest of theirs.
    """
    given = case.reports.all() if clauses is None else case.reports.filter(clause__in=clauses)
    known, new = [], []
    for weight, at, joined_at in given.values_list("credibility", "at", "reporter__joined_at"):
        (known if established(joined_at, at) else new).append(weight)
    new = [max(new)] if new else []
    return Voices(len(known) + len(new), together([*known, *new]), together(known))


def established(joined_at: datetime, at: datetime) -> bool:
    """Whether an account is no new one at `at`."""
    return at - joined_at >= OLD_ENOUGH


def together(credibilities: Iterable[float]) -> float:
    """How sure several independent voices make it that one of them is right: 1 - Π (1 - c)."""
    wrong = 1.0
    for one in credibilities:
        wrong *= 1 - one
    return 1 - wrong
