"""The numbers of the desks themselves: how often somebody acted on what a desk showed."""

from lingyu.kernel.metrics import Count, declare
from lingyu.kernel.text import N_

from .events import LeverPulled

LEVERS_PULLED = declare(
    Count(
        name="levers_pulled",
        zh="抓手使用次数",
        en="Levers pulled",
        good="neither",
        event=LeverPulled,
        about=N_("How often operators pulled a lever; one that was taken back afterwards still counts."),
    )
)
