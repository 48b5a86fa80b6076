"""Beginning cases: by the screening, by reports, by a moderator who looks."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import versions
from lingyu.community.pact.clauses import Clause
from lingyu.store.outbox import record

from .. import surfaces
from ..events import CaseOpened
from ..models import Case, Report
from ..weighing.credibility import CREDIBLE, Voices, voices
from ..weighing.deadlines import due
from ..weighing.priorities import CONFIDENCE, priority
from ..weighing.reach import readers_of

# Where the pact has reports that their writer knows to be untrue.
BAD_FAITH = "9.4"


@transaction.atomic
def open_case(
    *,
    actor: Member | None,
    subject: str,
    origin: str,
    clause: str = "",
    confidence: float = 0.0,
    screening: UUID | None = None,
    shown: surfaces.Shown | None = None,
    at: datetime | None = None,
) -> Case:
    """The open case about `subject`, begun if there is none.

    `shown` is what to look at where the room does not have it yet (a text that is held back).
    ValidationError when there is nothing to look at.
    """
    at = at or timezone.now()
    if standing := Case.objects.open().about(subject).first():
        vouched = origin != Case.Origin.REPORT
        return raise_weight(standing, clause=clause, confidence=confidence, vouched=vouched, at=at)
    shown = shown or surfaces.find(subject)
    if shown is None:
        raise ValidationError(_("There is nothing here to look at any more."))
    suspected = versions.in_force(min(shown.acted_at, at)).by_code.get(clause)
    case = Case(
        subject=subject,
        kind=subject.partition(":")[0],
        member=shown.member,
        origin=origin,
        screening=screening,
        title=shown.title,
        text=shown.text,
        acted_at=min(shown.acted_at, at),
        opened_at=at,
        due_at=due(suspected, at),
        suspected=suspected.code if suspected else "",
        minors=bool(suspected and suspected.minors) and origin != Case.Origin.REPORT,
    )
    _weigh(case, suspected, confidence, Voices(0, 0.0, 0.0))
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:
        # Another began it at the same moment.
        return Case.objects.open().about(subject).get()
    about = {"case": case.id, "subject": subject, "kind": case.kind, "origin": origin}
    who = actor.key if actor else None
    record(CaseOpened(occurred_at=at, person=shown.member.key, actor=who, clause=clause or None, **about))
    return case


def look_at(*, actor: Member, subject: str, at: datetime | None = None) -> Case:
    """A moderator looks at a subject by themselves: its open case, begun if there is none."""
    return open_case(actor=actor, subject=subject, origin=Case.Origin.MODERATOR, at=at)


def look_at_report(*, actor: Member, report: Report, at: datetime | None = None) -> Case:
    """A moderator takes a report for one made in bad faith: a case about whoever gave it."""
    return open_case(
        actor=actor, subject=f"report:{report.id}", origin=Case.Origin.MODERATOR, clause=BAD_FAITH, at=at
    )


@transaction.atomic
def raise_weight(
    case: Case, *, clause: str = "", confidence: float = 0.0, vouched: bool = False, at: datetime
) -> Case:
    """Bring the priority of an open case up to date: only what is graver or surer than before counts.

    Harm to a minor goes before everything else when it is `vouched` for (by the screening, a moderator)
    or credible members say so. What only new accounts say is due as soon, and weighs as far as it is
    believed.
    """
    case = Case.objects.select_for_update().get(id=case.id)
    if case.closed_at:
        return case
    pact = versions.in_force(case.acted_at)
    now, before = pact.by_code.get(clause), pact.by_code.get(case.suspected)
    graver = now is not None and (
        before is None or (now.minors, now.severity) > (before.minors, before.severity)
    )
    suspected = now if graver else before
    if suspected is not None:
        case.suspected = suspected.code
        case.due_at = min(case.due_at, due(suspected, at))
    if now is not None and now.minors:
        grave = [code for code, found in pact.by_code.items() if found.minors]
        case.minors = case.minors or vouched or voices(case, grave).known >= CREDIBLE
    _weigh(case, suspected, confidence, voices(case))
    case.save(update_fields=["suspected", "minors", "due_at", "weight", "why"])
    return case


@transaction.atomic
def hide_first(*, actor: Member | None, case: Case, at: datetime | None = None) -> bool:
    """Take a subject out of sight before it is decided; False when it is out of sight already.

    It punishes nobody: a decision that finds nothing brings the subject back.
    """
    at = at or timezone.now()
    shown = surfaces.find(case.subject)
    if shown is None or not shown.visible:
        return False
    if not Case.objects.open().filter(id=case.id, hidden_at__isnull=True).update(hidden_at=at):
        return False
    case.hidden_at = at
    words = _("Out of sight until a moderator has looked at it.")
    return surfaces.hide(actor, case.subject, case.suspected, words, at)


def _weigh(case: Case, clause: Clause | None, confidence: float, said: Voices) -> None:
    before = dict(case.why)
    # What the screening was sure of once, a report does not make less sure.
    confidence = max(confidence, said.sure, before.get("confidence", 0) / CONFIDENCE)
    only_new = case.origin == Case.Origin.REPORT and said.number and not said.known and not case.minors
    found = priority(
        clause=clause,
        readers=readers_of(case.subject),
        confidence=confidence,
        reports=said.number,
        minors=case.minors,
        believed=confidence if only_new else 1.0,
    )
    case.weight, case.why = found.weight, [list(part) for part in found.why]
