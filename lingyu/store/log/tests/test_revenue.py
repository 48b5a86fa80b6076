"""What was paid, net: an order told twice counts once, a refund takes away, at its own time."""

import pytest

from lingyu.kernel.questions import Revenue, Step, question
from lingyu.store.explore import answer

from .making import days, fact, hours, user

pytestmark = pytest.mark.one_database


def told(shop, asked=None) -> list[dict]:
    """The totals by currency."""
    return answer(asked or Revenue(), shop.see()).totals["currencies"]


def test_one_order_told_twice_and_partly_given_back_is_sixty_net(shop):
    order = {"revenue": 100, "currency": "CNY", "order_id": "o-1"}
    shop.take(
        fact("purchase", user("xi"), **order),
        fact("purchase", user("xi"), at=hours(1), **order),
        fact("purchase", user("xi"), at=days(1), revenue=-40, currency="CNY", order_id="o-1"),
    )
    found = answer(Revenue(), shop.see())
    (total,) = found.totals["currencies"]
    assert (total["orders"], total["gross"], total["refunds"], total["net"]) == (1, 10_000, 4_000, 6_000)
    assert (total["average"], total["told_again"]) == (10_000, 1)
    assert [(row["time"], row["net"]) for row in found.rows] == [
        ("2026-03-02", 6_000 + 4_000),
        ("2026-03-03", -4_000),
    ]
    assert [caveat.code for caveat in found.caveats] == ["told_again"]


def test_an_order_that_was_first_told_before_the_period_is_not_in_it(shop):
    order = {"revenue": 100, "currency": "CNY", "order_id": "o-1"}
    shop.take(fact("purchase", user("xi"), **order), fact("purchase", user("xi"), at=days(3), **order))
    asked = question('{"kind": "revenue", "period": {"start": "2026-03-04", "end": "2026-03-06"}}')
    assert told(shop, asked)[0]["orders"] == 0


def test_what_is_only_begun_is_not_paid_and_refunds_may_have_a_name_of_their_own(shop):
    shop.take(
        fact("Checkout Started", user("xi"), revenue=50, currency="USD", order_id="a"),
        fact("Order Completed", user("xi"), at=hours(1), revenue="50.00", currency="USD", order_id="a"),
        fact("Order Refunded", user("xi"), at=hours(2), total=20, currency="USD", order_id="a"),
    )
    assert told(shop)[0] | {"average": None} == {
        "currency": "USD", "orders": 1, "gross": 5_000, "refunds": 2_000, "net": 3_000,
        "average": None, "told_again": 0,
    }  # fmt: skip


def test_the_same_number_at_two_sources_is_two_orders_and_currencies_stay_apart(shop):
    for source, currency in (("shop", "CNY"), ("app", "JPY")):
        shop.take(fact("purchase", user("xi"), source=source, revenue=100, currency=currency, order_id="1"))
    assert [(t["currency"], t["gross"]) for t in told(shop)] == [("CNY", 10_000), ("JPY", 100)]


def test_which_events_mean_it_can_be_said(shop):
    shop.take(
        fact("recharge", user("xi"), revenue=10, currency="CNY", way="card"),
        fact("recharge", user("xi"), revenue=10, currency="CNY", way="gift"),
    )
    assert told(shop)[0]["orders"] == 2
    assert told(shop, Revenue(paid=Step("recharge", "way = 'card'")))[0]["gross"] == 1_000
