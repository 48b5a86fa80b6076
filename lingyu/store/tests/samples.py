"""Facts and metrics that only tests know; a fixture enters them into the registries and takes them out.

Holds no numbers: those are in `cases`, beside the facts that give them.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from lingyu.kernel.conversion import Conversion
from lingyu.kernel.events import Event, fact
from lingyu.kernel.metrics import Count, Cumulative, Derived, Distinct, Ratio, Sum, declare


class Paid(Event, kw_only=True):
    """Somebody paid."""

    amount: int
    currency: str = "CNY"
    shop: str | None = None
    country: str | None = None
    vip: bool | None = None
    weight: float | None = None
    pieces: int | None = None
    birthday: date | None = None
    promised_at: datetime | None = None
    device: UUID | None = None


class Refunded(Event, kw_only=True):
    """Somebody got money back; `paid_at` is when the money had been paid."""

    amount: int
    paid_at: datetime | None
    currency: str = "CNY"
    shop: str | None = None
    country: str | None = None


class Counted(Event, kw_only=True):
    """A shop counted its visitors of a day."""

    visitors: int
    shop: str | None = None


class SignedUp(Event, kw_only=True):
    """Somebody became a member."""

    country: str | None = None


EVENTS = {"test.paid": Paid, "test.refunded": Refunded, "test.counted": Counted, "test.signed_up": SignedUp}
# The names are needed for the metrics below; `enter` registers the classes for the time of a test.
for _name, _kind in EVENTS.items():
    _kind.name, _kind.zh, _kind.en = _name, _name, _name

_SAID = {"zh": "测试", "en": "Test", "about": "For tests."}

ORDERS = Count(name="t_orders", event=Paid, **_SAID)
GMV = Sum(name="t_gmv", event=Paid, field="amount", unit="money", **_SAID)
PIECES = Sum(name="t_pieces", event=Paid, field="pieces", unit="count", **_SAID)
BUYERS = Distinct(name="t_buyers", event=Paid, field="person", **_SAID)
LARGE = Count(name="t_large", event=Paid, where="amount >= 10000", **_SAID)
AOV = Ratio(name="t_aov", numerator=GMV, denominator=ORDERS, unit="money", **_SAID)
VISITORS = Sum(name="t_visitors", event=Counted, field="visitors", unit="count", **_SAID)
PER_VISITOR = Ratio(name="t_per_visitor", numerator=GMV, denominator=VISITORS, unit="money", **_SAID)
CONVERSION = Ratio(name="t_conversion", numerator=ORDERS, denominator=VISITORS, known_by="shop", **_SAID)
REFUNDS = Sum(name="t_refunds", event=Refunded, field="amount", unit="money", **_SAID)
REFUNDS_PAID = Sum(
    name="t_refunds_by_pay_day", event=Refunded, field="amount", unit="money", at="paid_at", **_SAID
)
NET = Derived(name="t_net", plus=(GMV, REFUNDS), unit="money", **_SAID)
NET_PAID = Derived(name="t_net_by_pay_day", plus=(GMV, REFUNDS_PAID), unit="money", **_SAID)
LESS = Derived(name="t_gmv_less_refunds", plus=(GMV,), minus=(REFUNDS,), unit="money", **_SAID)
RUNNING = Cumulative(name="t_running", of=GMV, unit="money", **_SAID)
ACTIVATION = Conversion(
    name="t_activation",
    start=SignedUp,
    finish=Paid,
    within=timedelta(days=7),
    finish_where="amount > 0",
    **_SAID,
)
REPEAT = Conversion(name="t_repeat", start=Paid, finish=Paid, within=timedelta(0), **_SAID)
METRICS = (
    ORDERS, GMV, PIECES, BUYERS, LARGE, AOV, VISITORS, PER_VISITOR, CONVERSION, REFUNDS,
    REFUNDS_PAID, NET, NET_PAID, LESS, RUNNING, ACTIVATION, REPEAT,
)  # fmt: skip


def enter() -> None:
    """Register the facts and metrics above."""
    for name, kind in EVENTS.items():
        fact(name, zh=name, en=name)(kind)
    for metric in METRICS:
        declare(metric)


def moment(text: str) -> datetime:
    """UTC, written `2024-01-01` or `2024-01-01 16:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def paid(at: str, amount: int = 100, person: str | None = None, **fields) -> Paid:
    """Somebody paid `amount` cents at a moment of UTC."""
    return Paid(occurred_at=moment(at), amount=amount, person=person, **fields)


def refunded(at: str, amount: int, paid_at: str | None = None, **fields) -> Refunded:
    """Money went back (a negative amount) for what was paid at `paid_at`."""
    return Refunded(
        occurred_at=moment(at), amount=amount, paid_at=moment(paid_at) if paid_at else None, **fields
    )


def counted(at: str, visitors: int, shop: str | None = None) -> Counted:
    """A shop's visitors."""
    return Counted(occurred_at=moment(at), visitors=visitors, shop=shop)


def signed_up(at: str, person: str | None, **fields) -> SignedUp:
    """Somebody became a member."""
    return SignedUp(occurred_at=moment(at), person=person, **fields)
