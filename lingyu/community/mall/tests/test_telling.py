"""What members are told of their orders, and of goods they wait for."""

import pytest
from django.utils import timezone

from lingyu.community.mall import actions, jobs
from lingyu.community.notifications.models import Notification
from lingyu.store.deliver import deliver_due

from .conftest import buy, give

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound")]


def told(member):
    while deliver_due():
        pass
    rows = Notification.objects.filter(member=member).exclude(kind__startswith="feathers_")
    return list(rows.order_by("at", "id").values_list("kind", flat=True))


def test_a_parcels_member_is_told_when_it_is_sent_and_when_it_is_refunded(sell, luren, aque, client_of):
    give(luren, 20)
    order = buy(luren, sell("physical", stock=1, en="A mug")).order
    actions.pack_order(actor=aque, order=order)
    actions.ship_order(actor=aque, order=order, carrier="SF", tracking="SF 1")
    actions.refund_order(actor=aque, order=order, why="It was lost on the way.")
    assert told(luren) == ["order_shipped", "order_refunded"]
    browser = client_of(luren)
    centre = browser.get("/me/notifications/", follow=True).content.decode()
    assert "“A mug” is on its way to you" in centre
    told_of = Notification.objects.get(kind="order_shipped")
    assert browser.get(f"/me/notifications/{told_of.id}/")["Location"] == f"/me/orders/{order.id}/"
    assert "It was lost on the way." in browser.get(f"/me/orders/{order.id}/").content.decode()


def test_who_waits_for_a_good_is_told_once_when_it_is_back(sell, luren, dapeng, aque):
    good = sell("physical", stock=0)
    for member in (luren, dapeng):
        assert actions.wish(actor=member, good=good) and not actions.wish(actor=member, good=good)
    actions.unwish(actor=dapeng, good=good)
    assert jobs.wishes(timezone.now()) == 0
    actions.restock(actor=aque, good=good, pieces=1)
    assert [jobs.wishes(timezone.now()) for _ in range(2)] == [1, 0]
    assert (told(luren), told(dapeng)) == (["good_back"], [])
