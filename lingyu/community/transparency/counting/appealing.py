"""Appeals of the month, and how often the house turned out to be wrong."""

from lingyu.community.cases.models import Appeal, Ruling

from .frames import Counts, Frame, by, middle, share


def counts(frame: Frame) -> Counts:
    """Appeals made and ruled on, with the times and the share that was overturned."""
    made = Appeal.objects.filter(**frame.within("at"))
    ruled = Ruling.objects.filter(**frame.within("at"))
    yield "appeals", made.count()
    yield from by("appeals/side", made, "side")
    yield from by("appeals/clause", made, "decision__lead")
    number, overturned = ruled.count(), ruled.filter(outcome=Ruling.Outcome.OVERTURNED).count()
    yield "rulings", number
    for outcome in Ruling.Outcome.values:
        yield f"rulings/outcome/{outcome}", ruled.filter(outcome=outcome).count()
    yield from share("overturn_rate", overturned, number)
    times = list(ruled.values_list("appeal__at", "appeal__due_at", "at"))
    yield from middle("appeal_time", [at - since for since, _due, at in times])
    yield from share("appeals_in_time", sum(at <= due for _since, due, at in times), number)
    begun = Appeal.objects.filter(at__lt=frame.end)
    yield "appeals_waiting", begun.exclude(ruling__at__lt=frame.end).count()
