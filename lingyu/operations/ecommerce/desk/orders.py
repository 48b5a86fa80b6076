"""The orders page: the ledger as it was written, searchable, one line an entry."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render

from lingyu.desk.board import shell

from ..models import LedgerEntry, Product, Shop

PAGE = 50


def orders(request, operation, rest):
    """The newest entries first; `q` finds an order number, a product or a buyer."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "shop", "kind")}
    entries = LedgerEntry.objects.matching(**asked).select_related("shop")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = {
        "operation": operation,
        "page": page,
        "asked": asked,
        "base": f"?{urlencode(asked)}&page=",
        "titles": Product.objects.titled({e.product for e in page.object_list if e.product}),
        "shops": [(name, name) for name in Shop.objects.order_by("name").values_list("name", flat=True)],
    }
    return render(request, "ecommerce/orders.html", shell() | context)
