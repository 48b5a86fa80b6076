"""Facts about rules and refused attempts. Movements of feathers are facts of `ledger`.

Holds declarations only; `actions` records them.
"""

from lingyu.kernel.events import Event, fact


@fact("feathers.rule_changed", zh="羽毛规则变更", en="Feather rule changed")
class RuleChanged(Event):
    """An operator put a new version of a rule into force."""

    rule: str
    version: int


@fact("feathers.refused", zh="羽毛未发放", en="Feathers refused")
class FeathersRefused(Event):
    """An attempt earned nothing: `reason` is the cap, the condition or the state that stood against it."""

    cause: str
    reason: str
    subject: str


@fact("feathers.too_few", zh="羽毛不足", en="Too few feathers")
class TooFewFeathers(Event):
    """A member wanted to spend more than there was; `feathers` is how many were missing."""

    cause: str
    feathers: int
    subject: str
