"""What measures reviewing: golden cases, blind looks, deadlines; and comments that wait or are removed."""

from datetime import timedelta

from django.utils import timezone

from lingyu.community.cases import actions
from lingyu.community.cases.measuring import punctuality
from lingyu.community.cases.models import Case, Decision, Golden, GoldenAnswer
from lingyu.community.cases.reviewing import sampling
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact.models import Finding
from lingyu.community.pact.standings import standing_of

from .reviewing import HTMX, another, decided, said


def test_a_golden_case_looks_like_any_other_and_a_wrong_answer_is_explained(
    case, desk, dapeng, xiaoyan, monkeypatch
):
    golden = actions.add_golden(actor=xiaoyan, text="你这种人就该滚", clause="2.6", because="骂的是人。")
    monkeypatch.setattr(sampling, "drawn", lambda member, now: ("golden", golden.id))
    address = desk.post("/review/next/")["Location"]
    assert address != f"/review/cases/{golden.id}/"
    page = said(desk.get(address))
    assert "你这种人就该滚" in page
    assert "olden" not in page
    answer = said(desk.post(f"{address}decision/", {"outcome": "violation", "lead": "2.1"}))
    assert "骂的是人。" in answer
    assert (GoldenAnswer.objects.get().by, GoldenAnswer.objects.get().clause) == (dapeng, "2.1")
    assert sampling.golden_for(dapeng) is None
    assert not Finding.objects.exists()
    assert desk.get(address).status_code == 404


def test_a_golden_case_is_made_from_a_decided_one_and_retired(case, desk, dapeng):
    decided(case, dapeng)
    form = said(desk.get(f"/review/quality/golden/?case={case.id}"))
    assert case.text in form
    told = {"text": case.text, "clause": "2.6", "because": "骂人。"}
    assert desk.post("/review/quality/golden/", told | {"because": ""}).status_code == 422
    desk.post("/review/quality/golden/", told)
    golden = Golden.objects.get()
    assert "骂人。" in said(desk.get("/review/quality/"))
    desk.post(f"/review/quality/golden/{golden.id}/retirement/")
    assert Golden.objects.get().retired_at
    assert sampling.golden_for(dapeng) is None


def test_a_second_look_is_blind_and_changes_nothing(case, desk, dapeng, xiaoyan, monkeypatch, article, aque):
    decided(case, xiaoyan)
    another(article, aque, xiaoyan, "还在等的另一条评论")
    monkeypatch.setattr(sampling, "in_sample", lambda id: True)
    assert sampling.double_for(xiaoyan, timezone.now()) is None
    found = sampling.double_for(dapeng, timezone.now())
    monkeypatch.setattr(sampling, "drawn", lambda member, now: ("double", found.id))
    address = desk.post("/review/next/")["Location"]
    page = said(desk.get(address))
    assert case.text in page
    assert "小雁" not in page
    assert 'id="decision"' in page
    desk.post(f"{address}decision/", {"outcome": "clear"})
    assert case.doubles.get().clause == ""
    assert Finding.objects.count() == 1
    assert sampling.double_for(dapeng, timezone.now()) is None
    quality = said(desk.get("/review/quality/"))
    assert "2.6" in quality and "too few to tell" in quality


def test_lots_are_drawn_about_as_often_as_promised(monkeypatch):
    assert sampling.GOLDEN == 20
    share = sum(sampling.in_sample(id) for id in (sampling.uuid7() for _ in range(3000))) / 3000
    assert 0.07 < share < 0.13


def test_promised_times_are_measured_and_breaches_listed(case, desk, dapeng, luren, article, aque):
    late = another(article, aque, dapeng, "这条会晚")
    decided(case, dapeng)
    Case.objects.filter(id=late.id).update(due_at=timezone.now() - timedelta(hours=1))
    page = said(desk.get("/review/deadlines/?days=90"))
    assert "Not decided yet" in page

    kept = {k.kind: k for k in punctuality.kept(timezone.now(), 30)}
    assert (kept["others"].share.n, kept["others"].in_time, kept["others"].late) == (2, 1, 1)
    assert kept["minors"].share.value is None


def test_waiting_comments_say_what_was_found_and_those_with_a_case_are_not_approved_in_passing(
    article, luren, aque, dapeng, desk
):
    clean = comments.post_comment(actor=luren, article=article, body="写得好，留存一节尤其清楚")
    doubtful = comments.post_comment(actor=aque, article=article, body="普通的一句话")
    case = actions.look_at(actor=dapeng, subject=f"comment:{doubtful.id}")
    page = said(desk.get("/review/comments/"))
    assert "Nothing found" in page
    assert f"/review/cases/{case.id}/" in page
    desk.post("/review/comments/approvals/", {"comment": [str(clean.id), str(doubtful.id)]})
    desk.post(f"/review/comments/{doubtful.id}/approval/")
    assert [c.id for c in Comment.objects.approved()] == [clean.id]


def test_removing_for_a_clause_is_a_decision_and_off_topic_is_none(
    comment, article, dapeng, desk, luren, aque
):
    desk.post(f"/review/comments/{comment.id}/removal/", {"reason": "unfriendly", "note": "请对事不对人"})
    made = Decision.objects.get()
    assert (made.lead, made.words, made.by) == ("2.1", "请对事不对人", dapeng)
    assert Finding.objects.get().member == luren
    desk.post(f"/review/comments/{comment.id}/removal/", {"reason": "spam"})
    assert Decision.objects.count() == 1
    row = comments.post_comment(actor=aque, article=article, body="今天天气不错呀")
    desk.post(f"/review/comments/{row.id}/removal/", {"reason": "off_topic"})
    assert Comment.objects.removed().count() == 2
    assert Finding.objects.count() == 1


def test_bringing_back_a_decided_comment_asks_why_and_reverses_everything(comment, desk, luren):
    desk.post(f"/review/comments/{comment.id}/removal/", {"reason": "2.6"})
    address = f"/review/comments/{comment.id}/restoration/"
    assert desk.post(address).status_code == 422
    assert desk.post(address, headers=HTMX)["HX-Redirect"] == address
    assert "Bring a comment back" in said(desk.get(address))
    desk.post(address, {"note": "看错了。"})
    assert Comment.objects.get().state == "approved"
    assert standing_of(luren).rung.code == "clear"
    assert Decision.objects.get().reversal.words == "看错了。"


def test_only_moderators_come_in(case, luren, xiaoxi, aque, client_of):
    for member in (luren, xiaoxi, aque):
        for address in ("/review/", f"/review/cases/{case.id}/", "/review/seconds/", "/review/quality/"):
            assert client_of(member).get(address).status_code == 403
