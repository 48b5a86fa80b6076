"""What is said of feathers, and of what was ordered for them."""

from lingyu.kernel.text import N_

from .registry import declare

EARNED = declare(
    "feathers_earned",
    zh="获得羽毛",
    en="Feathers earned",
    one=N_("You earned %(feathers)s feathers: %(cause)s"),
    many=N_("You earned %(feathers)s feathers in %(count)s entries: %(cause)s"),
    icon="feather",
    area="feathers",
    tone="good",
    mail=False,
)
CLAWED_BACK = declare(
    "feathers_clawed_back",
    zh="羽毛被收回",
    en="Feathers clawed back",
    one=N_("%(feathers)s feathers were taken back: %(cause)s"),
    many=N_("%(feathers)s feathers were taken back in %(count)s entries: %(cause)s"),
    icon="undo-2",
    area="feathers",
    tone="bad",
)
RETURNED = declare(
    "feathers_returned",
    zh="羽毛退还",
    en="Feathers returned",
    one=N_("%(feathers)s feathers came back to you: %(cause)s"),
    many=N_("%(feathers)s feathers came back to you in %(count)s entries: %(cause)s"),
    icon="rotate-ccw",
    area="feathers",
    tone="good",
)
EXPIRED = declare(
    "feathers_expired",
    zh="羽毛过期",
    en="Feathers expired",
    one=N_("%(feathers)s of your feathers have expired"),
    many=N_("%(feathers)s of your feathers have expired"),
    icon="hourglass",
    area="feathers",
    tone="warn",
)
EXPIRING = declare(
    "feathers_expiring",
    zh="羽毛即将过期",
    en="Feathers about to expire",
    one=N_("%(feathers)s of your feathers expire on %(day)s"),
    many=N_("%(feathers)s of your feathers expire soon"),
    icon="hourglass",
    area="feathers",
    tone="warn",
)
ORDER_DELIVERED = declare(
    "order_delivered",
    zh="订单已发放",
    en="Orders delivered",
    one=N_("“%(title)s” is yours: your order has been delivered"),
    many=N_("%(count)s of your orders have been delivered"),
    icon="package-check",
    area="mall",
    tone="good",
)
ORDER_SHIPPED = declare(
    "order_shipped",
    zh="订单已发货",
    en="Orders shipped",
    one=N_("“%(title)s” is on its way to you"),
    many=N_("%(count)s of your orders are on their way"),
    icon="truck",
    area="mall",
)
BACK_IN_STOCK = declare(
    "good_back",
    zh="到货提醒",
    en="Goods back in stock",
    one=N_("“%(title)s” is in the mall again"),
    many=N_("%(count)s goods you waited for are in the mall again"),
    icon="bell",
    area="mall",
)
ORDER_REFUNDED = declare(
    "order_refunded",
    zh="订单已退款",
    en="Orders refunded",
    one=N_("Your order of “%(title)s” was refunded; the feathers are back"),
    many=N_("%(count)s of your orders were refunded; the feathers are back"),
    icon="package-x",
    area="mall",
    tone="warn",
)
