"""Facts of the cases: reported, opened, decided, reversed, appealed, ruled.

Holds declarations only; `actions` records them. `person` is the member whom the case is about, except
for a report and an appeal, where it is who gave it.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("cases.reported", zh="举报", en="Reported")
class SubjectReported(Event):
    """`person` said that a subject breaks `clause`. Once a member and case."""

    case: UUID
    subject: str
    clause: str


@fact("cases.opened", zh="立案", en="Case opened")
class CaseOpened(Event):
    """A subject of `person` has to be looked at; `origin` says why."""

    case: UUID
    subject: str
    origin: str
    kind: str
    clause: str | None = None


@fact("cases.decided", zh="裁决", en="Case decided")
class CaseDecided(Event):
    """`actor` (none: the house by itself) decided `person`'s case: `outcome` violation or clear.

    `hours` since it was opened; `in_time` whether that was before it was due; `by_machine` whether the
    screening had found it.
    """

    case: UUID
    decision: UUID
    subject: str
    kind: str
    outcome: str
    origin: str
    hours: float
    in_time: bool
    by_machine: bool
    clause: str | None = None


@fact("cases.report_settled", zh="举报办结", en="Report settled")
class ReportSettled(Event):
    """What `person` reported was decided: `outcome` upheld or dismissed."""

    case: UUID
    subject: str
    outcome: str
    clause: str


@fact("cases.reversed", zh="撤销裁决", en="Decision reversed")
class DecisionReversed(Event):
    """`actor` undid the decision about `person`'s subject, and all that followed from it."""

    case: UUID
    decision: UUID
    subject: str
    kind: str
    clause: str | None = None


@fact("cases.appealed", zh="申诉", en="Appealed")
class DecisionAppealed(Event):
    """`person` asks that another decides again, as the author or as who reported it (`side`)."""

    appeal: UUID
    decision: UUID
    side: str
    clause: str | None = None


@fact("cases.ruled", zh="申诉裁定", en="Appeal ruled")
class AppealRuled(Event):
    """`actor`, another than who decided, ended `person`'s appeal: upheld, reduced or overturned."""

    appeal: UUID
    decision: UUID
    outcome: str
    side: str
    hours: float
    in_time: bool
    clause: str | None = None
