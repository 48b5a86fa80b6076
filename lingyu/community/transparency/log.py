"""The public log: decisions as everybody may read them, without text, words or names.

Holds reads. A decision appears when it is `SETTLED` old: whoever it concerns has read it before others do.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lingyu.community.cases.models import Appeal, Decision, Ruling

from .pseudonyms import line_id, pseudonym

SETTLED = timedelta(days=14)
# How an appeal against a decision stands; several appeals of one decision: the last that says something.
NONE, WAITING = "none", "waiting"
CHANGING = (Ruling.Outcome.OVERTURNED, Ruling.Outcome.REDUCED)


@dataclass(frozen=True)
class Entry:
    """One decision of the log. `appeal` is none, waiting, or how the last ruling ended.

    `id` is the line's own, `changed` the day of the last thing that happened to the decision.
    """

    id: UUID
    day: date
    changed: date
    kind: str
    member: str
    outcome: str
    clause: str
    pact: int
    restriction: str
    origin: str
    found_by_machine: bool
    decided_by_house: bool
    appeal: str
    reversed_on: date | None


def decisions(now: datetime, clause: str = "") -> QuerySet[Decision]:
    """What the log shows at `now`, the latest first; of one clause, or of one category (“2”), if asked."""
    rows = Decision.objects.filter(at__lte=now - SETTLED).select_related("case", "reversal")
    if clause:
        rows = rows.filter(lead=clause) if "." in clause else rows.filter(lead__startswith=f"{clause}.")
    return rows.order_by("-at", "-id")


def entries(rows: list[Decision]) -> list[Entry]:
    """The entries of some decisions, in their order; one further query however many there are."""
    ends = _appeals(rows)
    return [_entry(row, *ends.get(row.id, (NONE, row.at))) for row in rows]


def _entry(row: Decision, appeal: str, moved: datetime) -> Entry:
    undone = getattr(row, "reversal", None)
    return Entry(
        id=line_id(row.id),
        day=timezone.localdate(row.at),
        changed=timezone.localdate(max(row.at, moved, undone.at if undone else row.at)),
        kind=row.case.kind,
        member=pseudonym(row.case.member_id, row.at),
        outcome=row.outcome,
        clause=row.lead,
        pact=row.pact,
        restriction=row.restriction,
        origin=row.case.origin,
        found_by_machine=row.detected_by_machine,
        decided_by_house=row.by_id is None,
        appeal=appeal,
        reversed_on=timezone.localdate(undone.at) if undone else None,
    )


def _appeals(rows: list[Decision]) -> dict:
    """How the appeals against each decision stand, and since when."""
    found: dict = {}
    made = Appeal.objects.filter(decision__in=[row.id for row in rows]).select_related("ruling")
    for appeal in made.order_by("at", "id"):
        ruling = getattr(appeal, "ruling", None)
        now = (ruling.outcome, ruling.at) if ruling else (WAITING, appeal.at)
        before = found.get(appeal.decision_id, (NONE, appeal.at))
        found[appeal.decision_id] = before if before[0] in CHANGING else now
    return found
