"""Facts of the desks."""

from datetime import date

from lingyu.kernel.events import Event, fact


@fact("desk.goal_set", zh="目标已设定", en="Goal set")
class GoalSet(Event, frozen=True, kw_only=True):
    """An operator set the target of a metric for a period; the last one set counts."""

    metric: str
    start: date
    end: date
    target: int
    currency: str | None = None
