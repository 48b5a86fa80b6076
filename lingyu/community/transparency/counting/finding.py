"""How breaches are found: what was screened, reported, and opened as a case."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lingyu.community.cases.models import Case, Decision, Report, Reversal
from lingyu.community.pact.models import Screening

from .frames import Counts, Frame, by, share

VIOLATION, CLEAR = Decision.Outcome.VIOLATION, Decision.Outcome.CLEAR


def counts(frame: Frame) -> Counts:
    """Screenings, reports and cases of the month."""
    yield from _screened(frame)
    yield from _reported(frame)
    yield from _opened(frame)


def _screened(frame: Frame) -> Counts:
    seen = Screening.objects.filter(**frame.within("at"))
    blocked = seen.filter(decision="block")
    yield "screened", seen.count()
    yield from by("screened/kind", seen, "kind")
    yield "screened_passed", seen.filter(decision="pass").count()
    yield "screened_review", seen.filter(decision="review").count()
    yield "screened_blocked", blocked.count()
    yield from by("screened_blocked/clause", blocked, "lead")
    yield "contested", seen.filter(contested=True).count()


def _reported(frame: Frame) -> Counts:
    made = Report.objects.filter(**frame.within("at"))
    yield "reports", made.count()
    yield from by("reports/clause", made, "clause")
    settled = Report.objects.filter(**frame.within("case__decision__at"))
    upheld = _upheld(settled, frame).count()
    yield "reports_settled", settled.count()
    yield "reports_upheld", upheld
    yield from share("report_accuracy", upheld, settled.count())


def _upheld(settled: QuerySet, frame: Frame) -> QuerySet:
    """Those of what breaks the pact as far as was known: by the decision, its reversal, and the next one.

    Not by the outcome kept with a report, which is today's. What a reporter's appeal brought back before
    reviewers is upheld until somebody finds once more that it breaks nothing.
    """
    if frame.method == 1:
        return settled.filter(case__decision__outcome=VIOLATION)
    undone = Reversal.objects.filter(decision=OuterRef("case__decision"), at__lt=frame.known)
    anew = Decision.objects.filter(
        case__subject=OuterRef("case__subject"),
        at__gt=OuterRef("case__decision__reversal__at"),
        at__lt=frame.known,
    )
    again = Subquery(anew.order_by("at").values("outcome")[:1])
    known = settled.annotate(undone=Exists(undone), again=again)
    won = Q(case__decision__outcome=CLEAR, undone=True) & (Q(again__isnull=True) | Q(again=VIOLATION))
    return known.filter(Q(case__decision__outcome=VIOLATION, undone=False) | won)


def _opened(frame: Frame) -> Counts:
    opened = Case.objects.filter(**frame.within("opened_at"))
    begun = Case.objects.filter(opened_at__lt=frame.end)
    yield "cases", opened.count()
    yield from by("cases/origin", opened, "origin")
    yield from by("cases/kind", opened, "kind")
    yield "cases_waiting", begun.exclude(decision__at__lt=frame.end).count()
