"""What signals amount to: noisy-OR by clause, thresholds, one lead ground.

A clause's probability is 1 - ∏(1 - score) over its signals, taken as independent causes (Pearl,
"Probabilistic Reasoning in Intelligent Systems", 1988, §4.3.2). They are not quite, so of signals that
stand on the same characters, or come from one finder, only the strongest counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...clauses import Pact
from ..families import family
from ..steps import Decision, Finding, Scene, Signal

BLOCK = 0.9  # the least score of a signal that alone may block
REVIEW = 0.3  # the least probability of a clause at which a human is asked
TOGETHER = 200  # characters within which two hints are about the same thing
MOST = 40  # findings listed


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on a clause counts: the least probability for review, the least score to block."""

    review: float = REVIEW
    block: float = BLOCK


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision, its lead ground, the findings, and the probability of each clause that was found."""

    decision: Decision
    lead: str | None
    findings: tuple[Finding, ...]
    scores: dict[str, float]


def led(signals: Iterable[Signal], governed: frozenset[str]) -> list[Signal]:
    """The signals that count where a model speaks for families of clauses.

    Of a governed family these are its own, what may block, and what agrees with it.
    """
    signals = list(signals)
    said = {family(s.clause) for s in signals if is_model(s) and s.strength != "hint"}
    return [
        s
        for s in signals
        if (name := family(s.clause)) not in governed or name in said or is_model(s) or s.strength == "block"
    ]


def decide(
    scene: Scene, signals: Iterable[Signal], pact: Pact, limits: Mapping[str, Limits] | None = None
) -> Decided:
    """What the signals lead to under a pact; clauses that no machine may find are left out.

    `limits` are those of clauses that have their own.
    """
    own, usual = limits or {}, Limits()
    by_clause: dict[str, list[Signal]] = {}
    for signal in signals:
        if _strongest(pact, signal.clause) != "none":
            by_clause.setdefault(signal.clause, []).append(signal)
    counted = {clause: _counted(found) for clause, found in by_clause.items()}
    scores = {clause: noisy_or(found) for clause, found in counted.items() if found}
    scores = {
        c: score
        for c, score in scores.items()
        if score >= own.get(c, usual).review or (c not in own and _certain(counted[c]))
    }
    if not scores:
        return Decided("pass", None, (), {})
    blocked = {
        clause
        for clause in scores
        if _strongest(pact, clause) == "block"
        and any(s.strength == "block" and s.score >= own.get(clause, usual).block for s in counted[clause])
    }
    lead = max(
        scores, key=lambda clause: (clause in blocked, round(scores[clause], 3), _severity(pact, clause))
    )
    order = sorted(scores, key=lambda clause: (clause != lead, -scores[clause], clause))
    findings = tuple(
        Finding(clause, s.span, scene.evidence(s), round(s.score, 4), s.by, s.field)
        for clause in order
        for s in sorted(counted[clause], key=lambda s: (-s.score, s.field, s.span))
    )[:MOST]
    return Decided("block" if blocked else "review", lead, findings, scores)


def is_model(signal: Signal) -> bool:
    """Whether the classifier gave it."""
    return signal.by.startswith("model:")


def _certain(signals: list[Signal]) -> bool:
    # A model has a threshold of its own for each clause, which may be lower where breaches are rare.
    return any(is_model(s) and s.strength != "hint" for s in signals)


def noisy_or(signals: Iterable[Signal]) -> float:
    """The probability that at least one of the signals is right."""
    wrong = 1.0
    for signal in signals:
        wrong *= 1 - signal.score
    return 1 - wrong


def _counted(signals: list[Signal]) -> list[Signal]:
    """The signals of one clause that count: the strongest of each place and finder, hints only in company."""
    kept: dict[str, Signal] = {}
    for signal in sorted(signals, key=lambda s: (s.strength == "hint", -s.score)):
        if signal.by not in kept and not any(_overlap(signal, other) for other in kept.values()):
            kept[signal.by] = signal
    strong = [s for s in kept.values() if s.strength != "hint"]
    hints = [s for s in kept.values() if s.strength == "hint"]
    company = [h for h in hints if any(_near(h, other) for other in kept.values() if other is not h)]
    return strong + company


def _overlap(one: Signal, other: Signal) -> bool:
    # A model speaks of the whole text; its places are pointers, not evidence of their own.
    if one.by.partition(":")[0] != other.by.partition(":")[0] or one.field != other.field:
        return False
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _near(one: Signal, other: Signal) -> bool:
    if one.field != other.field:
        return True
    return max(one.span[0], other.span[0]) - min(one.span[1], other.span[1]) <= TOGETHER


def _strongest(pact: Pact, code: str) -> str:
    clause = pact.by_code.get(code)
    return clause.strongest if clause else "none"


def _severity(pact: Pact, code: str) -> int:
    return pact.by_code[code].severity
