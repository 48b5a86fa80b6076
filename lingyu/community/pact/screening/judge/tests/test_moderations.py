"""A moderation endpoint as the judge: its categories stand for clauses, and it only routes."""

import time

import pytest

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import Post, Screener, Signal
from lingyu.community.pact.screening.judge import Judge, Judged, JudgeRefused, Settings

from .fake import judge, scores

pytestmark = pytest.mark.one_database

HINT = Signal("2.6", (0, 2), 0.2, "bank:abuse/x", "hint")
REVIEW = Signal("2.6", (0, 2), 0.6, "bank:abuse/x", "review")
BLOCK = Signal("1.8", (0, 2), 0.99, "bank:gambling/x", "block")
BETS = Signal("1.8", (0, 2), 0.6, "bank:gambling/x", "review")


@pytest.fixture
def fake():
    with judge() as running:
        yield running


def bench(fake, signals, rows=None, **settings):
    screener = Screener([], load()).having("banks", lambda scene: signals)
    made = Settings(
        url=fake.url, model="fake", hosts=frozenset({"127.0.0.1"}), protocol="moderations", **settings
    )
    audit = (lambda row: None) if rows is None else rows.append
    return Judged(screener, Judge(made, load(), audit=audit, environment={}, clock=time.time))


def test_what_would_pass_goes_to_a_human_under_the_clause_of_the_category(fake):
    fake.answers = [scores({"hate": 0.9, "sexual": 0.1})]
    verdict = bench(fake, [HINT]).screen(Post("你说坏话"))
    assert (verdict.decision, verdict.lead) == ("review", "2.7")
    assert [(f.evidence, f.score, f.by) for f in verdict.findings] == [("你说坏话", 0.9, "judge:fake")]
    _, body = fake.asked[0]
    assert body == {"model": "fake", "input": ["你说坏话"]}


def test_the_text_as_read_and_the_title_are_sent_too_and_the_highest_score_counts(fake):
    fake.answers = [scores({"harassment": 0.0}, {"harassment": 0.8}, {"harassment": 0.1})]
    verdict = bench(fake, [HINT]).screen(Post("你說壞話 13800001234", title="题"))
    assert (verdict.decision, verdict.lead) == ("review", "2.6")
    sent = fake.asked[0][1]["input"]
    assert len(sent) == 3
    assert sent[1].startswith("你说坏话")
    assert "13800001234" not in "".join(sent)


def test_it_clears_only_of_what_it_has_a_category_for_and_sees_nothing_of(fake):
    fake.answers = [scores({"harassment": 0.01})]
    assert bench(fake, [REVIEW]).screen(Post("这话不坏")).decision == "pass"
    assert bench(fake, [BETS]).screen(Post("这话不坏")).decision == "review"
    fake.answers = [scores({"harassment": 0.3})]
    assert bench(fake, [REVIEW]).screen(Post("这话不坏")).decision == "review"
    fake.answers = [scores({"harassment": 0.01, "of their own": 0.9})]
    assert bench(fake, [REVIEW]).screen(Post("这话不坏")).decision == "review"


def test_it_never_blocks_and_never_unblocks(fake):
    fake.answers = [scores({"illicit/violent": 1.0, "sexual/minors": 1.0})]
    assert bench(fake, [HINT]).screen(Post("你说坏话")).decision == "review"
    fake.answers = [scores({"illicit/violent": 0.0})]
    assert bench(fake, [BLOCK]).screen(Post("百家乐稳赢")).decision == "block"


def test_categories_are_named_in_the_settings(fake):
    fake.answers = [scores({"赌博": 0.02, "hate": 0.9})]
    made = bench(fake, [BETS], categories={"赌博": "1.8", "hate": "2.2"})
    # Flagged for what no machine may find by our pact: a human looks, and no such finding is made.
    verdict = made.screen(Post("下注吗"))
    assert verdict.decision == "review"
    assert [f.clause for f in verdict.findings] == ["1.8"]
    fake.answers = [scores({"赌博": 0.02})]
    assert made.screen(Post("下注的吗")).decision == "pass"


@pytest.mark.parametrize(
    "answer",
    [
        {"results": []},
        {"results": ["通过"]},
        {"results": [{"flagged": "no", "categories": {}, "category_scores": {}}]},
        {"results": [{"flagged": False, "categories": {}, "category_scores": {"hate": 7}}]},
        {"results": [{"flagged": False, "categories": {}, "category_scores": {"hate": True}}]},
        {"results": [{"flagged": False, "categories": []}]},
        {"choices": []},
        500,
    ],
)
def test_an_answer_that_is_not_of_the_protocol_is_no_opinion(fake, answer):
    fake.answers, rows = [answer], []
    assert bench(fake, [HINT], rows).screen(Post("你说坏话")).decision == "pass"
    assert rows[-1].outcome in {"invalid", "failed"}
    assert bench(fake, [REVIEW], rows).screen(Post("你说坏话")).decision == "review"


def test_the_environment_names_the_protocol_and_the_categories():
    given = {
        "LINGYU_JUDGE_URL": "https://example.com/v1",
        "LINGYU_JUDGE_HOSTS": "example.com",
        "LINGYU_JUDGE_MODEL": "m",
    }
    assert Settings.from_environment(given).protocol == "chat"
    made = Settings.from_environment(
        given
        | {"LINGYU_JUDGE_PROTOCOL": "moderations", "LINGYU_JUDGE_CATEGORIES": "hate=2.7, sexual/minors=1.12"}
    )
    assert (made.protocol, made.categories) == ("moderations", {"hate": "2.7", "sexual/minors": "1.12"})
    for wrong in ({"LINGYU_JUDGE_PROTOCOL": "grpc"}, {"LINGYU_JUDGE_CATEGORIES": "hate"}):
        with pytest.raises(JudgeRefused, match=next(iter(wrong))):
            Settings.from_environment(given | wrong)
