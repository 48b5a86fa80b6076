"""Appeals: taken from those concerned, ended by somebody else, relieved when the house is late."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.pact.models import Finding
from lingyu.kernel.text import legible
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import AppealRuled, DecisionAppealed
from ..models import Appeal, Case, Decision, Report, Ruling
from ..weighing import deadlines
from .opening import look_at
from .reversing import reverse

LEAST_WORDS = 5


@repeatable
def appeal(*, actor: Member, decision: Decision, words: str, at: datetime | None = None) -> Appeal:
    """Ask that somebody else decides again; the same person's second appeal of it is the first.

    Open to the author of what was found to break the pact, and to reporters of what was not.
    """
    at = at or timezone.now()
    if known := Appeal.objects.filter(decision=decision, by=actor).first():
        return known
    side = side_of(actor, decision)
    words = legible(words).strip()[:2_000]
    if len(words) < LEAST_WORDS:
        raise ValidationError(_("Say in your own words why the decision is wrong."))
    if at - decision.at > deadlines.APPEAL_WITHIN:
        raise ValidationError(
            _("An appeal is possible within %(days)d days."), params={"days": deadlines.APPEAL_WITHIN.days}
        )
    if hasattr(decision, "reversal"):
        raise ValidationError(_("This decision has been reversed already."))
    kept = Appeal(decision=decision, by=actor, side=side, words=words, at=at, due_at=at + deadlines.APPEALS)
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError:
        return Appeal.objects.get(decision=decision, by=actor)
    about = {"appeal": kept.id, "decision": decision.id, "side": side, "clause": decision.lead or None}
    record(DecisionAppealed(occurred_at=at, person=actor.key, actor=actor.key, **about))
    return kept


def side_of(actor: Member, decision: Decision) -> str:
    """As what `actor` may appeal; ValidationError for whom it does not concern."""
    if decision.outcome == Decision.Outcome.VIOLATION and decision.case.member_id == actor.id:
        return Appeal.Side.AUTHOR
    reported = Report.objects.filter(case=decision.case_id, reporter=actor).exists()
    if decision.outcome == Decision.Outcome.CLEAR and reported:
        return Appeal.Side.REPORTER
    raise ValidationError(_("Only those whom a decision goes against can appeal."))


@repeatable
def rule(
    *,
    actor: Member,
    appeal: Appeal,
    outcome: str,
    words: str,
    severity: int | None = None,
    at: datetime | None = None,
) -> Ruling:
    """End an appeal with reasons: uphold the decision, reduce its severity, or overturn it.

    Refused for whoever decided, and for those concerned. Overturned for a reporter, the case begins anew,
    and `actor` decides it as any other.
    """
    at = at or timezone.now()
    decision = Decision.objects.select_related("case").get(id=appeal.decision_id)
    Case.objects.select_for_update().get(id=decision.case_id)
    _may_rule(actor, appeal, decision)
    words = legible(words).strip()[:2_000]
    if not words:
        raise ValidationError(_("Write the reasons: whoever appealed will read them."))
    reduced = outcome == Ruling.Outcome.REDUCED
    if reduced and (severity is None or appeal.side != Appeal.Side.AUTHOR):
        raise ValidationError(_("Say to which severity the decision is reduced."))
    kept = Ruling.objects.create(
        appeal=appeal, outcome=outcome, severity=severity if reduced else None, words=words, by=actor, at=at
    )
    _carry_out(actor, kept, decision, at)
    hours = round((at - appeal.at).total_seconds() / 3600, 3)
    fact = AppealRuled(
        occurred_at=at,
        person=str(appeal.by_id),
        actor=actor.key,
        appeal=appeal.id,
        decision=decision.id,
        outcome=str(outcome),
        side=appeal.side,
        hours=hours,
        in_time=at <= appeal.due_at,
        clause=decision.lead or None,
    )
    record(fact)
    return kept


def relieve_late(*, actor: Member | None, at: datetime | None = None) -> int:
    """Let penalties rest whose appeals are late; not those for what is unlawful or harms minors."""
    at = at or timezone.now()
    done = 0
    late = Appeal.objects.late(at).filter(side=Appeal.Side.AUTHOR).values_list("decision", flat=True)
    resting = Finding.objects.filter(reliefs__until__isnull=True, reliefs__isnull=False).values("id")
    for finding in Finding.objects.filter(decision__in=list(late), illegal=False).exclude(id__in=resting):
        if not versions.numbered(finding.pact).clause(finding.clause).minors:
            done += pact.relieve(actor=actor, finding=finding, at=at)
    return done


def _may_rule(actor: Member, appeal: Appeal, decision: Decision) -> None:
    if Ruling.objects.filter(appeal=appeal).exists():
        raise ValidationError(_("This appeal has been ruled on meanwhile."))
    if decision.by_id == actor.id:
        raise ValidationError(_("You decided this case: somebody else rules on the appeal."))
    if actor.id in (appeal.by_id, decision.case.member_id):
        raise ValidationError(_("This appeal concerns you. Somebody else rules on it."))


def _carry_out(actor: Member, ruling: Ruling, decision: Decision, at: datetime) -> None:
    finding = Finding.objects.filter(decision=decision.id).first()
    if ruling.outcome == Ruling.Outcome.OVERTURNED:
        reverse(actor=actor, decision=decision, words=ruling.words, at=at)
        if decision.outcome == Decision.Outcome.CLEAR:
            look_at(actor=actor, subject=decision.case.subject, at=at)
    elif ruling.outcome == Ruling.Outcome.REDUCED and finding is not None:
        pact.correct(actor=actor, finding=finding, severity=ruling.severity, words=ruling.words, at=at)
    elif finding is not None:
        pact.end_relief(actor=actor, finding=finding, at=at)
