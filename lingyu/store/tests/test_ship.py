"""Shipping: by state, as often as need be, each fact once."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lingyu.kernel import events
from lingyu.store import freshness, ship
from lingyu.store.engines import engine
from lingyu.store.models import Delivery, Envelope
from lingyu.store.outbox import record
from lingyu.store.purge import purge_before
from lingyu.store.query import ask
from lingyu.store.ship import Busy, lease, ship_all

from . import samples as s
from .cases.base import ask_for
from .samples import paid, refunded

pytestmark = pytest.mark.django_db


def _record(*facts) -> None:
    with transaction.atomic():
        record(*facts)


def _orders() -> int:
    return ask(ask_for(s.ORDERS, "2024-03-01", "2024-03-31")).total


def test_what_waits_is_shipped_and_waits_no_more(store):
    _record(paid("2024-03-04"), paid("2024-03-05"))
    assert (freshness.waiting(), ship_all(), freshness.waiting(), ship_all()) == (1, 2, 0, 0)
    assert _orders() == 2


def test_an_envelope_that_was_committed_late_is_shipped_though_newer_ones_went_before(store):
    _record(paid("2024-03-04"))
    early = Envelope.objects.get()
    _record(paid("2024-03-05"))
    # As another transaction sees it that began before and commits after: the older row is not there yet.
    body = early.body
    early.delete()
    ship_all()
    Envelope.objects.create(id=early.id, event=early.event, size=1, body=body, recorded_at=early.recorded_at)
    assert ship_all() == 1
    assert _orders() == 2


def test_a_shipper_that_dies_before_it_marks_is_followed_by_one_that_counts_nothing_twice(store, monkeypatch):
    _record(paid("2024-03-04"), paid("2024-03-05"))

    def die():
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ship.timezone, "now", die)
        with pytest.raises(KeyboardInterrupt):
            ship_all()
    assert freshness.waiting() == 1
    assert ship_all() == 0
    assert (freshness.waiting(), _orders()) == (0, 2)


def test_facts_of_several_kinds_go_together(store):
    _record(paid("2024-03-04", 100), refunded("2024-03-05", -40, "2024-03-04"), paid("2024-03-05", 1))
    assert ship_all() == 3
    assert ask(ask_for(s.NET, "2024-03-01", "2024-03-31")).total == 61


def test_the_same_id_in_two_kinds_of_fact_is_two_facts(store):
    order = paid("2024-03-04", 100)
    back = refunded("2024-03-04", -40, "2024-03-04")
    _record(
        order, s.Refunded(**{f: getattr(back, f) for f in back.__struct_fields__ if f != "id"}, id=order.id)
    )
    assert ship_all() == 2


def test_facts_of_a_room_that_is_gone_wait_and_hold_up_nobody(store):
    _record(paid("2024-03-04"), refunded("2024-03-05", -40))
    kind = events.EVENTS.pop("test.refunded")
    assert (ship_all(), freshness.waiting()) == (1, 1)
    events.EVENTS["test.refunded"] = kind
    assert (ship_all(), freshness.waiting()) == (1, 0)


def test_shipping_is_told_in_small_batches_and_says_how_far_it_is(on_duck, monkeypatch):
    monkeypatch.setattr(ship, "BATCH_BYTES", 1)
    for _ in range(3):
        _record(paid("2024-03-04"))
    told = []
    assert ship_all(told.append) == 3
    assert told == [1, 2, 3]


def test_what_a_killed_shipper_left_on_disk_is_removed(on_duck):
    left = on_duck / "spill" / "ship-dead"
    left.mkdir(parents=True)
    (left / "0.jsonl").write_text("{}")
    _record(paid("2024-03-04"))
    ship_all()
    assert not left.exists()


def test_numbers_are_as_fresh_as_the_oldest_fact_that_waits(on_duck):
    _record(paid("2024-03-04"))
    waiting = Envelope.objects.get()
    assert freshness.as_of() == waiting.recorded_at
    ship_all()
    assert freshness.as_of() > waiting.recorded_at


_HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


def test_one_ships_at_a_time(on_duck):
    on_duck.mkdir(parents=True, exist_ok=True)
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, on_duck / "ship.lock"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Busy):
            ship_all(wait=False)
    finally:
        other.kill()
        other.communicate()
    # The lock of a process that was killed is free.
    with lease(wait=False):
        pass


def test_only_what_is_shipped_logged_and_delivered_is_thrown_away(on_duck):
    for _ in range(3):
        _record(paid("2024-03-04"))
    ship_all()
    old, followed, fresh = Envelope.objects.order_by("id")
    long_ago = timezone.now() - timedelta(days=8)
    done = Envelope.objects.filter(id__in=[old.id, followed.id])
    done.update(shipped_at=long_ago)
    assert purge_before(timezone.now() - timedelta(days=7)) == 0
    done.update(logged_at=long_ago)
    Delivery.objects.create(envelope=old, reaction="done", next_at=long_ago, done_at=long_ago)
    Delivery.objects.create(envelope=followed, reaction="open", next_at=long_ago)
    _record(paid("2024-03-05"))
    assert purge_before(timezone.now() - timedelta(days=7)) == 1
    assert not Envelope.objects.filter(id=old.id).exists()
    assert Envelope.objects.count() == 3
    assert _orders() == 3


def test_facts_that_come_in_change_the_answer_and_nothing_else_asks_again(store):
    _record(paid("2024-03-04"))
    ship_all()
    assert _orders() == 1
    running, asked = engine(), []
    scan = running.scan
    running.scan = lambda question: asked.append(question) or scan(question)
    assert (_orders(), asked) == (1, [])
    _record(paid("2024-03-05"))
    ship_all()
    assert (_orders(), len(asked)) == (2, 1)
