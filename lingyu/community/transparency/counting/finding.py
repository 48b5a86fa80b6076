"""How breaches are found: what was screened, reported, and opened as a case."""

from lingyu.community.cases.models import Case, Decision, Report
from lingyu.community.pact.models import Screening

from .frames import Counts, Frame, by, share


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
    # By the decision itself: the outcome kept with a report follows later reversals.
    settled = Report.objects.filter(**frame.within("case__decision__at"))
    upheld = settled.filter(case__decision__outcome=Decision.Outcome.VIOLATION).count()
    yield "reports_settled", settled.count()
    yield "reports_upheld", upheld
    yield from share("report_accuracy", upheld, settled.count())


def _opened(frame: Frame) -> Counts:
    opened = Case.objects.filter(**frame.within("opened_at"))
    begun = Case.objects.filter(opened_at__lt=frame.end)
    yield "cases", opened.count()
    yield from by("cases/origin", opened, "origin")
    yield from by("cases/kind", opened, "kind")
    yield "cases_waiting", begun.exclude(decision__at__lt=frame.end).count()
