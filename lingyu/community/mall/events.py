"""Facts about the mall: goods changed, opened, closed; orders placed, shipped, delivered, failed, refunded.

Holds declarations only; `actions` records them. `person` of an order is its member. `feathers` is its price,
`cost_minor` what the piece costs the house in minor units of `currency`. Never a code, never an address.
"""

from typing import ClassVar
from uuid import UUID

from lingyu.kernel.events import Event, fact


class AboutOrder(Event):
    """What every fact about an order says."""

    withheld: ClassVar[tuple[str, ...]] = ("cost_minor",)

    order: str
    good: UUID
    feathers: int
    cost_minor: int
    currency: str


@fact("mall.good_changed", zh="商品变更", en="Good changed")
class GoodChanged(Event):
    """An operator made a good, or put a new version of it into force."""

    good: UUID
    version: int
    feathers: int
    cost_minor: int
    currency: str


@fact("mall.good_opened", zh="商品上架", en="Good put on sale")
class GoodOpened(Event):
    """An operator put a good on sale."""

    good: UUID
    feathers: int


@fact("mall.good_closed", zh="商品下架", en="Good taken off sale")
class GoodClosed(Event):
    """An operator took a good off sale."""

    good: UUID
    feathers: int


@fact("mall.stocked", zh="商品入库", en="Good stocked")
class GoodStocked(Event):
    """Pieces or codes came into stock, or (`pieces` below nought) went out of it without an order."""

    good: UUID
    pieces: int


@fact("mall.ordered", zh="兑换下单", en="Order placed")
class OrderPlaced(AboutOrder):
    """A member ordered a piece; the feathers are set aside."""


@fact("mall.shipped", zh="订单发货", en="Order shipped")
class OrderShipped(AboutOrder):
    """A parcel is on its way."""


@fact("mall.delivered", zh="订单完成", en="Order delivered")
class OrderDelivered(AboutOrder):
    """A member has what was ordered; the feathers are spent."""


@fact("mall.failed", zh="订单发放失败", en="Order failed")
class OrderFailed(AboutOrder):
    """The supplier could not, or would not, deliver; the refund follows at once. `reason` is a code."""

    reason: str


@fact("mall.cancelled", zh="订单取消", en="Order cancelled")
class OrderCancelled(AboutOrder):
    """A member took an order back before anything was done for it."""


@fact("mall.refunded", zh="订单退款", en="Order refunded")
class OrderRefunded(AboutOrder):
    """The feathers of an order went back. `reason` is a code: failed, overdue, operator."""

    reason: str


@fact("mall.code_revealed", zh="卡密查看", en="Code revealed")
class CodeRevealed(AboutOrder):
    """A member looked at the code of an order."""


@fact("mall.reveal_reopened", zh="卡密重新开放", en="Reveal reopened")
class RevealReopened(AboutOrder):
    """An operator let a member look at a code once more; `person` is the member."""


@fact("mall.wish_met", zh="到货提醒", en="Back in stock")
class WishMet(Event):
    """A good that a member waited for is in stock again."""

    good: UUID
