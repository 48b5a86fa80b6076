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


@fact("desk.lever_pulled", zh="抓手已使用", en="Lever pulled")
class LeverPulled(Event, frozen=True, kw_only=True):
    """An operator pulled a lever of an operation's desk, to move `metric`.

    `subject` is what it was pulled on, such as an article's id; nothing for a lever without one. What
    the lever did is a fact of its own, recorded in the same transaction by whoever did it.
    """

    lever: str
    metric: str
    operation: str
    subject: str | None = None


@fact("desk.lever_undone", zh="抓手已撤回", en="Lever undone")
class LeverUndone(Event, frozen=True, kw_only=True):
    """An operator took back what a lever had done; nothing is recorded when it had ended by itself."""

    lever: str
    metric: str
    operation: str
    subject: str | None = None
