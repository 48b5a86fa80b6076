"""Delivery by a supplier: tried by a published schedule, once in effect, and refunded in the end."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lingyu.community.ledger.reads import balance
from lingyu.community.mall import actions, jobs, schedule
from lingyu.community.mall.events import OrderDelivered, OrderFailed, OrderRefunded
from lingyu.community.mall.models import Attempt, Delivery, Order, Supplier
from lingyu.community.mall.suppliers import answers, asking, signing
from lingyu.community.mall.suppliers.addresses import Forbidden, checked
from lingyu.community.mall.suppliers.answers import Answer

from .conftest import buy, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound", "outside")]


@pytest.fixture
def order(sell, supplier, luren):
    """路人 has ordered what the simulated supplier delivers."""
    give(luren, 20)
    return buy(luren, sell("virtual", supplier=supplier, stock=1)).order


def again(order):
    return Order.objects.select_related("delivery", "good").get(id=order.id)


def test_a_supplier_is_asked_once_and_the_feathers_are_spent(order, simulator, luren, facts):
    simulator.answers = [(200, {"state": "delivered", "code": "VIP-2026-SECRET"})]
    now = timezone.now()
    assert jobs.deliver(now) == 1 and jobs.deliver(now) == 0
    assert (again(order).state, balance(luren.id).held) == ("delivered", 0)
    assert simulator.forged == 0
    assert [a["idempotency"] for a in simulator.asked] == [f"lingyu-{order.id}"]
    assert actions.reveal_code(actor=luren, order=order) == "VIP-2026-SECRET"
    assert len(facts(OrderDelivered)) == 1


def test_trouble_is_tried_again_by_the_schedule_and_refunded_in_the_end(order, simulator, luren, facts):
    simulator.answers = [(503, {})]
    start = now = timezone.now()
    waits = []
    for _ in range(schedule.TRIES):
        assert jobs.deliver(now) == 1
        found = again(order)
        if found.state == "delivering":
            waits.append(round((found.delivery.next_at - now).total_seconds() / 60))
            now = found.delivery.next_at
    assert waits == [1, 3, 5, 10, 20, 60, 360, 720]
    assert again(order).state == "refunded"
    assert now - start <= schedule.DEADLINE
    assert (balance(luren.id).available, balance(luren.id).held) == (20, 0)
    assert len({a["idempotency"] for a in simulator.asked}) == 1 and len(simulator.asked) == 9
    assert order.good.__class__.objects.get(id=order.good_id).stock == 1
    assert [f.reason for f in facts(OrderFailed)] == ["given_up"]
    assert [f.reason for f in facts(OrderRefunded)] == ["failed"]


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ((500, {}), "http_500"),
        ((302, {}), "http_302"),
        ((200, b"not json"), "unreadable"),
        ((200, b"[" * 50_000), "unreadable"),
        ((200, {"state": "perhaps"}), "unknown_state"),
        ((200, {"state": "delivered", "code": 7}), "bad_code"),
        ((200, {"state": "delivered", "code": "x" * 501}), "bad_code"),
        # Half a character, which no database holds; a sign that turns what follows.
        ((200, b'{"state": "delivered", "code": "\\ud800"}'), "bad_code"),
        ((200, {"state": "delivered", "code": "A\u202eB"}), "bad_code"),
        ((200, b"x" * 70_000), "too_long"),
        (3.0, "timeout"),
    ],
)
def test_whatever_a_supplier_answers_is_noted_and_tried_again(order, simulator, said, noted):
    simulator.answers = [said]
    jobs.deliver(timezone.now())
    assert again(order).state == "delivering"
    assert Attempt.objects.get().outcome == noted


def test_a_head_that_comes_drop_by_drop_holds_no_worker_up(order, simulator, supplier):
    Supplier.objects.update(timeout=1)
    simulator.drips = 40
    jobs.deliver(timezone.now())
    assert Attempt.objects.get().outcome == "timeout"
    assert 0 < simulator.dripped < simulator.drips


def test_a_refusal_is_refunded_at_once(order, simulator, luren):
    simulator.answers = [(200, {"state": "refused"})]
    jobs.deliver(timezone.now())
    assert again(order).state == "refunded"
    assert [s.after for s in order.steps.all()] == ["placed", "delivering", "failed", "refunded"]
    assert balance(luren.id).available == 20


def test_an_answer_under_an_old_fence_changes_nothing(order):
    now = timezone.now()
    slow = actions.claim(delivery=Delivery.objects.get(), at=now)
    assert actions.claim(delivery=Delivery.objects.get(), at=now) is None
    later = now + schedule.LEASE
    quick = actions.claim(delivery=Delivery.objects.get(), at=later)
    assert actions.conclude(claim=quick, answer=Answer(answers.DELIVERED), at=later)
    assert not actions.conclude(claim=slow, answer=Answer(answers.REFUSED), at=later)
    assert again(order).state == "delivered"


def test_a_worker_that_was_away_past_the_deadline_refunds_without_asking(order, simulator):
    assert jobs.deliver(timezone.now() + timedelta(days=3)) == 0
    assert (again(order).state, simulator.asked) == ("refunded", [])


def test_a_lost_key_holds_up_no_other_order_and_is_noted(order, simulator, supplier, client, settings):
    settings.SECRET_KEY = "another" * 10
    assert jobs.deliver(timezone.now()) == 1
    assert (simulator.asked, Attempt.objects.get().outcome) == ([], "key_missing")
    assert again(order).state == "delivering"
    said = {"order": str(order.id), "state": "delivered"}
    assert call(client, supplier, simulator.secret, said).status_code == 503


def call(client, supplier, secret, said, **more):
    body = json.dumps(said).encode()
    address = f"/mall/suppliers/{supplier.id}/"
    told = signing.headers(secret, body) | more
    return client.post(address, body, content_type="application/json", headers=told)


def test_a_call_back_a_hundred_times_delivers_once(order, simulator, supplier, client, luren, facts):
    simulator.answers = [(200, {"state": "accepted"})]
    jobs.deliver(timezone.now())
    assert again(order).state == "delivering"
    said = {"order": str(order.id), "state": "delivered", "code": "ONE-TIME"}
    came = [call(client, supplier, simulator.secret, said).json()["changed"] for _ in range(100)]
    assert came == [True] + [False] * 99
    assert (again(order).state, balance(luren.id).available) == ("delivered", 0)
    assert len(facts(OrderDelivered)) == 1 and Attempt.objects.count() == 2
    refused = said | {"state": "refused"}
    assert not call(client, supplier, simulator.secret, refused).json()["changed"]


def test_a_call_back_too_late_is_kept_for_the_operator_once(order, simulator, supplier, client):
    simulator.answers = [(200, {"state": "refused"})]
    jobs.deliver(timezone.now())
    said = {"order": str(order.id), "state": "delivered"}
    for _ in range(3):
        call(client, supplier, simulator.secret, said)
    assert again(order).state == "refunded"
    assert Attempt.objects.filter(outcome="delivered_late").count() == 1


def test_a_call_back_that_is_not_signed_or_not_theirs_is_refused(order, simulator, supplier, client, aque):
    simulator.answers = [(200, {"state": "accepted"})]
    jobs.deliver(timezone.now())
    said = {"order": str(order.id), "state": "delivered"}
    assert call(client, supplier, "another", said).status_code == 400
    old = {signing.TIME: "1700000000"}
    assert call(client, supplier, simulator.secret, said, **old).status_code == 400
    other, secret = actions.add_supplier(actor=aque, name="other", url="https://other.example/")
    assert call(client, other, secret, said).status_code == 400
    for odd in ([], {"order": "x"}, {"order": str(order.id), "state": "later"}):
        assert call(client, supplier, simulator.secret, odd).status_code == 400
    assert again(order).state == "delivering"


def test_the_outside_is_never_called_within_a_transaction(monkeypatch, order):
    assert connection.in_atomic_block
    about = {"secret": "s", "key": "k", "order": order.id, "good": order.good_id, "timeout": 1}
    with pytest.raises(asking.InsideTransaction):
        asking.ask(url="https://supplier.example/", **about)


@pytest.mark.parametrize(
    "url",
    [
        # IPv4 within IPv6: by a translator, by 6to4, and as it was once written; all of a network at once.
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:7f00:1::]/",
        "https://[::127.0.0.1]/",
        "https://[ff02::1]/",
        "https://224.0.0.1/",
        "https://localhost./",
        "http://supplier.example/",
        "ftp://supplier.example/",
        "https://localhost/",
        "https://127.0.0.2/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://user:pass@supplier.example/",
        "https://supplier.internal/",
        "https:///nowhere",
        "https://supplier.example:port/",
        "https://sup plier.example/",
        "javascript:alert(1)",
    ],
)
def test_an_address_inside_our_own_network_is_refused(url, settings):
    settings.LINGYU_PRIVATE_SUPPLIERS = []
    with pytest.raises(Forbidden):
        checked(url)


def test_a_public_name_that_leads_inside_is_refused_when_it_is_called(monkeypatch, settings):
    settings.LINGYU_PRIVATE_SUPPLIERS = []
    inside = [(2, 1, 6, "", ("192.168.1.5", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: inside)
    monkeypatch.setattr(asking.connections, "all", lambda **k: [])
    about = {"secret": "s", "key": "k", "order": "o", "good": "g", "timeout": 1}
    assert asking.ask(url="https://supplier.example/", **about).trouble == "address_forbidden"


def test_an_operator_tries_again_at_once_or_gives_up(order, simulator, aque, luren):
    simulator.answers = [(503, {})]
    now = timezone.now()
    jobs.deliver(now)
    assert actions.retry_now(actor=aque, order=order)
    assert jobs.deliver(timezone.now()) == 1
    assert actions.give_up(actor=aque, order=order, why="they closed down")
    assert again(order).state == "refunded" and balance(luren.id).available == 20
    assert not actions.retry_now(actor=aque, order=order)
