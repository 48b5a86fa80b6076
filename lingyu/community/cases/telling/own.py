"""What a member sees of their own standing: findings with their reasons, reports, credibility, appeals.

Holds reads; every rung on it was asked of the ladder.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language

from lingyu.community.accounts.models import Member
from lingyu.community.pact import ladder, standings, versions, words
from lingyu.community.pact.models import Finding

from ..models import Appeal, Decision, Report
from ..weighing.credibility import PRIOR, Credibility, posterior, weighed

SHOWN = 50


@dataclass(frozen=True)
class Found:
    """A finding about oneself. `penalty` is None for one that was overturned; `without` is where one would
    stand if there were no such finding, and `moves` whether that is another rung than now."""

    row: Finding
    name: str
    penalty: ladder.Penalty | None = None
    reasons: tuple[str, ...] = ()
    remembered_until: datetime | None = None
    without: ladder.Standing | None = None
    moves: bool = False

    @property
    def rung(self) -> ladder.Rung | None:
        """To which rung it came; None for one that was overturned."""
        return ladder.RUNGS[self.penalty.level] if self.penalty else None


@dataclass(frozen=True)
class Next:
    """To which rung a next finding of a severity would come."""

    severity: int
    rung: ladder.Rung


@dataclass(frozen=True)
class Weight:
    """How much one's reports weigh in one category; `code` is empty for all of them together."""

    code: str
    name: str
    credibility: Credibility


def findings_of(member: Member, now: datetime | None = None) -> tuple[ladder.Standing, list[Found]]:
    """Where a member stands, and each finding with what it cost and why, the latest first."""
    now = now or timezone.now()
    rows = list(Finding.objects.filter(member=member).whole().order_by("-told_at", "-id"))
    values = [value for row in rows if (value := standings.as_value(row))]
    standing = ladder.standing(standings.CURRENT, values, now)
    explained = {p.finding.id: (p, words.sentences(why)) for p, why in ladder.explain(standing, now)}
    without = {f.id: other for f, other in ladder.counterfactuals(standings.CURRENT, values, now)}
    return standing, [_found(row, standing, explained, without) for row in rows]


def _found(row: Finding, standing: ladder.Standing, explained: dict, without: dict) -> Found:
    name = name_of(row.clause, row.pact)
    if (known := explained.get(str(row.id))) is None:
        return Found(row, name)
    penalty, reasons = known
    other = without[str(row.id)]
    return Found(
        row=row,
        name=name,
        penalty=penalty,
        reasons=tuple(reasons),
        remembered_until=standings.remembered_until(penalty),
        without=other,
        moves=(other.rung, other.until) != (standing.rung, standing.until),
    )


def name_of(clause: str, number: int) -> str:
    """The short name of a clause in a version of the pact."""
    found = versions.numbered(number).by_code.get(clause)
    return found.label(get_language() or "en") if found else clause


def nexts(member: Member, now: datetime | None = None) -> list[Next]:
    """Which rung a next finding would bring, by severity."""
    asked = standings.rungs_of_a_next(member.id, now)
    return [Next(p.finding.severity, ladder.RUNGS[p.level]) for p in asked]


@dataclass(frozen=True)
class Reported:
    """One's own report, the name of its clause then, and what was decided, once it was."""

    row: Report
    name: str
    decision: Decision | None


def reports_of(member: Member) -> list[Reported]:
    """One's reports, the latest first."""
    rows = Report.objects.filter(reporter=member).select_related("case__decision").order_by("-at", "-id")
    pact, language = versions.in_force(), get_language() or "en"
    return [
        Reported(
            row,
            pact.by_code[row.clause].label(language) if row.clause in pact.by_code else row.clause,
            getattr(row.case, "decision", None),
        )
        for row in rows[:SHOWN]
    ]


def weights_of(member: Member) -> list[Weight]:
    """How much one's reports weigh: all together, then by category that one has reported in."""
    settled = list(
        Report.objects.filter(reporter=member).exclude(outcome="").values_list("clause", "outcome")
    )
    upheld = sum(outcome == Report.Outcome.UPHELD for _clause, outcome in settled)
    dismissed = len(settled) - upheld
    whole = Weight("", "", Credibility(posterior(upheld, dismissed, strength=PRIOR), upheld, dismissed))
    language, pact = get_language() or "en", versions.in_force()
    used = {clause.partition(".")[0] for clause, _outcome in settled}
    return [
        whole,
        *(
            Weight(category.code, category.label(language), weighed(settled, category.code))
            for category in pact.categories
            if category.code in used
        ),
    ]


def appeals_of(member: Member) -> list[Appeal]:
    """One's appeals, the latest first, each with how it ended."""
    found = Appeal.objects.filter(by=member).select_related("ruling", "decision__case", "decision__reversal")
    return list(found.order_by("-at", "-id")[:SHOWN])
