"""What a judge is asked and answers, and how an answer is checked: nothing that it says is taken on trust.

Holds no network.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Routed = Literal["pass", "review"]
RATIONALE = 200
LONGEST = 4_000  # characters of a text that are sent


@dataclass(frozen=True, slots=True)
class Ground:
    """One clause that a judge sees broken: probability 0…1 and the characters that show it."""

    clause: str
    score: float
    evidence: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """A valid answer. `block` is never one: where the judge would block, it asks for a human."""

    decision: Routed
    uncertain: bool
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """One row of the judge's log: no text, only the SHA-256 of what was sent.

    `outcome` is pass, review, or why there is no opinion: `cached:…` before it where nobody was asked anew,
    else `invalid`, `failed`, `resting`, `budget`, `busy`.
    """

    post: str
    model: str
    prompt: str
    outcome: str
    tokens: int
    milliseconds: int


def schema(clauses: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of an answer about these clauses."""
    ground = {
        "type": "object",
        "additionalProperties": False,
        "required": ["item", "score", "evidence", "rationale"],
        "properties": {
            "item": {"type": "string", "enum": list(clauses)},
            "score": {"type": "number", "minimum": 0, "maximum": 1},
            "evidence": {"type": "string"},
            "rationale": {"type": "string", "maxLength": RATIONALE},
        },
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["verdicts", "decision", "uncertain"],
        "properties": {
            "verdicts": {"type": "array", "items": ground},
            "decision": {"type": "string", "enum": ["pass", "review", "block"]},
            "uncertain": {"type": "boolean"},
        },
    }


def opinion(answer: str, clauses: Sequence[str], texts: Sequence[str]) -> Opinion | None:
    """The opinion in an answer; None where it is not of the schema.

    A ground whose evidence stands in none of `texts` is dropped: it was made up.
    """
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != {"verdicts", "decision", "uncertain"}:
        return None
    decision, uncertain, verdicts = found["decision"], found["uncertain"], found["verdicts"]
    if (
        decision not in ("pass", "review", "block")
        or not isinstance(uncertain, bool)
        or not isinstance(verdicts, list)
    ):
        return None
    grounds = [_ground(one, clauses) for one in verdicts[:20]]
    if None in grounds:
        return None
    seen = tuple(g for g in grounds if g and any(g.evidence in text for text in texts))
    if decision == "pass":
        return Opinion("pass", uncertain, seen)
    # Without a place in the text there is nothing to show to anybody.
    return Opinion("review", uncertain, seen) if seen else None


def _ground(found: object, clauses: Sequence[str]) -> Ground | None:
    if not isinstance(found, Mapping) or set(found) != {"item", "score", "evidence", "rationale"}:
        return None
    item, score, evidence, rationale = (found[k] for k in ("item", "score", "evidence", "rationale"))
    numeric = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
    if item not in clauses or not numeric or not isinstance(evidence, str) or not isinstance(rationale, str):
        return None
    return Ground(item, float(score), evidence, rationale[:RATIONALE]) if evidence.strip() else None
