"""How pressing a case is, in points, and what made it so: harm, reach, confidence, reports.

Holds the formula and its parts as codes with points; pages put them into words. Age is not a part: what
is due first stands first among cases of the same weight.
"""

from dataclasses import dataclass
from math import log2

from lingyu.community.pact.clauses import Clause

# Points of each step of severity, each doubling of readers, full confidence, each doubling of reports.
HARM, REACH, CONFIDENCE, REPORTS = 20, 5, 40, 8
MINORS = 100


@dataclass(frozen=True)
class Priority:
    """The sum, and its parts as (code, points), those that are nought left out."""

    weight: int
    why: list[tuple[str, int]]


def priority(
    *,
    clause: Clause | None,
    readers: int,
    confidence: float,
    reports: int,
    minors: bool,
    believed: float = 1.0,
) -> Priority:
    """The points of a case suspected under `clause`, seen by so many, with so much confidence in 0…1.

    `reports` counts voices; `minors`: harm to a minor is vouched for, not only said by new accounts; the
    harm counts in the measure in which it is `believed` at all.
    """
    parts = [
        ("minors", MINORS if minors else 0),
        ("harm", round(HARM * (clause.severity if clause else 1) * believed)),
        ("reach", round(REACH * log2(1 + readers))),
        ("confidence", round(CONFIDENCE * confidence)),
        ("reports", round(REPORTS * log2(1 + reports))),
    ]
    why = [(code, points) for code, points in parts if points]
    return Priority(sum(points for _code, points in why), why)
