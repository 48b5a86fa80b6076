"""How well reviewing is done, gathered from the rows: agreement, overturned decisions, golden answers.

Holds reads; `agreement` computes. Of a text that several looked at, everybody's answer counts once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from lingyu.community.accounts.models import Member

from ..models import Appeal, Double, Golden, GoldenAnswer, Ruling
from .agreement import Agreement, Interval, overall, per_clause, wilson

# Answers gone through, the latest first: bounded, and more than a year of a large site.
LOOKED_THROUGH = 20_000


@dataclass(frozen=True)
class Rated:
    """A share about a clause or a moderator, with its interval."""

    name: str
    share: Interval


@dataclass(frozen=True)
class Measures:
    """Everything on the page of quality; intervals are of 95 %."""

    whole: Interval
    clauses: list[Agreement]
    overturned_by_clause: list[Rated]
    overturned_by_moderator: list[Rated]
    golden_by_moderator: list[Rated]
    golden: int
    doubles: int


def measured(now: datetime, days: int) -> Measures:
    """The measures of the last `days` days."""
    since = now - timedelta(days=days)
    units = answers(since)
    return Measures(
        whole=overall(units),
        clauses=per_clause(units),
        overturned_by_clause=_overturned(since, "decision__lead", str),
        overturned_by_moderator=_overturned(since, "decision__by", _names),
        golden_by_moderator=_golden(since),
        golden=Golden.objects.filter(retired_at__isnull=True).count(),
        doubles=Double.objects.filter(at__gte=since).count(),
    )


def answers(since: datetime) -> list[list[str]]:
    """What different moderators said of one text: decision and blind look, or answers to a golden case."""
    again = defaultdict(list)
    looks = Double.objects.filter(at__gte=since).order_by("-at")
    looks = looks.values_list("case", "clause", "case__decision__lead")
    for case, said, decided in looks[:LOOKED_THROUGH]:
        again[case] = [*(again[case] or [decided]), said]
    golden = defaultdict(list)
    given = GoldenAnswer.objects.filter(at__gte=since).order_by("-at")
    for id, said in given.values_list("golden", "clause")[:LOOKED_THROUGH]:
        golden[id].append(said)
    return [*again.values(), *golden.values()]


def _overturned(since: datetime, by: str, named) -> list[Rated]:
    """Of the appeals that were ruled on, the share that was overturned, by something of the decision."""
    won = Count("id", filter=Q(ruling__outcome=Ruling.Outcome.OVERTURNED))
    ruled = Appeal.objects.filter(ruling__at__gte=since).exclude(decision__by=None)
    groups = ruled.order_by().values(group=F(by)).annotate(n=Count("id"), won=won)
    return _rated([(g["group"], g["won"], g["n"]) for g in groups if g["group"] != ""], named)


def _golden(since: datetime) -> list[Rated]:
    right = Count("id", filter=Q(clause=F("golden__clause")))
    groups = (
        GoldenAnswer.objects.filter(at__gte=since)
        .order_by()
        .values("by")
        .annotate(n=Count("id"), right=right)
    )
    return _rated([(g["by"], g["right"], g["n"]) for g in groups], _names)


def _rated(groups: Iterable[tuple], named) -> list[Rated]:
    groups = list(groups)
    names = named([g[0] for g in groups]) if named is not str else {g[0]: g[0] for g in groups}
    found = [Rated(names[key], wilson(hits, n)) for key, hits, n in groups]
    return sorted(found, key=lambda r: (-r.share.n, r.name))


def _names(ids: list) -> dict:
    return {id: member.display_name for id, member in Member.objects.in_bulk(ids).items()}
