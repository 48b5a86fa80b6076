"""Reports by members: many reports, one case."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import versions
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .. import surfaces
from ..events import SubjectReported
from ..models import Case, Report
from ..weighing.credibility import CREDIBLE, Credibility, credibility, established
from .opening import hide_first, open_case, raise_weight

# Of one member: more than a person would read, far less than a flood.
PER_DAY, PER_HOUR = 30, 10


@transaction.atomic
def report(
    *, actor: Member, subject: str, clause: str, words: str = "", at: datetime | None = None
) -> Report:
    """Say that a subject breaks a clause; the same member's second report of it changes nothing.

    Refused: one's own, what is not there, unknown clauses, and more than `PER_HOUR` or `PER_DAY`.
    """
    at = at or timezone.now()
    shown = surfaces.find(subject)
    if shown is None or subject.startswith("report:"):
        raise ValidationError(_("There is nothing here to report any more."))
    if shown.member.id == actor.id:
        raise ValidationError(_("This is your own. You can change or delete it instead."))
    if clause not in versions.in_force(at).by_code:
        raise ValidationError(_("Choose what it breaks: it helps whoever looks at it."))
    standing = Case.objects.open().about(subject).first()
    if standing and (again := Report.objects.filter(case=standing, reporter=actor).first()):
        return again
    _not_too_many(actor, at)
    case = standing or open_case(
        actor=actor, subject=subject, origin=Case.Origin.REPORT, clause=clause, at=at
    )
    weight = credibility(actor.id, clause)
    kept, new = Report.objects.get_or_create(
        case=case,
        reporter=actor,
        defaults={
            "clause": clause,
            "words": legible(words).strip()[:500],
            "credibility": weight.mean,
            "at": at,
        },
    )
    if not new:
        return kept
    raise_weight(case, clause=clause, at=at)
    about = {"case": case.id, "subject": subject, "clause": clause}
    record(SubjectReported(occurred_at=at, person=actor.key, actor=actor.key, **about))
    if versions.in_force(at).clause(clause).minors and _may_hide(actor, weight, at):
        hide_first(actor=None, case=case, at=at)
    return kept


def _may_hide(actor: Member, weight: Credibility, at: datetime) -> bool:
    """Whether one report of harm to a minor takes its subject out of sight before anybody has looked.

    Whoever makes accounts to silence others gets a fast look by a person, and nothing else. Nor does an
    old account hide all that another has written: one subject waits hidden by it, and one more for each
    report of that category which was upheld.
    """
    hidden = Report.objects.waiting().filter(reporter=actor, case__hidden_at__isnull=False).count()
    return weight.mean >= CREDIBLE and established(actor.joined_at, at) and hidden <= weight.upheld


def _not_too_many(actor: Member, at: datetime) -> None:
    lately = Report.objects.filter(reporter=actor, at__gt=at - timedelta(days=1))
    hour = sum(moment > at - timedelta(hours=1) for moment in lately.values_list("at", flat=True))
    if hour >= PER_HOUR or lately.count() >= PER_DAY:
        raise ValidationError(
            _("You have reported a lot lately; all of it is being looked at. Go on later, please.")
        )
