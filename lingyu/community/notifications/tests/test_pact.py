"""Told of the pact: each decision, report, appeal and version once, and where to read on."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Case
from lingyu.community.notifications import kinds
from lingyu.community.notifications.actions import announcing
from lingyu.community.notifications.centre import lines_of
from lingyu.community.notifications.jobs import carry_announcements_on
from lingyu.community.notifications.models import Notification
from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.pact.clauses import load
from lingyu.store.deliver import deliver_due


@pytest.fixture
def xiaoyan(db):
    """小雁, who moderates too."""
    member = accounts.join(actor=None, username="小雁", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="moderator")
    return member


def settle():
    while deliver_due():
        pass


def told(member) -> dict[str, str]:
    """What a member was told of the pact: where each kind leads."""
    found = lines_of(Notification.objects.filter(member=member, kind__startswith="pact_"))
    return {line.kind.code: line.href for line in found}


@pytest.fixture
def decision(say, luren, xiaoxi, dapeng):
    """A comment of 路人's that 小喜 reported and 大鹏 took away."""
    comment = say(luren, "写得很清楚，留存那段我收藏了。")
    cases.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6")
    made = cases.decide(actor=dapeng, case=Case.objects.get(), outcome="violation", lead="2.6")
    settle()
    return made


def test_author_and_reporter_are_told_of_a_decision_once_each(decision, luren, xiaoxi):
    address = f"/pact/decisions/{decision.id}/"
    assert told(luren) == {"pact_decided": address}
    assert told(xiaoxi) == {"pact_report_settled": address}
    kinds = list(Notification.objects.filter(member=luren).values_list("kind", flat=True))
    assert "comment_removed" not in kinds
    assert kinds.count("pact_decided") == 1


def test_a_removal_without_a_decision_is_told_as_before(say, luren, dapeng):
    from lingyu.community.comments import actions as comments

    comments.remove_comment(actor=dapeng, comment=say(luren), reason="off_topic")
    settle()
    assert Notification.objects.filter(member=luren, kind="comment_removed").count() == 1


def test_who_appealed_is_told_of_the_ruling_and_not_again_of_the_reversal(decision, luren, xiaoyan):
    appeal = cases.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    cases.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实是在夸人。")
    settle()
    assert told(luren)["pact_appeal_ruled"] == f"/pact/appeals/{appeal.id}/"
    assert "pact_reversed" not in told(luren)
    assert not Notification.objects.filter(member=luren, kind="comment_restored").exists()


def test_a_reporter_is_told_when_the_decision_is_reversed(decision, luren, xiaoxi, xiaoyan):
    appeal = cases.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    cases.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实是在夸人。")
    settle()
    told_of = Notification.objects.get(member=xiaoxi, kind="pact_report_changed")
    assert told_of.details["outcome"] == "dismissed"
    assert told(xiaoxi)["pact_report_changed"] == f"/pact/decisions/{decision.id}/"


def test_a_decision_that_is_taken_back_is_told_to_its_author(decision, luren, dapeng):
    cases.reverse(actor=dapeng, decision=decision, words="看错了。")
    settle()
    assert "pact_reversed" in told(luren)


def test_a_resting_penalty_is_told(decision, luren):
    cases.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    cases.relieve_late(actor=None, at=timezone.now() + timedelta(hours=80))
    settle()
    assert told(luren)["pact_resting"] == f"/pact/decisions/{decision.id}/"


def test_every_member_is_told_of_a_new_version(luren, xiaoxi, dapeng):
    data = versions.as_data(load())
    data[1]["clauses"][0]["words_en"] += " Truly."
    soon = timezone.now() + timedelta(days=8)
    notes = {"note_zh": "更清楚", "note_en": "Clearer"}
    pact.announce(actor=dapeng, pact=versions.from_data(data, 2), in_force_at=soon, **notes)
    settle()
    while carry_announcements_on(timezone.now()):
        pass
    assert told(luren) == told(xiaoxi) == {"pact_announced": "/pact/versions/2/changes/"}
    assert told(dapeng) == {}


def test_telling_everybody_goes_in_slices_and_on_after_a_stop(luren, xiaoxi, dapeng, aque, monkeypatch):
    monkeypatch.setattr(announcing, "BATCH", 2)
    now = timezone.now()
    about = {
        "kind": kinds.VERSION_ANNOUNCED,
        "key": "2",
        "at": now,
        "details": {"number": 2, "day": "2026-12-01"},
    }
    for _again in range(2):
        announced = announcing.announce(actor=dapeng.id, **about)
    late = accounts.join(actor=None, username="后来的人", password="of the cast", at=now + timedelta(hours=1))
    with pytest.raises(RuntimeError), transaction.atomic():
        assert carry_announcements_on(now) == 2
        raise RuntimeError("killed before it was committed")
    assert not Notification.objects.filter(kind="pact_announced").exists()
    assert [carry_announcements_on(now) for _turn in range(4)] == [2, 2, 0, 0]
    announced.refresh_from_db()
    assert announced.ended_at == now
    everybody = Notification.objects.filter(kind="pact_announced").values_list("member", flat=True)
    assert sorted(everybody) == sorted(m.id for m in (luren, xiaoxi, aque))
    assert told(late) == {}


def test_the_writer_of_held_words_is_told_that_they_are_published(xiaoxi, dapeng):
    from lingyu.community.accounts import door

    advert = "这个保温杯便宜死了，复制这段话打开淘宝就能领券 ￥kQ3xW8bN2aZ￥"
    written = articles.write_article(actor=xiaoxi, title="好物", body=advert)
    with pytest.raises(door.Waits):
        articles.publish_article(actor=xiaoxi, article=written, contest=True)
    settle()
    cases.decide(actor=dapeng, case=Case.objects.get(), outcome="clear")
    settle()
    written.refresh_from_db()
    assert written.is_published
    assert set(told(xiaoxi)) == {"pact_let_pass"}
