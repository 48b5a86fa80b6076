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
        State("placed", "已下单", "Placed", N_("We have your order."), "held", "info"),
        State(
            "delivering",
            "发放中",
            "Being delivered",
            N_("We are asking the supplier for it."),
            "held",
            "info",
        ),
        State("packed", "备货中", "Packed", N_("It is packed and waits for the carrier."), "held", "info"),
        State("shipped", "已发货", "Shipped", N_("The parcel is on its way to you."), "held", "info"),
        State("delivered", "已完成", "Delivered", N_("It is yours."), "spent", "good"),
        State("failed", "发放失败", "Failed", N_("It could not be delivered."), "held", "bad"),
        State(
            "cancelled", "已取消", "Cancelled", N_("You took it back; the feathers are yours again."), "back"
        ),
        State("refunded", "已退款", "Refunded", N_("The feathers are yours again."), "back", "warn"),
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
