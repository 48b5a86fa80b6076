"""Whether the house keeps the times it promises: shares in time by what a case is about, and the breaches.

Holds reads over decisions and appeals. What is late and still open counts as a breach from the moment it
is due.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case as Choose
from django.db.models import Count, F, Value, When

from lingyu.community.pact import versions

from ..models import Appeal, Case, Decision
from ..weighing import deadlines
from .agreement import Interval, wilson

KINDS = ("minors", "illegal", "others", "appeals")
PROMISED = dict(
    zip(KINDS, (deadlines.MINORS, deadlines.ILLEGAL, deadlines.OTHERS, deadlines.APPEALS), strict=True)
)
BREACHES = 100


@dataclass(frozen=True)
class Kept:
    """Of one kind: the promise, how many were done or due in the time looked at, and how many in time."""

    kind: str
    promised: timedelta
    share: Interval
    in_time: int

    @property
    def late(self) -> int:
        """How many were not in time."""
        return self.share.n - self.in_time


def kept(now: datetime, days: int) -> list[Kept]:
    """How the promises were kept in the last `days` days, one line a kind."""
    since = now - timedelta(days=days)
    tally = {kind: [0, 0] for kind in KINDS}
    for kind, late, number in [*_decided(since), *_open(since, now), *_appeals(since, now)]:
        tally[kind][0] += 0 if late else number
        tally[kind][1] += number
    return [Kept(kind, PROMISED[kind], wilson(*tally[kind]), tally[kind][0]) for kind in KINDS]


def late_cases(now: datetime, days: int):
    """Cases decided late in the last `days` days, or still open and due; the latest first."""
    since = now - timedelta(days=days)
    known = Case.objects.select_related("decision__by")
    ended = known.filter(decision__at__gte=since, decision__at__gt=F("due_at")).order_by("-decision__at")
    waiting = known.open().filter(due_at__lte=now).order_by("due_at")
    return [*waiting[:BREACHES], *ended[:BREACHES]][:BREACHES]


def late_appeals(now: datetime, days: int):
    """Appeals ruled on late in the last `days` days, or still waiting and due."""
    since = now - timedelta(days=days)
    known = Appeal.objects.select_related("decision__case", "ruling__by")
    ended = known.filter(ruling__at__gte=since, ruling__at__gt=F("due_at")).order_by("-ruling__at")
    return [*known.late(now)[:BREACHES], *ended[:BREACHES]][:BREACHES]


def kind_of(minors: bool, suspected: str, pact: int) -> str:
    """To which promise a case belongs, by the pact of the act."""
    if minors:
        return "minors"
    clause = versions.numbered(pact).by_code.get(suspected)
    return "illegal" if clause is not None and clause.illegal else "others"


def _decided(since: datetime):
    made = Decision.objects.filter(at__gte=since).annotate(
        late=Choose(When(at__gt=F("case__due_at"), then=Value(True)), default=Value(False))
    )
    groups = made.order_by().values("case__minors", "case__suspected", "pact", "late").annotate(n=Count("id"))
    for g in groups:
        yield kind_of(g["case__minors"], g["case__suspected"], g["pact"]), g["late"], g["n"]


def _open(since: datetime, now: datetime):
    due = Case.objects.open().filter(due_at__lte=now, due_at__gte=since)
    for case in due.values("minors", "suspected", "acted_at").iterator():
        yield kind_of(case["minors"], case["suspected"], versions.number_at(case["acted_at"])), True, 1


def _appeals(since: datetime, now: datetime):
    ruled = Appeal.objects.filter(ruling__at__gte=since)
    late = ruled.filter(ruling__at__gt=F("due_at")).count()
    yield "appeals", False, ruled.count() - late
    yield "appeals", True, late + Appeal.objects.late(now).filter(due_at__gte=since).count()
