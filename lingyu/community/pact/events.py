"""Facts of the pact: what was screened, found, seconded, corrected, rested; new versions.

Holds declarations only; `actions` records them. `subject` is what it is about, as “comment:<id>”.
"""

from datetime import datetime
from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("pact.screened", zh="内容机审", en="Text screened")
class TextScreened(Event):
    """`person` wanted to publish a text, and the screening said `verdict` (pass, review, block).

    `lead` is the clause of the lead ground; `contested` that they asked for a person after a refusal.
    """

    screening: UUID
    kind: str
    subject: str
    verdict: str
    contested: bool
    lead: str | None = None


@fact("pact.confirmed", zh="违规认定", en="Violation confirmed")
class ViolationConfirmed(Event):
    """`actor` (none: the house by itself) confirmed that `person` broke `clause`; it came to rung `level`."""

    finding: UUID
    subject: str
    clause: str
    severity: int
    level: int


@fact("pact.seconded", zh="复核确认", en="Violation seconded")
class ViolationSeconded(Event):
    """`actor`, another than who decided, confirmed what is grave about `person`'s finding."""

    finding: UUID
    clause: str
    level: int


@fact("pact.second_refused", zh="复核未通过", en="Second confirmation refused")
class SecondRefused(Event):
    """`actor`, another than who decided, did not confirm what is grave about `person`'s finding."""

    finding: UUID
    clause: str


@fact("pact.corrected", zh="认定更正", en="Violation corrected")
class ViolationCorrected(Event):
    """`actor` overturned a finding about `person`, or made it less severe (`severity`, 0 for overturned)."""

    finding: UUID
    subject: str
    clause: str
    severity: int


@fact("pact.relieved", zh="暂缓执行", en="Penalty resting")
class PenaltyRests(Event):
    """The penalty of `person`'s finding rests because the house is late with their appeal."""

    finding: UUID
    clause: str


@fact("pact.announced", zh="公约新版公示", en="Pact announced")
class PactAnnounced(Event):
    """`actor` announced version `number` of the pact, in force from `in_force_at`."""

    number: int
    in_force_at: datetime
