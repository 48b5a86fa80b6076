"""From signs between two accounts to clusters: edges with their reasons, and who hangs together by them.

Holds no Django. An edge's score is 1 - Π (1 - weight) over its reasons, so several weak signs make a strong
one, and each can be read. Two accounts make no ring: a cluster has at least three that differ.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lingyu.kernel.text import N_

# Codes of reasons, their weight for a full sign, and their words; values fill the words.
REASONS = {
    "text": (0.55, N_("They posted nearly the same text (%(percent)s alike): “%(evidence)s”")),
    "domain": (0.45, N_("Both link to %(value)s, which hardly anybody else does.")),
    "contact": (0.7, N_("Both name the same contact: %(value)s.")),
    "browser": (0.8, N_("Both were used in one browser.")),
    "device": (0.35, N_("Both came from the same connection and kind of browser.")),
    "mailbox": (0.8, N_("Both have the same mailbox.")),
    "burst": (0.15, N_("They posted it within %(minutes)s minutes of one another.")),
    "young": (0.1, N_("Both accounts are younger than a week.")),
    "cycle": (0.6, N_("Feathers go round between them: %(way)s.")),
    "invited": (0.2, N_("One invited the other.")),
}
# From which score an edge binds, and how many accounts make a cluster.
BINDS, FEWEST = 0.6, 3


@dataclass(frozen=True)
class Sign:
    """One reason: its code, how full the sign is in 0…1, and the values of its words."""

    code: str
    fullness: float = 1.0
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def weight(self) -> float:
        """How much it says by itself."""
        return REASONS[self.code][0] * self.fullness


@dataclass
class Edge:
    """What speaks for two accounts acting together."""

    one: str
    other: str
    signs: list[Sign] = field(default_factory=list)

    @property
    def score(self) -> float:
        """1 - Π (1 - weight), of each code its strongest sign only: a hundred like posts are one habit."""
        strongest: dict[str, float] = {}
        for sign in self.signs:
            strongest[sign.code] = max(strongest.get(sign.code, 0.0), sign.weight)
        innocent = 1.0
        for weight in strongest.values():
            innocent *= 1 - weight
        return 1 - innocent


@dataclass(frozen=True)
class Cluster:
    """Accounts that hang together, and the edges that bind them; `score` is the mean of those."""

    members: tuple[str, ...]
    edges: tuple[Edge, ...]

    @property
    def score(self) -> float:
        """How sure it is, in 0…1."""
        return sum(edge.score for edge in self.edges) / len(self.edges)


class Graph:
    """Edges as they are found."""

    def __init__(self):
        self.edges: dict[tuple[str, str], Edge] = {}

    def add(self, one: str, other: str, sign: Sign) -> None:
        """Note a sign between two accounts; an account has none with itself."""
        if one == other:
            return
        key = (min(one, other), max(one, other))
        self.edges.setdefault(key, Edge(*key)).signs.append(sign)

    def clusters(self, binds: float = BINDS, fewest: int = FEWEST) -> list[Cluster]:
        """Who hangs together by edges that bind; the surest first, members in their order."""
        binding = [edge for edge in self.edges.values() if edge.score >= binds]
        parents = _united((edge.one, edge.other) for edge in binding)
        together = defaultdict(list)
        for edge in binding:
            together[_root(parents, edge.one)].append(edge)
        found = []
        for edges in together.values():
            members = sorted({m for edge in edges for m in (edge.one, edge.other)})
            if len(members) >= fewest:
                found.append(Cluster(tuple(members), tuple(sorted(edges, key=lambda e: (e.one, e.other)))))
        return sorted(found, key=lambda c: (-c.score, c.members))


def _united(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    parents: dict[str, str] = {}
    for one, other in pairs:
        parents.setdefault(one, one)
        parents.setdefault(other, other)
        parents[_root(parents, one)] = _root(parents, other)
    return parents


def _root(parents: dict[str, str], member: str) -> str:
    while parents[member] != member:
        parents[member] = parents[parents[member]]
        member = parents[member]
    return member
