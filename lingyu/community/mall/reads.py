"""Reading the mall: what stands in it for a member, and what orders came to; for pages and for desks.

Holds queries only.
"""

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import get_language

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.costs import Incurred, cost_source

from . import vault
from .models import Code, Good, Order
from .objections import Known, Objection, objection

LOW = 10
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """One good as it stands in the mall for somebody: what is against it, and whether it runs low."""

    good: Good
    against: Objection | None

    @property
    def low(self) -> bool:
        """Whether only a few are left."""
        return self.good.left is not None and 0 < self.good.left <= LOW


def shelves(member: Member | None, now: datetime, kind: str = "") -> list[Shelf]:
    """What stands in the mall, in its order; kept secret from who may not have it."""
    goods = Good.objects.shown(now).counted()
    if kind:
        goods = goods.filter(kind=kind)
    known = Known(member) if member else None
    found = [Shelf(good, objection(good, member, now, known)) for good in goods]
    return [shelf for shelf in found if not _hidden(shelf, member)]


def shelf(good: Good, member: Member | None, now: datetime) -> Shelf | None:
    """One good, closed or over too; None where it is kept secret."""
    found = Shelf(good, objection(good, member, now))
    return None if _hidden(found, member) else found


def _hidden(found: Shelf, member: Member | None) -> bool:
    if not found.good.secret:
        return False
    return member is None or bool(found.against and found.against.personal)


@dataclass(frozen=True)
class Spent:
    """What delivered orders cost the house in one currency, by good."""

    good: Good
    orders: int
    feathers: int
    cost_minor: int
    currency: str


def address_of(order: Order) -> dict | None:
    """Where a parcel goes; None once that is erased, or while its key is missing."""
    kept = getattr(order, "address", None)
    if kept is None or not kept.sealed:
        return None
    try:
        return json.loads(vault.unseal(kept.sealed, about=f"address {order.id}"))
    except vault.Locked:
        log.exception("the address of order %s cannot be opened", order.id)
        return None


def orders_by_state() -> dict[str, int]:
    """How many orders are in each state."""
    return dict(Order.objects.order_by().values_list("state").annotate(all=Count("*")))


def cost(start: datetime | None = None, end: datetime | None = None) -> list[Spent]:
    """What orders delivered from `start` until before `end` cost, dearest first; refunded ones left out."""
    rows = _delivered(start, end).values("good", "currency")
    summed = rows.annotate(orders=Count("*"), all=Sum("feathers"), minor=Sum("cost_minor"))
    goods = Good.objects.in_bulk({row["good"] for row in summed})
    found = [
        Spent(goods[row["good"]], row["orders"], row["all"], row["minor"], row["currency"]) for row in summed
    ]
    return sorted(found, key=lambda s: (s.currency, -s.cost_minor))


@cost_source("mall", zh="羽毛精选", en="Mall")
def incurred(start: datetime, end: datetime) -> list[Incurred]:
    """The same for the console, where it stands beside what other rooms paid."""
    language = get_language() or "en"
    return [
        Incurred(spent.good.label(language), spent.currency, spent.cost_minor, spent.feathers, spent.orders)
        for spent in cost(start, end)
    ]


def _delivered(start: datetime | None, end: datetime | None) -> QuerySet[Order]:
    rows = Order.objects.filter(state="delivered").order_by()
    if start:
        rows = rows.filter(state_at__gte=start)
    return rows.filter(state_at__lt=end) if end else rows


def breakage(before: datetime | None = None) -> list[dict]:
    """Codes that were delivered (before a time) and never looked at, by good: codes, feathers, cost_minor."""
    rows = Code.objects.unrevealed().filter(order__state="delivered")
    if before:
        rows = rows.filter(order__state_at__lt=before)
    return list(
        rows.order_by()
        .values("good", "good__zh", "good__en", "order__currency")
        .annotate(codes=Count("*"), feathers=Sum("order__feathers"), cost_minor=Sum("order__cost_minor"))
        .order_by("-feathers")
    )


def open_cost() -> dict[str, int]:
    """What orders that are under way will cost when they are delivered, by currency."""
    rows = Order.objects.open().order_by().values_list("currency")
    return dict(rows.annotate(all=Sum("cost_minor")))


def held() -> int:
    """Feathers set aside for orders that are under way."""
    return Order.objects.open().aggregate(all=Sum("feathers"))["all"] or 0
