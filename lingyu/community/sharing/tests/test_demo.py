"""The demo shares: something is posted, something on hold, somebody was invited."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lingyu.community import demo
from lingyu.community.accounts.models import Member
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.verify import verify
from lingyu.community.sharing import fission
from lingyu.community.sharing.events import Arrived, InvitedJoined, LinkMade, ReaderQualified
from lingyu.community.sharing.models import Invitation

pytestmark = pytest.mark.django_db


def test_the_demo_has_readers_counted_readers_on_hold_and_friends(facts):
    now = timezone.now()
    demo.load(now)
    receipts = Receipt.objects.filter(cause="share.reader")
    assert receipts.filter(outcome="approved").count() >= 10
    assert receipts.filter(outcome="approved", at__lt=now - timedelta(days=7)).exists()
    assert not receipts.filter(reason="share.gone").exists()
    held = receipts.filter(outcome="pending", due_at__gt=now)
    assert held.count() >= 1
    assert {i.state for i in Invitation.objects.all()} <= {"joined", "active"}
    assert Invitation.objects.filter(active_at__isnull=False).exists()
    for kind in (LinkMade, Arrived, ReaderQualified, InvitedJoined):
        assert facts(kind)
        assert all(now - timedelta(days=demo.DAYS) <= f.occurred_at <= now for f in facts(kind)), kind
    assert verify().faults == []
    root = Member.objects.get(username="xiaoxi")
    assert [g.members for g in fission.generations(root)] == [1, 1, 1]
