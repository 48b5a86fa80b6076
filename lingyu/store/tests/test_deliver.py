"""Delivery: each reaction follows each fact once, whatever fails on the way."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lingyu.kernel.events import Event
from lingyu.kernel.reactions import REACTIONS, reaction
from lingyu.store.deliver import BACK_OFF, deliver_due, follow
from lingyu.store.models import Delivery, Handled
from lingyu.store.outbox import record

from .samples import Paid, Refunded, paid, refunded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("declared")]


def _record(*facts) -> None:
    with transaction.atomic():
        record(*facts)


def _see(kind: type[Event], seen: list) -> None:
    def see(event):
        seen.append(event)

    see.__name__ = f"see_{kind.__name__}"
    reaction(on=kind)(see)


def _now_due() -> None:
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))


def test_a_reaction_follows_the_facts_it_is_for():
    seen = []
    _see(Paid, seen)
    facts = [paid("2024-03-04"), paid("2024-03-05")]
    _record(*facts, refunded("2024-03-05", -1))
    assert (deliver_due(), seen) == (1, facts)
    assert deliver_due() == 0


def test_a_fact_that_is_delivered_twice_is_followed_once():
    seen = []
    _see(Paid, seen)
    fact = paid("2024-03-04")
    _record(fact)
    _record(fact)
    assert (deliver_due(), seen) == (2, [fact])
    Delivery.objects.update(done_at=None)
    _now_due()
    assert (deliver_due(), seen) == (2, [fact])


def test_what_a_reaction_did_and_that_it_did_it_are_one():
    def charge(event):
        Handled.objects.create(reaction="effect", event_id=event.id, handled_at=timezone.now())
        if failing:
            raise RuntimeError("half done")

    reaction(on=Paid)(charge)
    _record(paid("2024-03-04"))
    failing = True
    assert deliver_due() == 0
    assert not Handled.objects.exists()
    failing = False
    _now_due()
    assert deliver_due() == 1
    assert Handled.objects.count() == 2


def test_a_reaction_that_fails_is_tried_again_later_and_holds_up_nobody():
    seen, fails = [], [True]

    def stumble(event):
        if fails:
            raise LookupError("no such member")

    reaction(on=Paid)(stumble)
    _see(Paid, seen)
    _see(Refunded, seen)
    order, back = paid("2024-03-04"), refunded("2024-03-05", -1)
    _record(order, back)
    before = timezone.now()
    assert deliver_due() == 2
    assert {event.id for event in seen} == {order.id, back.id}
    waiting = Delivery.objects.get(done_at=None)
    assert "LookupError: no such member" in waiting.last_error
    assert waiting.next_at >= before + timedelta(seconds=BACK_OFF[0])
    assert deliver_due() == 0
    fails.clear()
    _now_due()
    assert deliver_due() == 1
    assert Delivery.objects.get(id=waiting.id).last_error == ""


def test_one_bad_fact_holds_up_none_of_its_envelope():
    seen = []

    def pick(event):
        if event.amount < 0:
            raise ValueError("negative")
        seen.append(event.amount)

    reaction(on=Paid)(pick)
    _record(paid("2024-03-04", 1), paid("2024-03-04", -1), paid("2024-03-04", 2))
    assert deliver_due() == 0
    assert seen == [1, 2]
    _now_due()
    assert deliver_due() == 0
    assert seen == [1, 2]
    assert "1 of 3" in Delivery.objects.get().last_error


def test_waiting_grows_with_every_failure():
    def never(event):
        raise RuntimeError

    reaction(on=Paid)(never)
    _record(paid("2024-03-04"))
    for seconds in (*BACK_OFF, BACK_OFF[-1]):
        _now_due()
        before = timezone.now()
        deliver_due()
        waited = Delivery.objects.get().next_at - before
        assert timedelta(seconds=seconds) <= waited < timedelta(seconds=seconds + 60)


def test_a_reaction_that_is_gone_leaves_its_deliveries_waiting():
    def gone(event):
        pass

    reaction(on=Paid)(gone)
    _record(paid("2024-03-04"))
    found = dict(REACTIONS)
    REACTIONS.clear()
    assert deliver_due() == 0
    REACTIONS.update(found)
    _now_due()
    assert deliver_due() == 1


def test_following_says_whether_it_ran_now():
    made = reaction(on=Paid)(lambda event: None)
    fact = paid("2024-03-04")
    (only,) = REACTIONS.values()
    assert only.run is made
    assert (follow(only, fact), follow(only, fact)) == (True, False)
