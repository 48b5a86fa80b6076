"""Erased members: what they wrote in cases goes, what was decided stays, and nothing else can be changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.cases import actions
from lingyu.community.cases.measuring import measures
from lingyu.community.cases.models import Appeal, Decision, Golden
from lingyu.community.cases.reviewing import sampling
from lingyu.community.pact.models import Finding
from lingyu.community.pact.standings import standing_of

EVIDENCE, PLEA = "留存那段我收藏了", "我是在夸作者，没有骂人。"


@pytest.fixture
def decision(case, dapeng, xiaoyan, luren):
    """Found to be abuse, appealed, upheld."""
    made = actions.decide(
        actor=dapeng, case=case, outcome="violation", lead="2.6", words="请就事论事。", evidence=EVIDENCE
    )
    appeal = actions.appeal(actor=luren, decision=made, words=PLEA)
    actions.rule(actor=xiaoyan, appeal=appeal, outcome="upheld", words="仍然成立。")
    return made


def test_an_erased_members_words_go_and_the_finding_stays(decision, luren, xiaoyan, client_of):
    before = standing_of(luren)
    accounts.ask_erasure(actor=luren)
    assert accounts.erase_due(now=timezone.now() + timedelta(days=30)) == 1
    said, appeal, found = Decision.objects.get(), Appeal.objects.get(), Finding.objects.get()
    assert (said.evidence, appeal.words, found.evidence) == ("", "", "")
    assert (said.lead, said.words, appeal.ruling.words) == ("2.6", "请就事论事。", "仍然成立。")
    assert standing_of(luren, before.penalties[0].since).rung == before.rung
    page = client_of(xiaoyan).get(f"/review/appeals/{appeal.id}/").content.decode()
    assert "erased" in page
    assert PLEA not in page


@pytest.mark.parametrize(
    "changed", [{"evidence": "改过的话"}, {"evidence": "", "lead": "2.1"}, {"words": ""}]
)
def test_words_may_be_emptied_and_nothing_else_be_changed(decision, changed):
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.update(**changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Appeal.objects.update(words="换一种说法")
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.update(severity=1, evidence="")
    assert (Decision.objects.get().evidence, Appeal.objects.get().words) == (EVIDENCE, PLEA)


def test_a_golden_case_made_of_an_erased_members_text_goes_with_it_and_its_answers_stay(
    decision, luren, dapeng, xiaoyan, aque, client_of
):
    text = decision.case.text
    page = client_of(dapeng)
    page.post(
        f"/review/quality/golden/?case={decision.case_id}",
        {"text": text, "clause": "2.6", "because": "骂的是人。"},
    )
    taken = Golden.objects.get()
    assert taken.source == decision.case
    older = actions.add_golden(actor=dapeng, text=text, clause="2.6", because="记得来源之前的。")
    other = actions.add_golden(actor=dapeng, text="今天天气不错", clause="", because="没有问题。")
    for member, said in ((xiaoyan, "2.6"), (aque, "2.1")):
        actions.answer_golden(actor=member, golden=taken, clause=said)
    since = timezone.now() - timedelta(days=1)
    before = (measures.answers(since), measures.measured(timezone.now(), 30).golden_by_moderator)
    session = {}
    mask = sampling.begin(session, "golden", taken.id)
    accounts.ask_erasure(actor=luren)
    accounts.erase_due(now=timezone.now() + timedelta(days=30))
    for golden in (taken, older):
        golden.refresh_from_db()
        assert (golden.text, golden.title, golden.clause) == ("", "", "2.6")
        assert golden.retired_at
    other.refresh_from_db()
    assert (other.text, other.retired_at) == ("今天天气不错", None)
    assert sampling.behind(session, mask) is None
    assert {sampling.golden_for(xiaoyan).id for _ in range(20)} == {other.id}
    assert (measures.answers(since), measures.measured(timezone.now(), 30).golden_by_moderator) == before
