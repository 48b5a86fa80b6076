"""The imports page: what was imported, by whom, with what result."""

from django.core.paginator import Paginator
from django.shortcuts import render

from lingyu.desk.board import shell

from ..models import ImportRun

PAGE = 30


def imports(request, operation, rest):
    """The newest runs first."""
    runs = ImportRun.objects.select_related("shop").order_by("-started_at", "-id")
    page = Paginator(runs, PAGE).get_page(request.GET.get("page"))
    return render(request, "ecommerce/imports.html", shell() | {"operation": operation, "page": page})
