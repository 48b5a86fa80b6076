"""Ordering: one quote, one order; what may not be had is said why; nothing is taken for nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers.events import TooFewFeathers
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.mall import actions, reads
from lingyu.community.mall.actions.goods import StaleGood
from lingyu.community.mall.events import GoodChanged, OrderDelivered, OrderPlaced
from lingyu.community.mall.models import Code, Good, Order, Version

from .conftest import buy, give, quoted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound")]


def test_a_code_is_the_members_at_once_and_its_feathers_are_spent(sell, luren, facts):
    good = sell("code", codes="AAAA-1111\nBBBB-2222")
    give(luren, 50)
    order = buy(luren, good).order
    assert (order.state, order.feathers, order.cost_minor) == ("delivered", 20, 990)
    assert (balance(luren.id).available, balance(luren.id).held) == (30, 0)
    assert order.code.tail == "111"
    assert Good.objects.counted().get(id=good.id).left == 1
    assert len(facts(OrderPlaced)) == len(facts(OrderDelivered)) == 1


def test_the_same_quote_twice_is_one_order(sell, luren):
    good = sell("code", codes="A-1\nB-2")
    give(luren, 50)
    quote = quoted(luren, good)
    first, second = buy(luren, good, quote=quote), buy(luren, good, quote=quote)
    assert first.order == second.order
    assert balance(luren.id).available == 30


def test_a_parcel_and_a_virtual_good_wait_with_their_feathers_set_aside(sell, luren):
    give(luren, 50)
    parcel, virtual = sell("physical", stock=3), sell("virtual")
    orders = [buy(luren, good).order for good in (parcel, virtual)]
    assert [o.state for o in orders] == ["placed", "placed"]
    assert (balance(luren.id).available, balance(luren.id).held) == (10, 40)
    assert Good.objects.get(id=parcel.id).stock == 2


def test_who_insists_is_answered_by_the_same_receipt_within_a_minute(sell, luren, facts):
    good, other = sell("physical", stock=1), sell("virtual", stock=0)
    give(luren, 12)
    now = timezone.now()
    first = buy(luren, good, at=now).receipt
    again = [buy(luren, good, at=now + timedelta(seconds=n)).receipt for n in range(1, 30)]
    assert {r.id for r in again} == {first.id}
    assert len(facts(TooFewFeathers)) == 1
    gone = [buy(luren, other, at=now + timedelta(seconds=n)).receipt for n in range(3)]
    assert {(r.id, r.reason) for r in gone} == {(gone[0].id, "mall.sold_out")}
    # What has changed is another refusal, and so is the next minute's.
    give(luren, 3)
    assert buy(luren, good, at=now + timedelta(seconds=31)).receipt.missing == 5
    assert buy(luren, good, at=now + timedelta(seconds=100)).receipt.missing == 5
    assert Receipt.objects.of(luren).filter(outcome="refused", subject=f"good:{good.id}").count() == 3


def test_too_few_feathers_take_nothing_and_say_what_is_missing(sell, luren):
    good = sell("physical", stock=1)
    give(luren, 12)
    came = buy(luren, good)
    assert came.order is None and came.receipt.missing == 8
    assert Good.objects.get(id=good.id).stock == 1
    assert Receipt.objects.of(luren).get().reason == "too_few"


def test_a_price_that_changed_between_quote_and_order_is_told(sell, luren, aque):
    good = sell("code", codes="A-1")
    give(luren, 50)
    quote = quoted(luren, good)
    actions.change_good(actor=aque, good=good, expected=1, feathers=30)
    came = buy(luren, good, quote=quote)
    assert came.order is None and came.price == 30
    assert balance(luren.id).available == 50


def test_every_price_is_kept_as_a_version_and_an_order_keeps_its_own(sell, luren, aque, facts):
    good = sell("code", codes="A-1\nB-2")
    give(luren, 100)
    before = buy(luren, good).order
    actions.change_good(actor=aque, good=good, expected=1, feathers=30)
    assert list(Version.objects.filter(good=good).values_list("number", "feathers")) == [(2, 30), (1, 20)]
    assert Order.objects.get(id=before.id).feathers == 20
    assert [f.feathers for f in facts(GoodChanged)] == [20, 30]
    with pytest.raises(StaleGood):
        actions.change_good(actor=aque, good=good, expected=1, feathers=40)


def reason(member, good, at=None):
    return buy(member, good, at=at).receipt.reason


def test_what_stands_against_it_is_one_reason_each_with_a_receipt(sell, luren, aque):
    give(luren, 500)
    now = timezone.now()
    day = timedelta(days=1)
    assert reason(luren, sell("physical", stock=0)) == "mall.sold_out"
    assert reason(luren, sell("physical", stock=1, from_at=now + day)) == "mall.not_yet"
    assert reason(luren, sell("physical", stock=1, until_at=now - day)) == "mall.over"
    assert reason(luren, sell("physical", stock=1, least_days=30)) == "mall.days"
    assert reason(luren, sell("physical", stock=1, role="author")) == "mall.role"
    assert reason(luren, sell("physical", stock=1, least_tier=3)) == "mall.tier"
    closed = sell("physical", stock=1)
    actions.close_good(actor=aque, good=closed)
    assert reason(luren, closed) == "mall.closed"
    assert balance(luren.id).available == 500
    assert Receipt.objects.of(luren).filter(outcome="refused").count() == 7


def test_limits_for_life_and_within_days(sell, luren):
    give(luren, 500)
    once = sell("physical", stock=9, per_life=1)
    weekly = sell("physical", stock=9, per_days=1, days=7)
    assert buy(luren, once).order and buy(luren, weekly).order
    assert reason(luren, once) == "mall.limit_life"
    assert reason(luren, weekly) == "mall.limit_days"
    assert buy(luren, weekly, at=timezone.now() + timedelta(days=8)).order


def test_a_cancelled_order_gives_the_limit_back(sell, luren):
    give(luren, 40)
    good = sell("physical", stock=1, per_life=1)
    actions.cancel_order(actor=luren, order=buy(luren, good).order)
    assert buy(luren, good).order


def test_tiers_follow_what_was_earned_and_are_data(sell, luren, aque):
    good = sell("physical", stock=9, least_tier=1)
    give(luren, 99)
    assert reason(luren, good) == "mall.tier"
    give(luren, 1)
    assert buy(luren, good).order
    # Spending does not lower it.
    assert buy(luren, good).order
    rows = [{"zh": "甲", "en": "One", "least": 0}, {"zh": "乙", "en": "Two", "least": 5_000}]
    actions.change_tiers(actor=aque, tiers=rows, expected=0)
    assert reason(luren, good) == "mall.tier"
    with pytest.raises(ValidationError):
        actions.change_tiers(actor=aque, tiers=rows[1:], expected=1)


def test_a_secret_good_is_seen_by_whom_it_is_for_only(sell, luren, xiaoxi, client_of, client):
    good = sell("physical", stock=1, role="author", secret=True)
    now = timezone.now()
    assert [reads.shelves(m, now) == [] for m in (None, luren, xiaoxi)] == [True, True, False]
    address = good.get_absolute_url()
    assert [b.get(address).status_code for b in (client, client_of(luren), client_of(xiaoxi))] == [
        404,
        404,
        200,
    ]


def test_the_front_asks_the_same_questions_for_few_goods_and_for_many(
    sell, luren, django_assert_max_num_queries
):
    for n in range(12):
        sell("physical", stock=1, per_life=1, per_days=1, days=7, zh=f"商品{n}")
    with django_assert_max_num_queries(4):
        assert len(reads.shelves(luren, timezone.now())) == 12


@pytest.mark.parametrize("price", [0, -1, 1_000_001, 2**63, 1.5, "20"])
def test_odd_prices_are_refused(aque, price):
    with pytest.raises(ValidationError):
        actions.make_good(actor=aque, kind="code", zh="名", en="Name", feathers=price)


@pytest.mark.parametrize(
    "terms",
    [
        {"zh": ""},
        {"en": "x" * 10_000},
        {"zh_about": "字" * 10_000},
        {"cost_minor": -1},
        {"per_life": -1},
        {"days": 3},
        {"role": "king"},
        {"kind": "bomb"},
    ],
)
def test_odd_terms_are_refused_and_nothing_is_made(aque, terms):
    with pytest.raises(ValidationError):
        actions.make_good(actor=aque, **{"kind": "code", "zh": "名", "en": "Name", "feathers": 20} | terms)
    assert not Good.objects.exists()


def test_the_database_itself_refuses_to_oversell(sell):
    good = sell("physical", stock=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Good.objects.filter(id=good.id).update(stock=-1)


def test_the_stock_is_changed_by_pieces_never_below_nought(sell, aque):
    good = sell("physical", stock=3)
    actions.restock(actor=aque, good=good, pieces=-3)
    with pytest.raises(ValidationError):
        actions.restock(actor=aque, good=good, pieces=-1)
    assert Good.objects.get(id=good.id).stock == 0


@pytest.mark.parametrize(
    "address", [None, {}, {"name": "x" * 10_000, "phone": "1", "region": "r", "street": "s"}]
)
def test_a_parcel_needs_an_address(sell, luren, address):
    good = sell("physical", stock=1)
    give(luren, 50)
    with pytest.raises(ValidationError):
        buy(luren, good, address=address)
    assert (Order.objects.count(), balance(luren.id).available) == (0, 50)


def test_a_closed_account_orders_nothing(sell, luren):
    good = sell("code", codes="A-1")
    give(luren, 50)
    luren.is_active = False
    assert buy(luren, good).receipt.reason == "closed"
    assert Code.objects.free().count() == 1


def test_an_erased_members_orders_stay_without_their_address(sell, luren):
    give(luren, 50)
    order = buy(luren, sell("physical", stock=1)).order
    erasure = accounts.ask_erasure(actor=luren)
    accounts.erase_due(now=erasure.due_at + timedelta(seconds=1))
    order.address.refresh_from_db()
    assert order.address.sealed == "" and order.address.erased_at
    assert Order.objects.get(id=order.id).member_id == luren.id
