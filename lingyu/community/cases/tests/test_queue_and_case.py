"""The queue and one case: what moderators see, take and decide."""

from datetime import timedelta

from django.utils import timezone

from lingyu.community.cases import actions
from lingyu.community.cases.models import Case, Decision, Lease
from lingyu.community.cases.reviewing import prospects
from lingyu.community.comments.models import Comment
from lingyu.community.pact import versions
from lingyu.community.pact.models import Finding
from lingyu.community.pact.standings import standing_of

from .reviewing import HTMX, another, decide, decided, said, take


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
    later = timezone.now() + timedelta(days=3)

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
    assert (new.subject, new.member, new.suspected) == (f"report:{given.id}", xiaoxi, "9.4")
    assert "删掉他" in said(desk.get(f"/review/cases/{new.id}/"))
    decided(new, dapeng, "9.4")
    assert Finding.objects.get().member == xiaoxi
    assert xiaoxi.display_name == type(xiaoxi).objects.get(id=xiaoxi.id).display_name
