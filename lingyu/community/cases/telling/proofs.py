"""The proof that a reversal is complete: every consequence of a decision, before and now, read anew.

Holds reads. Nothing is remembered: each line asks what is there at this moment, so that the proof fails
when something was forgotten or has been changed since.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lingyu.community.feathers.actions import MUTED
from lingyu.community.feathers.models import Receipt
from lingyu.community.pact import ladder, standings
from lingyu.community.pact.models import Finding

from .. import surfaces
from ..models import Decision, Report

# Of one member's refusals so many are looked up one by one.
REFUSALS = 200


@dataclass(frozen=True)
class Line:
    """One consequence: what it is, what the decision made of it, what it is now, whether that holds."""

    code: str
    what: str
    before: str
    now: str
    holds: bool


def proof_of(decision: Decision, at: datetime | None = None) -> list[Line]:
    """Every consequence of a reversed decision as it is now; nothing for one that stands."""
    if not hasattr(decision, "reversal"):
        return []
    at = at or timezone.now()
    lines = [_reports(decision)]
    if decision.outcome == Decision.Outcome.VIOLATION:
        lines = [
            _visibility(decision),
            *_finding(decision, at),
            *_feathers(decision),
            *_frozen(decision),
            *lines,
        ]
    return [line for line in lines if line is not None]


def _visibility(decision: Decision) -> Line:
    """Seen again, unless its author has taken it away or a later decision did."""
    subject = decision.case.subject
    shown = surfaces.find(subject)
    later = Decision.objects.filter(
        case__subject=subject, outcome=Decision.Outcome.VIOLATION, at__gt=decision.at, reversal__isnull=True
    )
    if shown is None:
        now, holds = _("no longer there: its author has taken it away"), True
    elif shown.visible:
        now, holds = _("open to everybody"), True
    elif later.exists():
        now, holds = _("out of sight by a later decision"), True
    else:
        now, holds = _("out of sight"), False
    return Line("visibility", _("Visibility"), _("out of sight"), now, holds)


def _finding(decision: Decision, at: datetime):
    row = Finding.objects.filter(decision=decision.id).whole().first()
    if row is None:
        return
    gone = standings.as_value(row) is None
    now = _("overturned: it counts for nothing") if gone else _("still counts")
    yield Line("finding", _("Finding"), _("counted"), now, gone)
    others = [f for f in standings.findings_of(row.member_id) if f.id != str(row.id)]
    without = ladder.standing(standings.CURRENT, others, at)
    is_now = ladder.standing(standings.CURRENT, standings.findings_of(row.member_id), at)
    was = ladder.standing(standings.CURRENT, [*others, _as_found(row)], decision.at)
    language = get_language() or "en"
    said = is_now.rung.label(language)
    if is_now == without:
        said = _("%(rung)s, as it is without this finding") % {"rung": said}
    yield Line("rung", _("Standing"), was.rung.label(language), said, is_now == without)


def _as_found(row: Finding) -> ladder.Finding:
    """The finding as it was confirmed, before any correction."""
    return ladder.Finding(
        id=str(row.id),
        clause=row.clause,
        severity=row.severity,
        acted_at=row.acted_at,
        told_at=row.told_at,
        illegal=row.illegal,
        aggravators=frozenset(row.aggravators),
        seconded=hasattr(row, "second"),
    )


def _feathers(decision: Decision):
    """What the comment had earned is there again: the last that happened to its reward is no taking away."""
    case = decision.case
    if case.kind != "comment":
        return
    rewards = Receipt.objects.filter(member=case.member_id, occurrence=case.subject).order_by("at", "id")
    outcomes = list(rewards.exclude(outcome="again").values_list("outcome", "amount"))
    taken = [amount for outcome, amount in outcomes if outcome in ("clawed_back", "declined")]
    if not taken:
        return
    last, amount = outcomes[-1]
    holds = last in ("restored", "approved", "granted", "capped")
    words = {
        "restored": _("given back: %(amount)d"),
        "capped": _("the day's limit was used up meanwhile: %(amount)d"),
    }.get(last, _("in order: %(amount)d") if holds else _("still taken away"))
    before = _("taken away: %(amount)d") % {"amount": taken[-1]}
    yield Line("feathers", _("Feathers of the comment"), before, words % {"amount": amount}, holds)


def _frozen(decision: Decision):
    """What was not earned while muted by this decision alone has been judged again, as of then."""
    member = decision.case.member
    refused = Receipt.objects.filter(
        member=member, outcome="refused", reason=MUTED, at__gte=decision.at, at__lte=decision.reversal.at
    )
    moments = dict(refused.order_by("at", "id").values_list("key", "at")[:REFUSALS])
    keys = {key for key, moment in moments.items() if standings.standing_of(member, moment).speaks}
    if not keys:
        return
    again = set(Receipt.objects.filter(key__in=keys).exclude(reason=MUTED).values_list("key", flat=True))
    before = ngettext("%(num)d refused", "%(num)d refused", len(keys)) % {"num": len(keys)}
    now = ngettext("%(num)d judged again", "%(num)d judged again", len(again)) % {"num": len(again)}
    yield Line("earnings", _("Feathers not earned while muted"), before, now, again == keys)


def _reports(decision: Decision) -> Line | None:
    violation = decision.outcome == Decision.Outcome.VIOLATION
    was, expected = (
        (Report.Outcome.UPHELD, Report.Outcome.DISMISSED)
        if violation
        else (Report.Outcome.DISMISSED, Report.Outcome.UPHELD)
    )
    # Without an outcome are those of a decision that its maker took back: they count for nobody.
    outcomes = list(decision.case.reports.exclude(outcome="").values_list("outcome", flat=True))
    if not outcomes:
        return None
    turned = sum(outcome == expected for outcome in outcomes)
    values = {"count": turned, "all": len(outcomes), "outcome": expected.label}
    now = _("%(count)d of %(all)d: %(outcome)s") % values
    before = _("%(count)d of %(all)d: %(outcome)s") % (
        values | {"count": len(outcomes), "outcome": was.label}
    )
    return Line("reports", _("Reports, and their reporters' credit"), before, now, turned == len(outcomes))
