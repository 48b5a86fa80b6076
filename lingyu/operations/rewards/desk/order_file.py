"""Orders as a file: what the page's filter shows, a line an order.

Holds columns and lines. No address and no code: a file wanders.
"""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import get_currency_precision
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.mall.models import Order
from lingyu.desk import exports
from lingyu.kernel.access import EXPORT_DATA
from lingyu.store.sheets import Column


def download(request: HttpRequest, orders: QuerySet[Order]) -> HttpResponse:
    """The orders as CSV, however many there are; 403 for whoever may not take data along."""
    if not request.user.may(EXPORT_DATA):
        return HttpResponse(status=403)
    name = f"rewards-orders-{timezone.localdate()}"
    rows = _lines(orders.iterator(chunk_size=500))
    return exports.response(name, "csv", _columns(), rows, title=_("Orders"), notes=())


def _columns() -> list[Column]:
    return [
        Column("order", _("Order")),
        Column("state", _("State")),
        Column("good", _("Good")),
        Column("kind", _("Kind")),
        Column("member", _("Member")),
        Column("placed", _("Placed")),
        Column("since", _("In this state since")),
        Column("feathers", _("Feathers"), "count"),
        Column("cost", _("Cost"), "number"),
        Column("currency", _("Currency")),
        Column("carrier", _("Carrier")),
        Column("tracking", _("Number of the parcel")),
        Column("id", _("Reference")),
    ]


def _lines(orders: Iterator[Order]) -> Iterator[list]:
    language = get_language() or "en"
    for order in orders:
        good, moments = order.good, (order.placed_at, order.state_at)
        yield [
            order.number,
            order.now.label(language),
            good.label(language),
            good.get_kind_display(),
            order.member.display_name,
            *(timezone.localtime(at).isoformat(timespec="seconds") for at in moments),
            order.feathers,
            Decimal(order.cost_minor).scaleb(-get_currency_precision(order.currency)),
            order.currency,
            order.carrier,
            order.tracking,
            str(order.id),
        ]
