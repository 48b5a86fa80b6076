"""Operators are told when the ledger stops adding up, once for each finding, and nobody else is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.notifications.models import Notification
from lingyu.store.deliver import deliver_due

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
HEALTH = "/desk/rewards/health/"
PREFERENCES = "/me/notifications/preferences/"


@pytest.fixture
def broken(luren):
    """路人 has five feathers more than anybody gave."""
    with transaction.atomic():
        about = {"member": luren.id, "amount": 10, "cause": "test.cause", "subject": "article:1", "about": {}}
        ledger.issue(**about, key="a", at=NOW, lot_expires_at=None)
    with connection.cursor() as cursor:
        cursor.execute("update ledger_account set balance = balance + 5 where kind = 'available'")


def told_of(member) -> int:
    return Notification.objects.filter(member=member, kind="ledger_drifted").count()


def test_who_manages_feathers_is_told_of_each_finding_once(broken, aque, dapeng, luren):
    found = ledger.check_sample(at=NOW)
    deliver_due()
    assert found
    assert told_of(aque) == len(found)
    ledger.check_sample(at=NOW + timedelta(minutes=10))
    deliver_due()
    assert told_of(aque) == len(found)
    assert told_of(dapeng) == told_of(luren) == 0


def test_the_line_says_what_was_found_and_leads_to_the_health_of_the_ledger(broken, aque, client_of):
    found = ledger.check_sample(at=NOW)
    deliver_due()
    browser = client_of(aque)
    page = browser.get("/me/notifications/", {"area": "desk"}).content.decode()
    assert "The ledger of feathers does not add up" in page
    assert any(fault in page for fault in found)
    told = Notification.objects.filter(member=aque, kind="ledger_drifted").first()
    assert browser.get(f"/me/notifications/{told.id}/").headers["Location"] == HEALTH


def test_a_ledger_that_adds_up_tells_nobody(luren, aque):
    ledger.check_sample(at=NOW)
    deliver_due()
    assert told_of(aque) == 0


def test_only_those_who_may_be_told_choose_whether_they_are(aque, luren, client_of):
    assert "here.ledger_drifted" in client_of(aque).get(PREFERENCES).content.decode()
    assert "here.ledger_drifted" not in client_of(luren).get(PREFERENCES).content.decode()
    assert ">Desks<" not in client_of(luren).get("/me/notifications/").content.decode()
