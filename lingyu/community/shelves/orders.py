"""In which order a shelf stands: the newest, the best rated, the most read this month.

Holds the orders as values. The two latter leave out what nobody has rated, or read this month.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from lingyu.kernel.text import N_


@dataclass(frozen=True)
class Order:
    """One order: its code in addresses, what readers call it, and what it does to published articles."""

    code: str
    name: str
    put: Callable[[QuerySet], QuerySet]


def _newest(articles: QuerySet) -> QuerySet:
    return articles


def _best(articles: QuerySet) -> QuerySet:
    rated = articles.filter(rating_tally__votes__gt=0)
    return rated.order_by("-rating_tally__score", "-rating_tally__votes", "-published_at", "-id")


def _most_read(articles: QuerySet) -> QuerySet:
    month = timezone.localdate().replace(day=1)
    read = articles.filter(readership__month=month, readership__reads_in_month__gt=0)
    return read.order_by("-readership__reads_in_month", "-published_at", "-id")


ORDERS = {
    order.code: order
    for order in (
        Order("", N_("Newest"), _newest),
        Order("best", N_("Best rated"), _best),
        Order("read", N_("Most read this month"), _most_read),
    )
}


def asked_for(code: str) -> Order:
    """The order with this code; the newest first for one that nobody knows."""
    return ORDERS.get(code, ORDERS[""])
