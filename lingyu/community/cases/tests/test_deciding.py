"""From a report to the decision, the appeal, and everything restored."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from lingyu.community.accounts import door
from lingyu.community.cases import actions
from lingyu.community.cases.events import CaseDecided, DecisionReversed, ReportSettled
from lingyu.community.cases.models import Case, Decision, Report, Ruling
from lingyu.community.comments.models import Comment
from lingyu.community.pact import actions as pact
from lingyu.community.pact.models import Finding
from lingyu.community.pact.standings import standing_of


def decided(case, by, clause="2.6", **more) -> Decision:
    return actions.decide(
        actor=by, case=case, outcome="violation", lead=clause, words="这句话在骂人。", **more
    )


@pytest.fixture
def case(comment, xiaoxi) -> Case:
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6")
    return Case.objects.get()


def test_many_reports_are_one_case_and_each_member_counts_once(comment, xiaoxi, aque):
    later = timezone.now() + timedelta(days=8)
    for who in (xiaoxi, aque, xiaoxi):
        actions.report(actor=who, subject=f"comment:{comment.id}", clause="2.6", at=later)
    case = Case.objects.get()
    assert Report.objects.filter(case=case).count() == 2
    assert dict(case.why)["reports"] == 13
    assert case.suspected == "2.6"


def test_nobody_reports_their_own_or_what_is_not_there(comment, luren, xiaoxi):
    with pytest.raises(ValidationError, match="your own"):
        actions.report(actor=luren, subject=f"comment:{comment.id}", clause="2.6")
    for subject in ("comment:01900000-0000-7000-8000-000000000000", "planet:1", "nonsense"):
        with pytest.raises(ValidationError, match="nothing here"):
            actions.report(actor=xiaoxi, subject=subject, clause="2.6")


def test_a_flood_of_reports_is_bounded(comment, xiaoxi, article, luren, dapeng):
    from lingyu.community.comments import actions as comments

    with pytest.raises(ValidationError, match="a lot lately"):
        for n in range(12):
            row = comments.post_comment(
                actor=luren, article=article, body=f"第 {n} 条普通的读后感，内容各不相同 {n * 37}"
            )
            comments.approve_comment(actor=dapeng, comment=row)
            actions.report(actor=xiaoxi, subject=f"comment:{row.id}", clause="2.6")
    assert Report.objects.filter(reporter=xiaoxi).count() == 10


def test_a_violation_hides_the_comment_and_moves_its_author_up(case, dapeng, luren, comment, facts):
    decided(case, dapeng)
    assert Comment.objects.get(id=comment.id).state == "removed"
    assert standing_of(luren).rung.code == "mute_1"
    assert [e.outcome for e in facts(CaseDecided)] == ["violation"]
    assert [e.outcome for e in facts(ReportSettled)] == ["upheld"]
    with pytest.raises(door.Silenced):
        from lingyu.community.comments import actions as comments

        comments.post_comment(actor=luren, article=comment.article, body="再说一句")


def test_what_breaks_nothing_stays_and_nobody_is_moved(case, dapeng, luren, comment):
    actions.decide(actor=dapeng, case=case, outcome="clear")
    assert Comment.objects.get(id=comment.id).state == "approved"
    assert standing_of(luren).rung.code == "clear"
    assert Report.objects.get().outcome == "dismissed"


def test_a_case_is_decided_once_and_not_by_whom_it_is_about(case, dapeng, xiaoyan, luren):
    decided(case, dapeng)
    with pytest.raises(ValidationError, match="decided meanwhile"):
        decided(case, xiaoyan)
    assert Finding.objects.count() == 1


def test_an_old_lease_does_not_decide(case, dapeng, xiaoyan):
    now = timezone.now()
    old = actions.take(actor=dapeng, case=case, at=now)
    with pytest.raises(ValidationError, match="大鹏"):
        actions.take(actor=xiaoyan, case=case, at=now)
    later = now + timedelta(minutes=16)
    new = actions.take(actor=xiaoyan, case=case, at=later)
    assert (old.token, new.token) == (1, 2)
    with pytest.raises(ValidationError, match="小雁"):
        decided(case, dapeng, token=old.token, at=later)
    decided(case, xiaoyan, token=new.token, at=later)


def test_an_overturned_decision_is_as_if_it_had_never_been(case, dapeng, xiaoyan, luren, comment, facts):
    decision = decided(case, dapeng)
    appeal = actions.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    with pytest.raises(ValidationError, match="somebody else"):
        actions.rule(actor=dapeng, appeal=appeal, outcome="overturned", words="再看一遍")
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实是在夸人。")
    assert Comment.objects.get(id=comment.id).state == "approved"
    assert standing_of(luren).rung.code == "clear"
    assert not standing_of(luren).penalties
    assert Report.objects.get().outcome == "dismissed"
    assert len(facts(DecisionReversed)) == 1


def test_what_a_reporter_won_an_appeal_about_is_not_decided_again_by_who_decided(
    case, dapeng, xiaoyan, xiaoxi
):
    decision = actions.decide(actor=dapeng, case=case, outcome="clear")
    appeal = actions.appeal(actor=xiaoxi, decision=decision, words="这句话明明在骂人。")
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实骂了人。")
    anew = Case.objects.open().get()
    for again in (actions.take, decided):
        with pytest.raises(ValidationError, match="Somebody else decides it now"):
            again(case=anew, **({"actor": dapeng} if again is actions.take else {"by": dapeng}))
    assert actions.take_next(actor=dapeng) is None
    assert decided(anew, xiaoyan).lead == "2.6"


def test_the_database_itself_refuses_a_ruling_by_who_decided(case, dapeng, luren):
    decision = decided(case, dapeng)
    appeal = actions.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    with pytest.raises(DatabaseError), transaction.atomic():
        Ruling.objects.create(appeal=appeal, outcome="upheld", words="x", by=dapeng, at=timezone.now())
    assert not Ruling.objects.exists()


def test_a_reduced_decision_weighs_less(case, dapeng, xiaoyan, luren):
    decision = decided(case, dapeng, clause="2.7")
    found = Finding.objects.get()
    appeal = actions.appeal(actor=luren, decision=decision, words="只是开玩笑，没有那么重。")
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="reduced", severity=1, words="轻微。")
    assert found.severity > 1
    assert standing_of(luren).rung.code == "reminder"


def test_an_appeal_the_house_is_late_with_lets_the_penalty_rest(case, dapeng, xiaoyan, luren):
    decision = decided(case, dapeng, clause="2.7")
    now = decision.at
    appeal = actions.appeal(actor=luren, decision=decision, words="只是开玩笑，没有那么重。", at=now)
    assert actions.relieve_late(actor=None, at=now + timedelta(hours=71)) == 0
    assert actions.relieve_late(actor=None, at=now + timedelta(hours=73)) == 1
    assert actions.relieve_late(actor=None, at=now + timedelta(hours=74)) == 0
    assert standing_of(luren, now + timedelta(hours=74)).speaks
    actions.rule(
        actor=xiaoyan, appeal=appeal, outcome="upheld", words="仍然成立。", at=now + timedelta(hours=75)
    )
    level = standing_of(luren, now + timedelta(hours=76)).rung.level
    assert level == standing_of(luren, now + timedelta(hours=1)).rung.level > 1


def test_a_batch_is_taken_back_by_one_click(article, luren, aque, dapeng, xiaoxi):
    from lingyu.community.comments import actions as comments

    cases = []
    for n, who in enumerate((luren, aque)):
        row = comments.post_comment(actor=who, article=article, body=f"普通的读后感，第{n}种说法")
        comments.approve_comment(actor=dapeng, comment=row)
        cases.append(actions.look_at(actor=dapeng, subject=f"comment:{row.id}"))
    made = actions.decide_many(actor=dapeng, cases=cases, outcome="violation", lead="3.1")
    assert Comment.objects.removed().count() == 2
    assert actions.take_back(actor=dapeng, batch=made[0].batch, words="选错了。") == 2
    assert Comment.objects.approved().count() == 2
    assert standing_of(luren).rung.code == standing_of(aque).rung.code == "clear"


def test_a_credible_report_of_harm_to_a_minor_hides_first_and_punishes_nobody(comment, xiaoxi, luren, dapeng):
    later = timezone.now() + timedelta(days=8)
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="1.12", at=later)
    case = Case.objects.get()
    assert (case.minors, case.due_at) == (True, later + timedelta(hours=1))
    assert Comment.objects.get(id=comment.id).state == "removed"
    assert standing_of(luren, later).rung.code == "clear"
    actions.decide(actor=dapeng, case=case, outcome="clear", at=later)
    assert Comment.objects.get(id=comment.id).state == "approved"


def test_a_new_account_cannot_hide_anything_by_reporting(comment, xiaoxi):
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="1.12")
    assert Comment.objects.get(id=comment.id).state == "approved"
    assert Case.objects.get().due_at == Case.objects.get().opened_at + timedelta(hours=1)


def test_what_is_permanent_needs_a_second_person(case, dapeng, xiaoyan, luren):
    decided(case, dapeng, clause="1.12")
    finding = Finding.objects.get()
    assert standing_of(luren).rung.code == "mute_15"
    with pytest.raises(ValidationError, match="Somebody else"):
        pact.second(actor=dapeng, finding=finding)
    assert pact.second(actor=xiaoyan, finding=finding)
    assert standing_of(luren).rung.code == "ban"
