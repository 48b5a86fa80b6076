"""What was decided in the month, by whom, how soon; and what of it has been corrected since."""

from functools import cache

from lingyu.community.cases.measuring.punctuality import kind_of
from lingyu.community.cases.models import Appeal, Decision, Reversal, Ruling
from lingyu.community.pact.models import Correction

from .frames import Counts, Frame, by, middle, share

DEADLINES = ("minors", "illegal", "others")


def counts(frame: Frame) -> Counts:
    """Decisions, times and reversals of the month."""
    made = Decision.objects.filter(**frame.within("at"))
    violations = made.filter(outcome=Decision.Outcome.VIOLATION)
    yield "decisions", made.count()
    yield "decisions_clear", made.filter(outcome=Decision.Outcome.CLEAR).count()
    yield "violations", violations.count()
    yield from by("violations/clause", violations, "lead")
    yield from by("decisions/kind", made, "case__kind")
    yield from by("violations/kind", violations, "case__kind")
    yield from by("decisions/origin", made, "case__origin")
    yield from by("violations/origin", violations, "case__origin")
    machine = violations.filter(detected_by_machine=True).count()
    yield "violations/found/machine", machine
    yield "violations/found/person", violations.count() - machine
    house = made.filter(by=None).count()
    yield "decisions/decider/house", house
    yield "decisions/decider/person", made.count() - house
    yield from by("decisions/restriction", made, "restriction")
    yield from _times(made)
    yield from _corrected(frame, violations)
    yield from _reversed(frame)


def _times(made) -> Counts:
    """How long it took, and the share in time, by what had been promised."""
    promise = cache(kind_of)
    lasted, in_time = {kind: [] for kind in DEADLINES}, dict.fromkeys(DEADLINES, 0)
    rows = made.values_list(
        "at", "case__opened_at", "case__due_at", "case__minors", "case__suspected", "pact"
    )
    for at, opened_at, due_at, *about in rows.iterator(chunk_size=2_000):
        kind = promise(*about)
        lasted[kind].append(at - opened_at)
        in_time[kind] += at <= due_at
    yield from middle("time", [one for kind in DEADLINES for one in lasted[kind]])
    for kind in DEADLINES:
        yield f"timed/deadline/{kind}", len(lasted[kind])
        yield from middle(f"time/deadline/{kind}", lasted[kind])
        yield from share(f"in_time/deadline/{kind}", in_time[kind], len(lasted[kind]))


def _corrected(frame: Frame, violations) -> Counts:
    """What became of this month's decisions later on: grows as corrections come."""
    later = Reversal.objects.filter(at__lt=frame.known, **frame.within("decision__at"))
    gone = later.filter(decision__outcome=Decision.Outcome.VIOLATION).count()
    milder = Correction.objects.filter(
        at__lt=frame.known, severity__isnull=False, **frame.within("finding__told_at")
    )
    yield "reversed_since", later.count()
    yield "violations_standing", violations.count() - gone
    yield "milder_since", milder.order_by().values("finding").distinct().count()


def _reversed(frame: Frame) -> Counts:
    """What was reversed in this month, whenever it had been decided."""
    undone = Reversal.objects.filter(**frame.within("at"))
    won = Ruling.objects.filter(outcome=Ruling.Outcome.OVERTURNED, at__lt=frame.end)
    by_appeal = undone.filter(
        decision__in=Appeal.objects.filter(ruling__in=won).order_by().values("decision")
    ).count()
    yield "reversals", undone.count()
    yield "reversals/way/appeal", by_appeal
    yield "reversals/way/own", undone.count() - by_appeal
