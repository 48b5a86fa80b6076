"""Facts about feathers: promised, issued, held, spent, given back, expired, taken back, restored.

Holds declarations only; `actions` records them. `person` is the member, `feathers` how many, `cause`
the rule or purpose by its code, `subject` what it was for.
"""

from lingyu.kernel.events import Event, fact


class Moved(Event):
    """What every movement of feathers says."""

    feathers: int
    cause: str
    subject: str


@fact("ledger.pended", zh="羽毛待发", en="Feathers pending")
class FeathersPended(Moved):
    """Feathers were promised; they count once what they wait for has passed."""


@fact("ledger.pending_voided", zh="待发羽毛作废", en="Pending feathers voided")
class FeathersVoided(Moved):
    """A promise of feathers ended without them: what it waited for did not pass, or its time was over."""


@fact("ledger.issued", zh="羽毛发放", en="Feathers issued")
class FeathersIssued(Moved):
    """A member received new feathers; what was owed was repaid from them first."""


@fact("ledger.held", zh="羽毛冻结", en="Feathers held")
class FeathersHeld(Moved):
    """Feathers were set aside for an order that is not delivered yet."""


@fact("ledger.released", zh="羽毛解冻", en="Feathers released")
class FeathersReleased(Moved):
    """Feathers that had been set aside came back, into the lots they were from."""


@fact("ledger.spent", zh="羽毛消耗", en="Feathers spent")
class FeathersSpent(Moved):
    """A member spent feathers, at once or by an order that was delivered."""


@fact("ledger.refunded", zh="羽毛退还", en="Feathers refunded")
class FeathersRefunded(Moved):
    """Spent feathers came back, into the lots they were from."""


@fact("ledger.expired", zh="羽毛过期", en="Feathers expired")
class FeathersExpired(Moved):
    """What was left of a lot expired."""


@fact("ledger.clawed_back", zh="羽毛收回", en="Feathers clawed back")
class FeathersClawedBack(Moved):
    """Issued feathers were taken back; those already spent became a debt."""


@fact("ledger.restored", zh="羽毛恢复", en="Feathers restored")
class FeathersRestored(Moved):
    """A claw-back was undone."""


@fact("ledger.drifted", zh="羽毛账目不符", en="Ledger drifted")
class LedgerDrifted(Event):
    """Something in the ledger no longer added up; `reason` says what."""

    reason: str


@fact("ledger.sealed", zh="账目封存", en="Ledger sealed")
class LedgerSealed(Event):
    """The heads of the accounts that had moved were anchored. `digest` seals all anchors before it, too:
    kept elsewhere, as the event store does, it shows any later change of what was booked until then."""

    anchor: int
    digest: str
    accounts: int
