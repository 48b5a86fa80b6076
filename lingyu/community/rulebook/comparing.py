"""Two verdicts on one text, with and without a change: what is new, what is lost, by clause.

Pure; holds no rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lingyu.community.pact.screening import Verdict

RANK = {"pass": 0, "review": 1, "block": 2}
MOST_SPANS = 20


@dataclass(frozen=True)
class Found:
    """That the change says something else under one clause; fields as those of a `Difference`."""

    clause: str
    kind: str
    stratum: str
    spans: tuple[tuple[str, int, int, str], ...]


def compared(before: Verdict, after: Verdict) -> list[Found]:
    """What differs, in the order of the codes; nothing where both say the same.

    A clause that only one of them found is new or lost. Where the clauses are the same and the decision is
    not, the lead ground is decided more strictly or more mildly.
    """
    then, now = _clauses(before), _clauses(after)
    found = [_found(code, "new", after) for code in sorted(now - then)]
    found += [_found(code, "lost", before) for code in sorted(then - now)]
    if not found and (turn := RANK[after.decision] - RANK[before.decision]):
        side = after if turn > 0 else before
        found = [_found(side.lead, "firmer" if turn > 0 else "milder", side)] if side.lead else []
    return found


def _clauses(verdict: Verdict) -> set[str]:
    return {finding.clause for finding in verdict.findings}


def _found(code: str, kind: str, side: Verdict) -> Found:
    blocks = side.decision == "block" and side.lead == code
    stratum = "lost" if kind in ("lost", "milder") else "block" if blocks else "review"
    return Found(code, kind, stratum, tuple(_spans(side, code)))


def _spans(verdict: Verdict, code: str) -> Iterable[tuple[str, int, int, str]]:
    places = [(f.field, *f.span, f.by) for f in verdict.findings if f.clause == code]
    return sorted(places, key=lambda p: (p[0] != "title", p[1], p[2]))[:MOST_SPANS]
