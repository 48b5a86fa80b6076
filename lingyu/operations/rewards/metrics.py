"""Numbers of this operation, declared once."""

from lingyu.kernel.metrics import Count, Distinct, declare
from lingyu.kernel.text import N_

from .events import WorkDone

WORK_DONE = declare(
    Count(
        name="rewards_work_done",
        zh="完成工作数",
        en="Work done",
        event=WorkDone,
        about=N_("Pieces of work finished in the period."),
    )
)
PEOPLE = declare(
    Distinct(
        name="rewards_people",
        zh="参与人数",
        en="People at work",
        event=WorkDone,
        field="person",
        about=N_("Different people who finished a piece of work in the period."),
    )
)
