"""What the desk's whole-house tests share: two weeks of a shop, whose numbers are worked by hand.

This week (June 8–14) 300 visitors, 6 buyers, 900.00; the week before (June 1–7) 200 visitors,
5 buyers, 500.00. A refund of 40.00 falls into this week.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from lingyu.desk import frame
from lingyu.kernel.operations import OPERATIONS
from lingyu.operations.ecommerce.actions import (
    Entry,
    ImportedFile,
    VisitorDay,
    count_visitors,
    open_shop,
    post_entries,
)
from lingyu.store.ship import ship_all

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEK = "period=custom&from=2026-06-08&to=2026-06-14"


def sale(order: str, day: int, amount: int, buyer: str, product: str = "A", country: str = "Shanghai"):
    """An order of one line, paid at noon of a day in June 2026; amount in fen."""
    at = datetime(2026, 6, day, 12, tzinfo=SHANGHAI)
    return Entry(1, order, "1", True, at, 1, amount, product, f"Title of {product}", buyer, country)


@pytest.fixture
def plume(empty_store):
    """The shop Plume with its two weeks, shipped."""
    shop = open_shop(actor=None, name="Plume", platform="own", currency="CNY", zone="Asia/Shanghai")
    entries = [sale(f"1{n}", 1 + n, 10000, f"b{n}") for n in range(5)]
    entries += [sale(f"2{n}", 8 + n, 15000, f"c{n}", product="AB"[n % 2]) for n in range(6)]
    back = datetime(2026, 6, 14, 9, tzinfo=SHANGHAI)
    entries.append(Entry(1, "20", "r1", False, back, 0, -4000, "A", None, "c0", "Shanghai"))
    file = ImportedFile("o.csv", "0" * 64, "generic")
    post_entries(actor=None, shop=shop, file=file, entries=entries)
    days = [VisitorDay(date(2026, 6, 3), 200), VisitorDay(date(2026, 6, 10), 300)]
    file = ImportedFile("v.csv", "1" * 64, "visitors", importer="visitors")
    count_visitors(actor=None, shop=shop, file=file, days=days)
    ship_all()
    return shop


@pytest.fixture
def ecommerce():
    """The manifest of e-commerce."""
    return OPERATIONS["ecommerce"]


@pytest.fixture
def framed(ecommerce):
    """`framed("shop=Plume")`: the frame of the week of June 8, with more of an address."""
    return lambda more="": frame.read(QueryDict(f"{WEEK}&{more}"), ecommerce)
