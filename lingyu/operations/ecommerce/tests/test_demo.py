"""The demo's shops: simulated, said to be so, and imported like anybody's."""

from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from lingyu.operations.ecommerce import demo
from lingyu.operations.ecommerce.demo.market import SHOPS, trade
from lingyu.operations.ecommerce.models import ImportRun, LedgerEntry, Shop, VisitorCount

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def loaded(db):
    demo.load(NOW)


def test_every_file_of_the_demo_is_imported_without_a_refusal(loaded):
    runs = ImportRun.objects.values_list("format", "conflicting", "refused")
    assert {f for f, _c, _r in runs} == {"taobao", "tmall_refund", "jd", "generic", "visitors"}
    assert all(conflicting == refused == 0 for _f, conflicting, refused in runs)
    assert LedgerEntry.objects.unmatched().count() == 0


def test_the_shops_say_that_they_are_simulated_and_have_visitors(loaded):
    shops = Shop.objects.all()
    assert len(shops) == 3
    for shop in shops:
        assert "演示" in shop.name
        assert 380 < VisitorCount.objects.filter(shop=shop).count() < 400
        assert -sum(LedgerEntry.objects.filter(shop=shop).refunded().values_list("amount", flat=True)) > 0


def test_nothing_happens_after_now(loaded):
    assert LedgerEntry.objects.order_by("-occurred_at").first().occurred_at < NOW


def test_two_people_who_look_see_the_same_shops():
    here = NOW.astimezone(ZoneInfo("Asia/Shanghai"))
    for plan in SHOPS:
        first, second = (trade(plan, Random(plan.code), here) for _turn in range(2))
        assert first == second
        assert sum(o.paid_at is not None for o in first.orders) > 900
