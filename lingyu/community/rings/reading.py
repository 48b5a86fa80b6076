"""A ring as its page shows it: the accounts with where they stand, and each edge with its reasons in words.

Holds reads and values.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.cases.models import Case
from lingyu.community.pact import standings
from lingyu.community.pact.ladder import Standing
from lingyu.community.pact.models import Screening

from .graph import REASONS
from .models import Ring

# Of one edge and code so many signs are told; edges and later cases on the page.
TOLD, EDGES, LATER = 3, 100, 50


@dataclass(frozen=True)
class Account:
    """A member of a ring, where they stand, and what is known of them here."""

    member: Member
    standing: Standing
    texts: int
    cases: int


@dataclass(frozen=True)
class Reason:
    """One reason in words; `weight` of 0…1 is what it says by itself."""

    code: str
    words: str
    weight: float


@dataclass(frozen=True)
class Edge:
    """Two accounts by their ids as text, how sure it is that they act together, and why."""

    one: str
    other: str
    score: float
    reasons: tuple[Reason, ...]


def accounts(ring: Ring, at: datetime) -> list[Account]:
    """The accounts of a ring in a handful of queries, the youngest first."""
    members = list(Member.objects.filter(rings__ring=ring).order_by("-joined_at", "id"))
    ids = [m.id for m in members]
    where = standings.standings(ids, at)
    texts = Counter(Screening.objects.filter(member__in=ids).values_list("member", flat=True))
    open_ones = Counter(Case.objects.open().filter(member__in=ids).values_list("member", flat=True))
    return [Account(m, where[m.id], texts[m.id], open_ones[m.id]) for m in members]


def edges(ring: Ring) -> list[Edge]:
    """The edges as they were found, the surest first."""
    found = [Edge(e["one"], e["other"], e["score"], tuple(reasons(e["signs"]))) for e in ring.edges]
    return sorted(found, key=lambda e: (-e.score, e.one, e.other))


def reasons(signs: list[dict]) -> list[Reason]:
    """Signs in words, the weightiest first; of one code a few, because a hundred like posts are one habit."""
    told, seen = [], Counter()
    for sign in sorted(signs, key=lambda s: (-_weight(s), s["code"])):
        if sign["code"] in REASONS and seen[sign["code"]] < TOLD:
            seen[sign["code"]] += 1
            _weight_of_it, words = REASONS[sign["code"]]
            told.append(Reason(sign["code"], _(words) % sign["values"], _weight(sign)))
    return told


def codes(ring: Ring) -> list[tuple[str, int]]:
    """Which kinds of reasons speak for a ring, and of how many edges, the most frequent first."""
    counted = Counter(code for edge in ring.edges for code in {s["code"] for s in edge["signs"]})
    return counted.most_common()


def begun(ring: Ring):
    """The cases that began when the ring was confirmed."""
    if ring.answer != Ring.Answer.CONFIRMED:
        return Case.objects.none()
    about = {"member__rings__ring": ring, "origin": Case.Origin.COORDINATION}
    rows = Case.objects.filter(opened_at=ring.answered_at, **about)
    return rows.select_related("member", "decision").order_by("member", "id")


def _weight(sign: dict) -> float:
    weight, _words = REASONS.get(sign["code"], (0.0, ""))
    return weight * sign["fullness"]


def later(ring: Ring):
    """Cases about its members that began after it was confirmed, whatever they are about."""
    if ring.answer != Ring.Answer.CONFIRMED:
        return Case.objects.none()
    rows = Case.objects.filter(opened_at__gt=ring.answered_at, member__rings__ring=ring)
    return rows.select_related("member", "decision").order_by("-opened_at", "id")[:LATER]
