"""The life of an order: its states, and who may move it from one to another. A closed table.

Holds values; `actions.moving` is the only one that moves an order, and refuses what is not here.
"""

from dataclasses import dataclass

from lingyu.kernel.text import N_, Named

MEMBER, OPERATOR, WORKER, SUPPLIER = "member", "operator", "worker", "supplier"


@dataclass(frozen=True)
class State(Named):
    """One state: its names, what it means to the member, and where the feathers are meanwhile."""

    code: str
    zh: str
    en: str
    about: str
    feathers: str
    tone: str = ""

    def __str__(self):
        return self.code


@dataclass(frozen=True)
class Move:
    """One way on: from a state to another, by whom."""

    before: str
    after: str
    by: tuple[str, ...]


STATES = {
    s.code: s
    for s in (
        State(
            "placed", zh="已下单", en="Placed", about=N_("We have your order."), feathers="held", tone="info"
        ),
        State(
            "delivering",
            zh="发放中",
            en="Being delivered",
            about=N_("We are asking the supplier for it."),
            feathers="held",
            tone="info",
        ),
        State(
            "packed",
            zh="备货中",
            en="Packed",
            about=N_("It is packed and waits for the carrier."),
            feathers="held",
            tone="info",
        ),
        State(
            "shipped",
            zh="已发货",
            en="Shipped",
            about=N_("The parcel is on its way to you."),
            feathers="held",
            tone="info",
        ),
        State(
            "delivered", zh="已完成", en="Delivered", about=N_("It is yours."), feathers="spent", tone="good"
        ),
        State(
            "failed",
            zh="发放失败",
            en="Failed",
            about=N_("It could not be delivered."),
            feathers="held",
            tone="bad",
        ),
        State(
            "cancelled",
            zh="已取消",
            en="Cancelled",
            about=N_("You took it back; the feathers are yours again."),
            feathers="back",
        ),
        State(
            "refunded",
            zh="已退款",
            en="Refunded",
            about=N_("The feathers are yours again."),
            feathers="back",
            tone="warn",
        ),
    )
}
MOVES = (
    Move("placed", "delivering", (WORKER,)),
    Move("placed", "packed", (OPERATOR,)),
    Move("placed", "shipped", (OPERATOR,)),
    Move("placed", "delivered", (WORKER, OPERATOR)),
    Move("placed", "cancelled", (MEMBER,)),
    Move("placed", "refunded", (OPERATOR, WORKER)),
    Move("delivering", "delivered", (WORKER, SUPPLIER)),
    Move("delivering", "failed", (WORKER, SUPPLIER, OPERATOR)),
    Move("packed", "shipped", (OPERATOR,)),
    Move("packed", "refunded", (OPERATOR, WORKER)),
    Move("shipped", "delivered", (MEMBER, OPERATOR, WORKER)),
    Move("shipped", "refunded", (OPERATOR,)),
    Move("failed", "refunded", (WORKER, SUPPLIER, OPERATOR)),
    Move("delivered", "refunded", (OPERATOR,)),
)
_ALLOWED = {(m.before, m.after, who) for m in MOVES for who in m.by}
OPEN = ("placed", "delivering", "packed", "shipped")


class IllegalMove(ValueError):
    """A move that the table does not know."""


def allowed(before: str, after: str, by: str) -> bool:
    """Whether `by` may move an order so."""
    return (before, after, by) in _ALLOWED


def onward(before: str, by: str) -> list[str]:
    """Where `by` may move an order from here."""
    return [m.after for m in MOVES if m.before == before and by in m.by]
