"""Facts of the rulebook: proposed, withdrawn, live, rolled back, undone; what a refused writer is told.

Holds declarations only; `actions` records them. `number` is the change's; `edition` the set then in force.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("rulebook.proposed", zh="提出规则变更", en="Rule change proposed")
class ChangeProposed(Event):
    """`actor` proposed a change of the screening; it is on trial from now on and decides nothing."""

    change: UUID
    number: int


@fact("rulebook.withdrawn", zh="撤回规则变更", en="Rule change withdrawn")
class ChangeWithdrawn(Event):
    """`actor` gave up a change before it went live."""

    change: UUID
    number: int


@fact("rulebook.live", zh="规则变更生效", en="Rule change live")
class ChangeLive(Event):
    """`actor` put a change into force that had shown what it has to."""

    change: UUID
    number: int
    edition: str


@fact("rulebook.rolled_back", zh="规则变更回滚", en="Rule change rolled back")
class ChangeRolledBack(Event):
    """A change is out of force: by `actor`, or by the house itself (none) for too many overturned decisions.

    `overturned` of `decided` decisions on what it found did not stand.
    """

    change: UUID
    number: int
    edition: str
    decided: int
    overturned: int


@fact("rulebook.undone", zh="规则变更影响撤销", en="What a rule change did undone")
class ChangeUndone(Event):
    """All that a change did by itself was undone at `actor`'s word: `released` and `reversed` cases."""

    change: UUID
    number: int
    released: int
    reversed: int


@fact("rulebook.refusal_regretted", zh="误拦告知", en="Refusal regretted")
class RefusalRegretted(Event):
    """`person` was refused a text by a change that has been rolled back: they may send it again."""

    change: UUID
    screening: UUID
    kind: str
    subject: str
