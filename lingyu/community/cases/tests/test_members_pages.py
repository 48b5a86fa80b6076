"""What members see: reports, their standing, statements of reasons, appeals, the proof of a reversal."""

import csv
import io
import json

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.cases import actions
from lingyu.community.cases.models import Appeal, Case, Decision, Report
from lingyu.community.cases.telling import own, proofs, statements
from lingyu.community.comments import actions as comments
from lingyu.community.pact import actions as pact
from lingyu.community.pact import ladder, standings
from lingyu.community.pact.clauses import load
from lingyu.community.pact.models import Finding
from lingyu.store.deliver import deliver_due

HTMX = {"HX-Request": "true"}


@pytest.fixture
def keeper(db):
    """白鹤, who keeps the pact."""
    member = accounts.join(actor=None, username="白鹤", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="administrator")
    return member


@pytest.fixture
def decision(comment, xiaoxi, dapeng):
    """路人's comment, reported by 小喜, found by 大鹏 to be abuse."""
    actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6", words="这里在骂人")
    case = Case.objects.get()
    return actions.decide(
        actor=dapeng, case=case, outcome="violation", lead="2.6", words="请就事论事。", evidence="我收藏了"
    )


def text_of(answer, status=200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def test_others_writing_offers_a_report_and_ones_own_does_not(
    article, comment, luren, xiaoxi, client, client_of
):
    ways = {f"/report/comment/{comment.id}/", f"/report/article/{article.id}/"}
    address = article.get_absolute_url()
    seen = {
        who: {w for w in ways if w in text_of(c.get(address))}
        for who, c in (("nobody", client), ("路人", client_of(luren)), ("小喜", client_of(xiaoxi)))
    }
    assert seen["nobody"] == set()
    assert seen["路人"] == {f"/report/article/{article.id}/"}
    assert seen["小喜"] == {f"/report/comment/{comment.id}/"}
    profile = f"/report/member/{xiaoxi.id}/"
    assert profile in text_of(client_of(luren).get(f"/u/{xiaoxi.username}/"))
    assert profile not in text_of(client_of(xiaoxi).get(f"/u/{xiaoxi.username}/"))


def test_the_form_of_a_report_has_every_clause_and_leads_to_what_happens_next(comment, xiaoxi, client_of):
    browser, address = client_of(xiaoxi), f"/report/comment/{comment.id}/"
    form = text_of(browser.get(address))
    assert all(f'value="{clause.code}"' in form for clause in load().clauses)
    assert "Choose what it breaks" in text_of(browser.post(address, {"words": "骂人"}), 422)
    answer = browser.post(address, {"clause": "2.6", "words": "骂人"})
    assert answer.status_code == 302
    assert "within 24 hours" in text_of(browser.get(answer["Location"]))
    assert Report.objects.get().words == "骂人"


def test_with_the_script_the_report_is_a_dialog(comment, xiaoxi, client_of):
    browser, address = client_of(xiaoxi), f"/report/comment/{comment.id}/"
    assert "<dialog" in text_of(browser.get(address, headers=HTMX))
    wrong = text_of(browser.post(address, {}, headers=HTMX))
    assert "<dialog" not in wrong
    assert "Choose what it breaks" in wrong
    assert "your report is in" in text_of(browser.post(address, {"clause": "2.6"}, headers=HTMX))


def test_what_is_not_open_to_everybody_cannot_be_read_by_reporting_it(article, luren, aque, client_of):
    waiting = comments.post_comment(actor=luren, article=article, body="还没有过审的话")
    assert client_of(aque).get(f"/report/comment/{waiting.id}/").status_code == 404
    assert client_of(aque).post(f"/report/comment/{waiting.id}/", {"clause": "2.6"}).status_code == 404
    for address in ("/report/planet/00000000-0000-0000-0000-000000000007/",):
        assert client_of(aque).get(address).status_code == 404


def test_thanks_are_for_the_reporter_alone(comment, xiaoxi, aque, client_of):
    given = actions.report(actor=xiaoxi, subject=f"comment:{comment.id}", clause="2.6")
    assert client_of(aque).get(f"/report/{given.id}/thanks/").status_code == 404


def test_a_member_without_findings_is_told_what_would_stand_here(luren, client_of):
    text = text_of(client_of(luren).get("/pact/standing/"))
    assert "Nothing was found about you" in text
    assert ladder.RUNGS[0].en in text


def test_the_standing_says_why_until_when_and_what_would_be_without(decision, luren, client_of):
    text = text_of(client_of(luren).get("/pact/standing/"))
    assert "Muted for 1 day" in text
    assert "Without this finding you would be: In good standing." in text
    assert f"/pact/decisions/{decision.id}/" in text


def test_the_next_rung_is_the_ladders_own_answer(decision, luren):
    told_at = Finding.objects.get().told_at
    for step in own.nexts(luren):
        assert step.rung.level >= ladder.LADDERS[1].first[step.severity]
    assert [n.rung.level for n in own.nexts(luren)][:3] == [3, 3, 3]
    assert [p.level for p in standings.rungs_of_a_next(luren.id, told_at)][:3] == [1, 2, 3]


def test_reporters_see_what_their_weight_is_made_of(decision, xiaoxi, client_of):
    whole, unfriendly = own.weights_of(xiaoxi)
    assert (whole.credibility.upheld, whole.credibility.mean) == (1, 0.6)
    assert (unfriendly.code, unfriendly.credibility.mean) == ("2", pytest.approx((0.6 * 4 + 1) / 5))
    assert "60%" in text_of(client_of(xiaoxi).get("/pact/standing/"))


def test_a_statement_is_for_author_reporter_and_moderators(
    decision, luren, xiaoxi, dapeng, aque, client, client_of
):
    address = f"/pact/decisions/{decision.id}/"
    assert client.get(address).status_code == 302
    assert client_of(aque).get(address).status_code == 404
    for who in (luren, xiaoxi, dapeng):
        text = text_of(client_of(who).get(address))
        assert "我收藏了" in text
        assert "请就事论事。" in text
        assert load().clause("2.6").words_en in text


def test_a_reporter_does_not_learn_where_the_author_stands(decision, luren, xiaoxi, client_of):
    actions.appeal(actor=luren, decision=decision, words="我没有骂人，请再看看。")
    address = f"/pact/decisions/{decision.id}/"
    own_text, reporters = (text_of(client_of(who).get(address)) for who in (luren, xiaoxi))
    assert "Muted for 1 day" in own_text
    assert "我没有骂人" in own_text
    for private in ("Muted for 1 day", "我没有骂人", luren.username, f"/u/{luren.username}/"):
        assert private not in reporters
    facts = json.loads(client_of(xiaoxi).get(f"{address[:-1]}.json").content)["decision_facts"]
    assert "我收藏了" not in facts


def test_a_statement_names_the_clause_as_it_stood_when_it_was_written(decision, luren, client_of):
    assert "/pact/versions/1/#c2.6" in text_of(client_of(luren).get(f"/pact/decisions/{decision.id}/"))


def test_the_data_of_a_statement_has_the_fields_of_the_database(decision, luren, client_of):
    data = json.loads(client_of(luren).get(f"/pact/decisions/{decision.id}.json").content)
    assert data["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert data["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert data["end_date_service_restriction"]
    assert data["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert data["incompatible_content_ground"].startswith("2.6")
    assert data["category"] == "STATEMENT_CATEGORY_CYBER_VIOLENCE"
    assert data["source_type"] == "SOURCE_ARTICLE_16"
    assert (data["automated_detection"], data["automated_decision"]) == (
        "No",
        "AUTOMATED_DECISION_NOT_AUTOMATED",
    )
    assert data["puid"] == str(decision.id)


def test_every_clause_has_a_category_of_the_database():
    for clause in load().clauses:
        assert statements.category_of(clause).startswith("STATEMENT_CATEGORY_")


def test_all_statements_are_one_table_without_names_or_words(decision, luren, keeper, dapeng, client_of):
    assert client_of(dapeng).get("/pact/decisions.csv").status_code == 403
    answer = client_of(keeper).get("/pact/decisions.csv")
    table = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["puid"] for row in rows] == [str(decision.id)]
    assert luren.username not in table
    assert "我收藏了" not in table


def test_an_appeal_is_made_at_the_statement_once_and_followed(decision, luren, client_of):
    browser, address = client_of(luren), f"/pact/decisions/{decision.id}/"
    short = text_of(browser.post(f"{address}appeal/", {"words": "不"}), 422)
    assert "Say in your own words" in short
    answer = browser.post(f"{address}appeal/", {"words": "我是在夸作者，没有骂人。"})
    again = browser.post(f"{address}appeal/", {"words": "再说一次，没有骂人。"})
    appeal = Appeal.objects.get()
    assert answer["Location"] == again["Location"] == f"/pact/appeals/{appeal.id}/"
    assert "我是在夸作者" in text_of(browser.get(answer["Location"]))
    assert f"{address}appeal/" not in text_of(browser.get(address))


def test_a_banned_member_still_reads_their_standing_and_appeals(comment, dapeng, xiaoyan, luren, client_of):
    case = actions.look_at(actor=dapeng, subject=f"comment:{comment.id}")
    made = actions.decide(actor=dapeng, case=case, outcome="violation", lead="1.12", words="x")
    pact.second(actor=xiaoyan, finding=Finding.objects.get())
    browser = client_of(luren)
    assert standings.standing_of(luren).rung.code == "ban"
    assert browser.get("/me/").status_code == 403
    assert "Account banned" in text_of(browser.get("/pact/standing/"))
    sent = {"words": "这不是我写的意思，请再看。"}
    assert browser.post(f"/pact/decisions/{made.id}/appeal/", sent).status_code == 302
    assert Appeal.objects.get().by == luren


def overturn(decision, luren, xiaoyan):
    appeal = actions.appeal(actor=luren, decision=decision, words="我是在夸作者，没有骂人。")
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="确实是在夸人。")
    while deliver_due():
        pass
    return Decision.objects.get(id=decision.id)


def test_a_reversal_proves_that_nothing_of_the_decision_is_left(decision, article, luren, xiaoyan, client_of):
    while deliver_due():
        pass
    reversed_one = overturn(decision, luren, xiaoyan)
    lines = {line.code: line for line in proofs.proof_of(reversed_one)}
    assert set(lines) == {"visibility", "finding", "rung", "feathers", "reports"}
    assert {code: line.holds for code, line in lines.items()} == dict.fromkeys(lines, True)
    assert "Proof that nothing of it is left" in text_of(
        client_of(luren).get(f"/pact/decisions/{decision.id}/")
    )


def test_a_proof_fails_when_something_was_not_undone(decision, luren, dapeng, xiaoyan, comment):
    reversed_one = overturn(decision, luren, xiaoyan)
    comments.remove_comment(actor=dapeng, comment=comment, reason="off_topic")
    Report.objects.update(outcome="upheld")
    broken = {line.code for line in proofs.proof_of(reversed_one) if not line.holds}
    assert {"visibility", "reports"} <= broken


def test_a_decision_that_stands_has_no_proof(decision):
    assert proofs.proof_of(decision) == []


def test_a_muted_member_finds_their_standing_in_place_of_the_form(decision, article, luren, client_of):
    text = text_of(client_of(luren).get(article.get_absolute_url()))
    assert "/pact/standing/" in text
    assert "comments/new/" not in text
    assert "Muted for 1 day" in text
