"""The demo of rewards: figures that add up, a rule with a history, an adjustment that waits."""

from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter

import pytest

from lingyu.community import demo as community
from lingyu.community.ledger.models import Entry
from lingyu.community.ledger.reads import totals
from lingyu.community.mall.models import Order
from lingyu.kernel.query import Period, Query
from lingyu.operations.rewards import demo
from lingyu.operations.rewards.models import Adjustment, FeatherValue
from lingyu.store.query import ask
from lingyu.store.ship import ship_all

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
MONTH = timedelta(days=30)


@pytest.mark.django_db(transaction=True)
def test_the_demo_shows_what_rewards_are_for(empty_store, aque_of_the_demo, client_of):
    found = totals()
    assert found.balanced
    assert found.issued > found.spent > 0
    # Both the last thirty days and those before them, so that there is something to compare.
    today = NOW.date()
    for start, end in ((today - MONTH, today), (today - 2 * MONTH, today - MONTH)):
        assert ask(Query(metric="feather_redeemers", period=Period(start, end))).total > 2
    assert len(set(Order.objects.values_list("good__kind", "state"))) > 3
    assert Adjustment.objects.waiting().count() == 1
    assert FeatherValue.standing()
    for page in ("", "rules/", "rules/comment.approved/history", "liability/", "adjustments/", "health/"):
        assert client_of(aque_of_the_demo).get(f"/desk/rewards/{page}").status_code == 200, page


@pytest.mark.django_db(transaction=True)
def test_statements_of_the_demo_read_in_the_order_of_time(aque_of_the_demo):
    moved = Entry.objects.filter(account__kind="available").order_by("account", "version")
    for _account, rows in groupby(moved.values_list("account", "transfer__at"), key=itemgetter(0)):
        times = [at for _, at in rows]
        assert times == sorted(times)


@pytest.fixture
def aque_of_the_demo(db, empty_store):
    """阿鹊 of the demo, which is loaded."""
    community.load(NOW)
    demo.load(NOW)
    ship_all()
    return community.Member.objects.get(username="aque")
