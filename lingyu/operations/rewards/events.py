"""Facts of rewards: adjustments by hand, what a feather is worth, budgets.

Holds declarations only; `actions` records them. Which feathers moved are facts of the ledger.
"""

from datetime import date

from lingyu.kernel.events import Event, fact


@fact("rewards.adjustment_asked", zh="申请人工调整", en="Adjustment asked for")
class AdjustmentAsked(Event):
    """An operator (`actor`) asked to give a member (`person`) `feathers`, or, below nought, to take them."""

    adjustment: str
    feathers: int


@fact("rewards.adjustment_decided", zh="人工调整处理完毕", en="Adjustment decided")
class AdjustmentDecided(Event):
    """Another operator (`actor`) approved or declined an adjustment, or its own asker withdrew it.

    `outcome` is approved, declined or withdrawn; `feathers` is what really moved.
    """

    adjustment: str
    feathers: int
    outcome: str


@fact("rewards.value_set", zh="羽毛估值变更", en="Value of a feather set")
class ValueSet(Event):
    """An operator said what a thousand feathers cost, in minor units of the currency."""

    currency: str
    value: int


@fact("rewards.budget_set", zh="羽毛预算设定", en="Feather budget set")
class BudgetSet(Event):
    """An operator said how many feathers may be issued in a month."""

    month: date
    feathers: int
