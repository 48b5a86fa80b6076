"""Who was refused by a rule that has been taken back is told, once."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from lingyu.community.notifications.models import Notification
from lingyu.community.rulebook.events import RefusalRegretted
from lingyu.kernel.ids import uuid7
from lingyu.store.deliver import deliver_due
from lingyu.store.outbox import record


def test_a_refusal_by_mistake_is_owned_up_to_once(luren, client_of):
    about = {"change": uuid7(), "screening": uuid7(), "kind": "comment", "subject": "comment:1"}
    for _twice in range(2):
        with transaction.atomic():
            record(RefusalRegretted(occurred_at=timezone.now(), person=luren.key, actor=None, **about))
    while deliver_due():
        pass
    assert Notification.objects.filter(member=luren, kind="pact_refused_wrongly").count() == 1
    assert "send it again" in client_of(luren).get(reverse("notifications")).content.decode()
