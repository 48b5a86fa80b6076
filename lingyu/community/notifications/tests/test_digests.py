"""The digest: one mail a member and period, to confirmed addresses only, ended by one click."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection, connections

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Member
from lingyu.community.notifications import actions, kinds, sending
from lingyu.community.notifications.events import DigestSent
from lingyu.community.notifications.jobs import send_digests
from lingyu.community.notifications.models import Digest, Notification

# 09:30 in Shanghai on a Monday: the daily mail of nine o'clock is due, and the weekly one too.
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
EARLIER = MONDAY - timedelta(hours=3)


@pytest.fixture
def told(luren, reachable):
    """路人 with a confirmed address, and one thing to be told."""
    reachable(luren, "luren@feathers.example")
    actions.tell(member=luren.id, kind=kinds.FEATURED, key="one", at=EARLIER)
    return Member.objects.get(id=luren.id)


def test_what_is_new_goes_out_in_one_mail_and_never_again(told, facts):
    assert send_digests(MONDAY) > 0
    assert [m.to for m in mail.outbox] == [["luren@feathers.example"]]
    for later in (0, 1, 60, 60 * 24 - 31):
        send_digests(MONDAY + timedelta(minutes=later))
    assert len(mail.outbox) == 1
    assert [(f.person, f.found) for f in facts(DigestSent)] == [(told.key, 1)]


def test_the_next_day_tells_only_what_came_since(told):
    send_digests(MONDAY)
    tomorrow = MONDAY + timedelta(days=1)
    send_digests(tomorrow)
    assert len(mail.outbox) == 1
    actions.tell(member=told.id, kind=kinds.EXPIRED, key="two", at=MONDAY, feathers=7)
    send_digests(tomorrow)
    assert len(mail.outbox) == 2
    assert "7" in mail.outbox[1].body


def test_what_happened_after_the_hour_waits_for_the_next_mail(luren, reachable):
    reachable(luren)
    actions.tell(member=luren.id, kind=kinds.FEATURED, key="one", at=MONDAY - timedelta(minutes=10))
    send_digests(MONDAY)
    assert mail.outbox == []
    send_digests(MONDAY + timedelta(days=1))
    assert len(mail.outbox) == 1


def test_a_worker_that_was_away_for_days_sends_one_mail(told):
    for day in range(5):
        at = MONDAY + timedelta(days=day)
        actions.tell(member=told.id, kind=kinds.EXPIRED, key=str(day), at=at, feathers=1)
    send_digests(MONDAY + timedelta(days=6))
    assert len(mail.outbox) == 1


def test_what_was_read_on_the_site_is_not_mailed(told):
    actions.mark_all_read(actor=told)
    send_digests(MONDAY)
    assert mail.outbox == []


def test_what_is_read_between_claim_and_sending_is_not_mailed_either(told):
    assert sending.claim_due(MONDAY) == 1
    actions.mark_all_read(actor=told)
    sending.send_due(MONDAY)
    assert mail.outbox == []
    assert Digest.objects.get().outcome == "all_read"


def test_nothing_goes_to_an_address_that_is_not_confirmed(luren, reachable):
    reachable(luren, verified=False)
    actions.tell(member=luren.id, kind=kinds.FEATURED, key="one", at=EARLIER)
    send_digests(MONDAY)
    assert mail.outbox == []
    assert not Digest.objects.exists()


def test_nothing_goes_to_a_closed_account_even_when_it_closes_at_the_last_moment(told, aque):
    sending.claim_due(MONDAY)
    accounts.close_account(actor=aque, member=told)
    sending.send_due(MONDAY)
    assert mail.outbox == []


def test_never_means_never_and_weekly_means_monday(told):
    actions.set_rhythm(actor=told, period="off", hour=9, at=EARLIER)
    send_digests(MONDAY)
    assert mail.outbox == []
    actions.set_rhythm(actor=told, period="weekly", hour=9, at=EARLIER)
    for day in range(7):
        send_digests(MONDAY + timedelta(days=day))
    assert len(mail.outbox) == 1


def test_who_chooses_an_hour_that_is_past_waits_for_the_next_one(told):
    actions.set_rhythm(actor=told, period="daily", hour=8, at=MONDAY)
    send_digests(MONDAY)
    assert mail.outbox == []
    send_digests(MONDAY + timedelta(hours=23))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("zone", "now", "day", "hour_utc"),
    [
        ("Asia/Shanghai", datetime(2026, 11, 23, 0, 59, 59, tzinfo=UTC), "2026-11-22", 1),
        ("Asia/Shanghai", datetime(2026, 11, 23, 1, 0, 0, tzinfo=UTC), "2026-11-23", 1),
        ("America/New_York", datetime(2026, 3, 8, 13, 0, tzinfo=UTC), "2026-03-08", 13),
        ("America/New_York", datetime(2026, 3, 7, 14, 0, tzinfo=UTC), "2026-03-07", 14),
    ],
)
def test_the_hour_is_that_of_the_sites_zone_whatever_its_clocks_do(settings, zone, now, day, hour_utc):
    settings.TIME_ZONE = zone
    name, until = sending.boundary("daily", 9, now)
    assert name == f"daily {day}"
    assert until.astimezone(ZoneInfo("UTC")).hour == hour_utc
    assert until <= now


def test_an_hour_that_the_clocks_leave_out_comes_all_the_same(settings):
    settings.TIME_ZONE = "America/New_York"
    now = datetime(2026, 3, 8, 23, tzinfo=UTC)
    assert sending.boundary("daily", 2, now)[1] == datetime(2026, 3, 8, 7, tzinfo=UTC)


class Refusing:
    """A mail server that refuses."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        """Never."""
        raise ConnectionRefusedError


def test_a_refused_mail_is_tried_again_later_and_then_given_up(told, monkeypatch, facts):
    monkeypatch.setattr(mail, "get_connection", lambda *a, **k: Refusing())
    monkeypatch.setattr("django.core.mail.message.EmailMessage.get_connection", lambda *a, **k: Refusing())
    now, gaps = MONDAY, []
    monkeypatch.setattr(sending.timezone, "now", lambda: now)
    sending.claim_due(now)
    while not (digest := Digest.objects.get()).given_up_at:
        assert sending.send_due(now) == 1
        assert sending.send_due(now) == 0
        digest.refresh_from_db()
        if digest.given_up_at is None:
            gaps.append(round((digest.next_at - now).total_seconds() / 60))
            now = digest.next_at
    assert gaps == [5, 30, 120, 480]
    assert (digest.attempts, digest.outcome) == (5, "ConnectionRefusedError")
    assert not facts(DigestSent)
    assert Notification.objects.unread().count() == 1


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(told, aque, reachable, monkeypatch):
    reachable(aque)
    actions.tell(member=aque.id, kind=kinds.FEATURED, key="one", at=EARLIER)
    written = sending.letter

    def letter(digest, to):
        if digest.member_id == told.id:
            raise ValueError(to)
        return written(digest, to)

    monkeypatch.setattr(sending, "letter", letter)
    send_digests(MONDAY)
    assert len(mail.outbox) == 1
    assert "luren" not in Digest.objects.get(member=told).outcome


def test_a_worker_with_an_old_view_of_the_queue_takes_nothing(told):
    sending.claim_due(MONDAY)
    assert actions.take_due(now=MONDAY) is not None
    assert actions.take_due(now=MONDAY) is None
    assert actions.claim_digest(member=told, period="daily 2026-11-23", until=MONDAY, at=MONDAY) is None


def test_a_worker_that_died_while_sending_is_followed_by_another_with_the_same_mail(told):
    sending.claim_due(MONDAY)
    dead = actions.take_due(now=MONDAY)
    assert sending.send_due(MONDAY + timedelta(minutes=9)) == 0
    assert sending.send_due(MONDAY + timedelta(minutes=11)) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == dead.message_id


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(luren, aque, reachable):
    for member in (luren, aque):
        reachable(member)
        actions.tell(member=member.id, kind=kinds.FEATURED, key="one", at=EARLIER)

    def work(_):
        try:
            return send_digests(MONDAY)
        finally:
            connections.close_all()

    # SQLite's tests share one database in memory, which knows no waiting: there they come one by one.
    with ThreadPoolExecutor(4 if connection.vendor == "postgresql" else 1) as pool:
        list(pool.map(work, range(4)))
    assert sorted(m.to[0] for m in mail.outbox) == sorted(
        Member.objects.filter(id__in=[luren.id, aque.id]).values_list("email", flat=True)
    )
