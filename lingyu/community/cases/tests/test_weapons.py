"""Reports as a weapon: alarms about minors by many new accounts, and by an old one, and what it costs."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.cases import actions
from lingyu.community.cases.models import Case
from lingyu.community.cases.weighing.credibility import credibility
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact.standings import standing_of

# The cast has joined just now: so much later their accounts are no new ones.
LATER = timezone.now() + timedelta(days=8)


def account(name: str, joined_at=LATER):
    return accounts.join(actor=None, username=name, password="of the cast", at=joined_at)


@pytest.fixture
def write(article, luren, dapeng):
    """Comments by 路人 that everybody reads."""

    def write(n: int):
        row = comments.post_comment(
            actor=luren, article=article, body=f"第 {n} 条读后感，说法各不相同 {n * 37}"
        )
        comments.approve_comment(actor=dapeng, comment=row)
        return row

    return write


def seen(row) -> bool:
    return Comment.objects.get(id=row.id).state == "approved"


def alarm(who, row, clause="1.12", at=LATER):
    return actions.report(actor=who, subject=f"comment:{row.id}", clause=clause, at=at)


def test_a_flood_by_new_accounts_hides_nothing_and_outranks_no_credible_report(write, xiaoxi):
    flooded, pressing = write(1), write(2)
    for n in range(20):
        alarm(account(f"小号{n}"), flooded)
    case = Case.objects.get()
    assert seen(flooded)
    assert (case.minors, dict(case.why)["reports"], dict(case.why)["confidence"]) == (False, 8, 20)
    assert case.due_at == LATER + timedelta(hours=1)
    assert dict(case.why)["harm"] == 50
    alarm(xiaoxi, pressing)
    first, second = Case.objects.open().ranked()
    assert (first.subject, first.minors) == (f"comment:{pressing.id}", True)
    assert second.id == case.id


def test_a_report_never_makes_a_case_less_pressing(write, dapeng, xiaoxi):
    row = write(1)
    about = {"subject": f"comment:{row.id}", "origin": Case.Origin.SCREENING, "clause": "2.6"}
    before = actions.open_case(actor=None, confidence=0.9, **about)
    assert dict(before.why)["confidence"] == 36
    alarm(account("小号"), row, "2.1")
    assert dict(Case.objects.get().why) == dict(before.why) | {"reports": 8}


def test_what_new_accounts_say_goes_first_when_a_credible_member_says_so_too(write, xiaoxi):
    row = write(1)
    alarm(account("小号"), row)
    alarm(xiaoxi, row, "2.6")
    assert not Case.objects.get().minors
    alarm(account("老友", LATER - timedelta(days=30)), row)
    assert Case.objects.get().minors
    assert not seen(row)


def test_an_old_account_hides_one_subject_at_a_time_and_none_after_a_false_alarm(write, xiaoxi, dapeng):
    rows = [write(n) for n in range(4)]
    for row in rows[:3]:
        alarm(xiaoxi, row)
    assert [seen(row) for row in rows[:3]] == [False, True, True]
    for case in Case.objects.open():
        actions.decide(actor=dapeng, case=case, outcome="clear", at=LATER)
    assert seen(rows[0])
    assert credibility(xiaoxi.id, "1.12").mean < 0.5
    alarm(xiaoxi, rows[3])
    assert seen(rows[3])
    assert not Case.objects.open().get().minors


def test_who_was_right_before_may_hide_more(write, xiaoxi, dapeng):
    rows = [write(n) for n in range(3)]
    alarm(xiaoxi, rows[0])
    actions.decide(actor=dapeng, case=Case.objects.get(), outcome="violation", lead="1.12", at=LATER)
    for row in rows[1:]:
        alarm(xiaoxi, row)
    assert [seen(row) for row in rows[1:]] == [False, False]


def test_a_false_alarm_in_bad_faith_is_other_harm_and_moves_its_writer_up(write, xiaoxi, dapeng):
    given = alarm(xiaoxi, write(1))
    actions.decide(actor=dapeng, case=Case.objects.get(), outcome="clear", at=LATER)
    case = actions.look_at_report(actor=dapeng, report=given, at=LATER)
    assert case.suspected == "9.4"
    actions.decide(actor=dapeng, case=case, outcome="violation", lead="9.4", words="明知不实", at=LATER)
    assert standing_of(xiaoxi, LATER).rung.code == "mute_1"


def test_members_cannot_report_and_so_read_others_reports(write, xiaoxi, aque, client_of):
    given = alarm(xiaoxi, write(1))
    with pytest.raises(ValidationError, match="nothing here"):
        actions.report(actor=aque, subject=f"report:{given.id}", clause="2.6")
    assert client_of(aque).get(f"/report/report/{given.id}/").status_code == 404
