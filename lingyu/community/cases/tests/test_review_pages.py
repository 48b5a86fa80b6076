"""What moderators see and do: the queue, one case, bulk, seconds, appeals, quality, deadlines."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lingyu.community.cases import actions, sampling
from lingyu.community.cases.models import Appeal, Case, Decision, Golden, GoldenAnswer, Lease
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact.models import Finding, Second
from lingyu.community.pact.standings import standing_of

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def no_lots(monkeypatch):
    """Nothing is mixed in, unless a test asks for it."""
    monkeypatch.setattr(sampling, "drawn", lambda member, now: None)


@pytest.fixture
def case(comment, xiaoxi) -> Case:
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6", words="在骂人")
    return Case.objects.get()


@pytest.fixture
def desk(dapeng, client_of):
    """大鹏's browser."""
    return client_of(dapeng)


def said(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def take(browser, case):
    browser.post(reverse("take_case", args=[case.id]))
    return Lease.objects.get(case=case).token


def decide(browser, case, **more):
    told = {"outcome": "violation", "lead": "2.6", "words": "这句话在骂人。", "token": take(browser, case)}
    return browser.post(reverse("decide_case", args=[case.id]), told | more)


def decided(case, by, clause="2.6"):
    return actions.decide(actor=by, case=case, outcome="violation", lead=clause, words="骂人。")


def another(article, author, moderator, body):
    row = comments.post_comment(actor=author, article=article, body=body)
    comments.approve_comment(actor=moderator, comment=row)
    return actions.look_at(actor=moderator, subject=f"comment:{row.id}")


def test_the_queue_says_what_makes_a_case_pressing(case, desk):
    page = said(desk.get("/review/"))
    assert "路人" in page
    assert "points: Harm" in page
    assert "1 report" in page
    assert "Due" in page


def test_the_queue_is_filtered_and_an_empty_one_teaches(case, desk):
    assert "路人" in said(desk.get("/review/?kind=comment&category=2&origin=report"))
    for query in ("kind=article", "category=3", "origin=screening", "late=1", "mine=1"):
        assert "No case fits" in said(desk.get(f"/review/?{query}")), query
    assert "路人" in said(desk.get("/review/?kind=nonsense&page=99"))
    decided(case, None)
    assert "No case is open" in said(desk.get("/review/"))


def test_what_is_late_says_so(case, desk):
    Case.objects.update(due_at=timezone.now() - timedelta(minutes=1))
    assert "Late since" in said(desk.get("/review/?late=1"))


def test_the_next_case_is_taken_and_nobody_else_may_decide_it(case, desk, client_of, xiaoyan):
    assert desk.post("/review/next/")["Location"] == f"/review/cases/{case.id}/"
    other = client_of(xiaoyan)
    page = said(other.get(f"/review/cases/{case.id}/"))
    assert "大鹏 is looking at it" in page
    assert 'id="decision"' not in page
    assert other.post("/review/next/")["Location"] == "/review/"
    answer = other.post(f"/review/cases/{case.id}/decision/", {"outcome": "clear"})
    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_the_lease_is_renewed_while_the_page_is_open_and_given_back(case, desk):
    take(desk, case)
    Lease.objects.update(until=timezone.now() + timedelta(seconds=30))
    fragment = said(desk.post(f"/review/cases/{case.id}/lease/", headers=HTMX))
    assert "You hold it until" in fragment
    assert Lease.objects.get().until > timezone.now() + timedelta(minutes=14)
    desk.post(f"/review/cases/{case.id}/lease/end/")
    assert Lease.objects.get().until <= timezone.now()


def test_a_case_shows_who_reported_it_and_what_each_decision_would_mean(case, desk):
    take(desk, case)
    page = said(desk.get(f"/review/cases/{case.id}/"))
    for words in (
        "在骂人",
        "50%",
        "Muted for 7 days",
        "In good standing",
        "version 1",
        "once a second person",
    ):
        assert words in page, words
    fragment = said(desk.get(f"/review/cases/{case.id}/prospect/?lead=2.6", headers=HTMX))
    assert "Muted for 1 day" in fragment
    assert "until" in fragment
    assert "Choose a clause" in said(desk.get(f"/review/cases/{case.id}/prospect/?lead=99"))


def test_a_prospect_is_what_the_decision_then_does(case, desk, luren, article, dapeng):
    decided(case, dapeng)
    Finding.objects.all()
    later = timezone.now() + timedelta(days=3)
    from lingyu.community.cases import prospects
    from lingyu.community.pact import versions

    clause = versions.in_force().clause("2.6")
    foreseen = prospects.of_clause(luren.id, clause, later, later)
    row = Comment.objects.create(article=article, author=luren, body="又来骂人", posted_at=later)
    new = actions.look_at(actor=dapeng, subject=f"comment:{row.id}", at=later)
    actions.decide(actor=dapeng, case=new, outcome="violation", lead="2.6", at=later)
    assert foreseen.raised
    assert standing_of(luren, later).rung == foreseen.rung
    assert standing_of(luren, later).until == foreseen.until


def test_deciding_removes_and_goes_on_to_the_next(case, desk, article, aque, dapeng):
    next_one = another(article, aque, dapeng, "另一条普通的评论")
    answer = decide(desk, case, next="1")
    assert answer["Location"] == f"/review/cases/{next_one.id}/"
    made = Decision.objects.get()
    assert (made.lead, made.words, made.by) == ("2.6", "这句话在骂人。", dapeng)


def test_a_violation_needs_its_clause_and_what_aggravates_its_evidence(case, desk):
    assert decide(desk, case, lead="").status_code == 422
    assert decide(desk, case, lead="77.7").status_code == 422
    answer = decide(desk, case, aggravators=["cheated"])
    assert answer.status_code == 422
    assert "a second person has to see it" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_sentence_to_begin_with_is_in_the_authors_language(case, desk, luren):
    type(luren).objects.filter(id=luren.id).update(language="en")
    decide(desk, case, template="personal", words="Thanks.")
    assert Decision.objects.get().words.endswith("who said it. Thanks.")


def test_what_never_ends_is_asked_about_once_more(case, desk):
    answer = decide(desk, case, lead="1.12")
    assert "Is this so grave?" in said(answer)
    assert not Decision.objects.exists()
    assert decide(desk, case, lead="1.12", confirmed="1").status_code == 302
    assert Decision.objects.get().lead == "1.12"


def test_nobody_reviews_what_is_about_themselves(article, dapeng, xiaoyan, desk):
    case = another(article, dapeng, xiaoyan, "版主自己的评论也会被举报")
    assert desk.get(f"/review/cases/{case.id}/").status_code == 403
    assert desk.post("/review/next/")["Location"] == "/review/"


def test_grave_texts_are_covered_until_they_are_asked_for(comment, xiaoxi, desk):
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="4.1")
    case = Case.objects.get()
    assert "case-cover" in said(desk.get(f"/review/cases/{case.id}/"))
    assert comment.body not in said(desk.get("/review/"))
    desk.post("/review/covers/")
    assert "case-cover" not in said(desk.get(f"/review/cases/{case.id}/"))
    desk.post("/review/covers/", {"cover": "1"})
    assert "case-cover" in said(desk.get(f"/review/cases/{case.id}/"))


def test_a_report_in_bad_faith_is_a_case_about_its_writer(comment, xiaoxi, desk, dapeng):
    given = actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="1.12", words="删掉他")
    case = Case.objects.get()
    assert "Given in bad faith" in said(desk.get(f"/review/cases/{case.id}/"))
    decide(desk, case, outcome="clear", bad_faith=[str(given.id), "nonsense"])
    new = Case.objects.open().get()
    assert (new.subject, new.member) == (f"report:{given.id}", xiaoxi)
    assert "删掉他" in said(desk.get(f"/review/cases/{new.id}/"))
    decided(new, dapeng, "8.4")
    assert Finding.objects.get().member == xiaoxi
    assert xiaoxi.display_name == type(xiaoxi).objects.get(id=xiaoxi.id).display_name


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
    from lingyu.community.cases import punctuality

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
