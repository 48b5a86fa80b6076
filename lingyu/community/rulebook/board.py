"""The switch-board: what is in force, and how often each rule and term hits and is overturned.

Holds reads. Counted are the latest texts of the last 30 days in which something was found.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from lingyu.community.cases.models import Decision
from lingyu.community.pact.models import Screening

from .proportions import Share, wilson

DAYS, TEXTS = 30, 20_000


@dataclass(frozen=True)
class Finder:
    """One rule, term or model: `by` as findings name it, clauses, texts hit, the share that did not stand."""

    by: str
    clauses: str
    hits: int
    overturned: Share

    @property
    def sort(self) -> str:
        """`bank`, `rule`, `model`, …"""
        return self.by.partition(":")[0]


def finders(now: datetime, most: int = 200) -> list[Finder]:
    """Who found something, the most hits first; `overturned` is of decided cases, cleared or reversed."""
    recent = Screening.objects.filter(at__gte=now - timedelta(days=DAYS)).exclude(decision="pass")
    rows = recent.order_by("-at").values_list("id", "findings")[:TEXTS]
    hits, clauses = defaultdict(set), defaultdict(set)
    for id, findings in rows.iterator(2_000):
        for finding in findings:
            hits[finding["by"]].add(id)
            clauses[finding["by"]].add(finding["clause"])
    wrong = _decided(now)
    found = []
    for by, ids in hits.items():
        known = [wrong[id] for id in ids if id in wrong]
        found.append(Finder(by, ", ".join(sorted(clauses[by])), len(ids), wilson(sum(known), len(known))))
    return sorted(found, key=lambda f: (-f.hits, f.by))[:most]


def _decided(now: datetime) -> dict:
    """Of each screening whose case was decided, whether what was found did not stand."""
    rows = Decision.objects.filter(case__screening__isnull=False, at__gte=now - timedelta(days=DAYS))
    rows = rows.order_by("-at").values_list("case__screening", "outcome", "reversal__decision")[:TEXTS]
    return {id: outcome == Decision.Outcome.CLEAR or undone is not None for id, outcome, undone in rows}
