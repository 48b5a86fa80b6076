"""Bulk and undo, second people, appeals: what takes more than one click, or more than one person."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lingyu.community.cases import actions
from lingyu.community.cases.models import Appeal, Case, Decision, Report
from lingyu.community.cases.reviewing.awaiting import awaiting
from lingyu.community.cases.telling import proofs
from lingyu.community.cases.weighing.credibility import credibility
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact import actions as pact
from lingyu.community.pact.models import Finding, Refusal, Second
from lingyu.community.pact.standings import standing_of

from .reviewing import another, decided, said


def test_several_are_decided_alike_after_a_preview_and_taken_back_by_one_click(
    article, luren, aque, dapeng, desk
):
    cases = [another(article, who, dapeng, f"买药找我，{n} 号客服") for n, who in enumerate((luren, aque))]
    chosen = {"case": [str(c.id) for c in cases]}
    assert "Shown once you have chosen" in said(desk.post("/review/bulk/", chosen))
    told = chosen | {"outcome": "violation", "lead": "3.1"}
    preview = said(desk.post("/review/bulk/", told))
    assert "路人" in preview and "阿鹊" in preview and "I have read what happens" in preview
    assert not Decision.objects.exists()
    assert desk.post("/review/bulk/", told | {"confirmed": "1"})["Location"] == "/review/decisions/"
    assert Comment.objects.removed().count() == 2
    batch = Decision.objects.first().batch
    assert "2 cases at once" in said(desk.get("/review/decisions/"))
    desk.post(f"/review/decisions/batch/{batch}/undo/")
    assert Comment.objects.approved().count() == 2
    assert standing_of(luren).rung.code == "clear"
    assert Case.objects.open().count() == 2


def test_all_are_decided_or_none(article, luren, aque, dapeng, xiaoyan, desk):
    cases = [another(article, who, dapeng, f"买药找我，{n} 号客服") for n, who in enumerate((luren, aque))]
    actions.take(actor=xiaoyan, case=cases[1])
    told = {"case": [str(c.id) for c in cases], "outcome": "violation", "lead": "3.1", "confirmed": "1"}
    answer = desk.post("/review/bulk/", told)
    assert answer.status_code == 422
    assert "小雁" in answer.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize("ids", [["x"] * 201, ["nonsense", "01900000-0000-7000-8000-000000000000"], []])
def test_hostile_choices_are_refused(ids, desk):
    assert desk.post("/review/bulk/", {"case": ids})["Location"] == "/review/"


def test_a_decision_is_taken_back_for_a_day_by_whoever_made_it(case, desk, dapeng, xiaoyan, client_of, luren):
    made = decided(case, dapeng)
    assert client_of(xiaoyan).post(f"/review/decisions/{made.id}/undo/").status_code == 404
    answer = desk.post(f"/review/decisions/{made.id}/undo/")
    new = Case.objects.open().get()
    assert answer["Location"] == f"/review/cases/{new.id}/"
    assert (new.suspected, standing_of(luren).rung.code) == ("2.6", "clear")
    desk.post(f"/review/decisions/{made.id}/undo/")
    assert Case.objects.count() == 2


def test_a_slip_that_is_taken_back_counts_for_and_against_no_reporter(
    case, dapeng, xiaoyan, xiaoxi, luren, client_of
):
    made = decided(case, dapeng)
    new = actions.withdraw(actor=dapeng, decision=made, words="点错了。")
    given = Report.objects.get()
    assert (given.case, given.outcome, dict(new.why)["reports"]) == (new, "", 8)
    assert credibility(xiaoxi.id, "2.6").mean == 0.5
    assert proofs.proof_of(made) and all(line.holds for line in proofs.proof_of(made))
    assert client_of(xiaoxi).get(f"/pact/decisions/{made.id}/").status_code == 200
    again = decided(new, dapeng)
    appeal = actions.appeal(actor=luren, decision=again, words="我是在夸作者，没有骂人。")
    assert Report.objects.get().outcome == "upheld"
    assert actions.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实是在夸人。")
    assert Report.objects.get().outcome == "dismissed"


def test_what_nobody_saw_before_a_slip_is_not_seen_after_it_is_taken_back(article, luren, dapeng):
    row = comments.post_comment(actor=luren, article=article, body="还没人看过的评论，普普通通")
    case = actions.look_at(actor=dapeng, subject=f"comment:{row.id}")
    made = decided(case, dapeng)
    actions.withdraw(actor=dapeng, decision=made, words="点错了。")
    assert not Comment.objects.approved().exists()
    new = Case.objects.open().get()
    actions.decide(actor=dapeng, case=new, outcome="clear")
    assert Comment.objects.approved().get() == row


def test_a_decision_that_is_appealed_or_old_is_not_taken_back(case, desk, dapeng, luren):
    made = decided(case, dapeng)
    actions.appeal(actor=luren, decision=made, words="我是在夸作者，没有骂人。")
    desk.post(f"/review/decisions/{made.id}/undo/")
    assert not hasattr(Decision.objects.get(), "reversal")


def test_another_confirms_what_is_permanent_and_who_decided_may_not(
    case, desk, dapeng, xiaoyan, client_of, luren
):
    decided(case, dapeng, "1.12")
    finding = Finding.objects.get()
    assert "You decided this" in said(desk.get("/review/seconds/"))
    desk.post(f"/review/seconds/{finding.id}/confirmation/")
    assert not Second.objects.exists()
    other = client_of(xiaoyan)
    page = said(other.get("/review/seconds/"))
    assert "Account banned" in page and "Muted for 15 days" in page
    other.post(f"/review/seconds/{finding.id}/confirmation/")
    assert standing_of(luren).rung.code == "ban"
    assert "Nothing waits" in said(other.get("/review/seconds/"))


def test_who_refuses_leaves_it_at_what_one_person_may_do(case, dapeng, xiaoyan, client_of, luren):
    decided(case, dapeng, "1.12")
    finding = Finding.objects.get()
    other = client_of(xiaoyan)
    other.post(f"/review/seconds/{finding.id}/refusal/", {"words": ""})
    assert "1.12" in said(other.get("/review/seconds/"))
    other.post(f"/review/seconds/{finding.id}/refusal/", {"words": "证据不足以永久封停。"})
    assert "Nothing waits" in said(other.get("/review/seconds/"))
    other.post(f"/review/seconds/{finding.id}/confirmation/")
    assert not Second.objects.exists()
    assert standing_of(luren).rung.code == "mute_15"


def test_an_ordinary_finding_waits_for_nobody(case, dapeng, xiaoyan, client_of):
    decided(case, dapeng)
    assert "Nothing waits" in said(client_of(xiaoyan).get("/review/seconds/"))


def test_an_appeal_is_ruled_by_another_and_ones_own_is_not_offered(
    case, desk, dapeng, xiaoyan, client_of, luren
):
    made = decided(case, dapeng, "2.7")
    appeal = actions.appeal(actor=luren, decision=made, words="只是开玩笑，没有那么重。")
    page = said(desk.get("/review/appeals/"))
    assert "No appeal waits for you" in page and "1 more waits for somebody else" in page
    assert "somebody else rules" in said(desk.get(f"/review/appeals/{appeal.id}/"))
    ruling = {"outcome": "overturned", "words": "确实是玩笑。"}
    assert desk.post(f"/review/appeals/{appeal.id}/", ruling).status_code == 422
    other = client_of(xiaoyan)
    assert "路人" in said(other.get("/review/appeals/"))
    both = said(other.get(f"/review/appeals/{appeal.id}/"))
    assert "只是开玩笑" in both and "骂人。" in both and "Without it" in both
    assert other.post(f"/review/appeals/{appeal.id}/", ruling | {"words": ""}).status_code == 422
    assert other.post(f"/review/appeals/{appeal.id}/", ruling).status_code == 302
    assert standing_of(luren).rung.code == "clear"
    assert "Decision overturned" in said(other.get(f"/review/appeals/{appeal.id}/"))


def test_a_late_appeal_is_marked(case, dapeng, xiaoyan, client_of, luren):
    long_ago = timezone.now() - timedelta(hours=80)
    made = decided(case, dapeng)
    actions.appeal(actor=luren, decision=made, words="我是在夸作者。", at=long_ago)
    assert Appeal.objects.late(timezone.now()).exists()
    assert "Late since" in said(client_of(xiaoyan).get("/review/appeals/"))


def test_the_database_itself_refuses_that_who_decided_refuses_a_second(case, dapeng, xiaoyan):
    decided(case, dapeng, "1.12")
    finding = Finding.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Refusal.objects.create(finding=finding, by=dapeng, words="x", at=timezone.now())
    Refusal.objects.create(finding=finding, by=xiaoyan, words="x", at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Refusal.objects.update(words="y")


def test_what_aggravates_waits_for_another_and_counts_only_when_confirmed(case, dapeng, xiaoyan, luren):
    made = {
        "outcome": "violation",
        "lead": "2.6",
        "aggravators": ["cheated"],
        "evidence": "同一设备十个账号",
    }
    actions.decide(actor=dapeng, case=case, **made)
    (waiting,) = awaiting(xiaoyan, timezone.now())
    assert (waiting.mine, waiting.penalty.level, waiting.then.level) == (False, 2, 3)
    assert standing_of(luren).rung.code == "mute_1"
    pact.second(actor=xiaoyan, finding=waiting.finding)
    assert standing_of(luren).rung == waiting.then
    assert awaiting(xiaoyan, timezone.now()) == []
