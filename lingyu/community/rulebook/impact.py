"""Whom and what a change concerns: new and lost hits by clause, and the people who wrote them.

Holds reads over the differences of the trials (not of the time in which it was live).
"""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lingyu.community.accounts.models import Member
from lingyu.community.pact.clauses import Clause, Pact

from .models import Difference, RuleChange

STRICT = (Difference.Kind.NEW, Difference.Kind.FIRMER)


@dataclass(frozen=True)
class Concerned:
    """One clause: how many texts are found newly, and not any more, and how many people wrote them."""

    code: str
    clause: Clause | None
    new: int
    lost: int
    people: int


def by_clause(change: RuleChange, pact: Pact) -> list[Concerned]:
    """Clause by clause, those with the most new hits first."""
    rows = Difference.objects.tried().filter(change=change).values("clause", "kind")
    counts: dict[str, list[int]] = {}
    for row in rows.annotate(n=Count("id")):
        side = 0 if row["kind"] in STRICT else 1
        counts.setdefault(row["clause"], [0, 0])[side] += row["n"]
    people = dict(
        Difference.objects.tried()
        .filter(change=change)
        .values_list("clause")
        .annotate(n=Count("screening__member", distinct=True))
    )
    found = [Concerned(c, pact.by_code.get(c), new, lost, people[c]) for c, (new, lost) in counts.items()]
    return sorted(found, key=lambda one: (-one.new, -one.lost, one.code))


def people(change: RuleChange) -> QuerySet[Member]:
    """Who wrote what is newly found (`strict` texts each), the most concerned first."""
    strict = Difference.objects.tried().stricter().filter(change=change)
    counted = Count("screenings__id", distinct=True)
    mine = Member.objects.filter(screenings__in=strict.values("screening"))
    return mine.annotate(strict=counted).order_by("-strict", "id")
