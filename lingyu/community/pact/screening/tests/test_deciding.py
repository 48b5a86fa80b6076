"""From signals to a verdict: arithmetic, the lead ground, and that nothing passes unread."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Scene, Screener, Signal
from lingyu.community.pact.screening.deciding import LONGEST, decide
from lingyu.community.pact.screening.deciding.fusing import noisy_or
from lingyu.community.pact.screening.normalise import Views
from tests.effort import LINEAR, growth

pytestmark = pytest.mark.one_database


def decided(*signals: Signal, text: str = "一二三四五六七八九十"):
    """What signals lead to on a text."""
    return decide(Scene(Post(text), {"text": Views(text)}), signals, load())


def signal(clause: str, score: float, strength: str = "review", span=(0, 2), by: str = "rule:own") -> Signal:
    """A signal of a test."""
    return Signal(clause, span, score, by, strength)


def test_two_independent_signals_are_surer_than_either():
    two = decided(signal("3.1", 0.5), signal("3.1", 0.4, span=(4, 6), by="bank:own/x"))
    assert two.scores["3.1"] == pytest.approx(1 - 0.5 * 0.6)


def test_signals_on_the_same_place_count_once():
    assert decided(signal("3.1", 0.5), signal("3.1", 0.4, by="rule:other")).scores["3.1"] == 0.5


def test_a_clause_blocks_only_as_far_as_the_pact_lets_a_machine():
    assert decided(signal("1.8", 0.95, "block")).decision == "block"
    assert decided(signal("2.6", 0.99, "block")).decision == "review"
    assert decided(signal("1.1", 0.99, "block")).decision == "pass", "only people find this clause"
    assert decided(signal("1.8", 0.8, "block")).decision == "review"


def test_one_ground_leads_and_what_blocks_goes_first():
    both = decided(signal("2.6", 0.99, span=(4, 6)), signal("1.8", 0.95, "block"))
    assert (both.lead, both.findings[0].clause) == ("1.8", "1.8")
    assert {f.clause for f in both.findings} == {"1.8", "2.6"}


@given(
    st.lists(st.tuples(st.sampled_from(["1.8", "2.6", "3.1"]), st.floats(0.01, 0.99)), max_size=6),
    st.randoms(),
)
@settings(deadline=None)
def test_the_order_of_signals_does_not_matter_and_more_of_them_never_weigh_less(parts, chance):
    signals = [signal(c, s, span=(n, n + 1), by=f"rule:{n}") for n, (c, s) in enumerate(parts)]
    shuffled = list(signals)
    chance.shuffle(shuffled)
    assert decided(*signals).scores == pytest.approx(decided(*shuffled).scores)
    for clause, score in decided(*signals[:-1]).scores.items():
        assert decided(*signals).scores[clause] >= score - 1e-9


def test_noisy_or_of_nothing_is_nothing():
    assert noisy_or([]) == 0


def broken(_scene):
    """A step that fails."""
    raise RuntimeError("secret words of the post")


def test_a_step_that_fails_never_lets_a_post_pass(knowing):
    verdict = knowing().having("model", broken).screen(Post("你好"))
    assert (verdict.decision, verdict.findings, verdict.reason) == ("review", (), "failed:model")
    assert verdict.steps[-1].failed == "RuntimeError"


def test_a_step_that_fails_takes_nothing_from_what_others_found(knowing):
    verdict = knowing(("赌博网站", "1.8", "block")).having("model", broken).screen(Post("赌博网站"))
    assert (verdict.decision, verdict.lead) == ("block", "1.8")


def test_a_step_that_answers_nonsense_does_not_let_a_post_pass(knowing):
    for nonsense in (
        "nonsense",
        signal("2.6", 0.5, span=(0, 9)),
        signal("2.6", 0.5, span=(1, 1)),
        signal("2.6", 7),
    ):
        verdict = knowing().having("model", lambda scene, said=nonsense: [said]).screen(Post("你好"))
        assert (verdict.decision, verdict.reason) == ("review", "failed:model")


def test_what_is_too_long_to_read_is_for_people(knowing):
    verdict = knowing().screen(Post("好" * LONGEST + "赌"))
    assert (verdict.decision, verdict.findings, verdict.reason) == ("review", (), "too-long")
    assert knowing().screen(Post("好" * LONGEST)).decision == "pass"


def test_steps_are_replaced_left_out_and_put_in_by_name(knowing):
    screener = knowing().having("first", lambda scene: ()).having("second", lambda scene: (), after="banks")
    assert [step.name for step in screener.steps] == ["banks", "second", "first"]
    assert [step.name for step in screener.without("second").steps] == ["banks", "first"]
    with pytest.raises(KeyError):
        screener.without("third")
    with pytest.raises(ValueError, match="two steps have one name"):
        Screener([NamedStep("a", broken), NamedStep("a", broken)], load())


def test_a_kind_that_there_is_not_and_a_text_that_is_none_are_refused(knowing):
    with pytest.raises(ValueError, match="kind is one of"):
        knowing().screen(Post("好", kind="poem"))
    with pytest.raises(TypeError):
        knowing().screen(Post(b"x"))


def test_a_verdict_names_the_versions_it_rests_on(shipped):
    assert set(shipped.screen(Post("你好")).versions) >= {"pact", "screener", "banks", "rules", "model"}


def test_a_finding_in_a_title_says_so(knowing):
    post = Post("正文", kind="article", title="赌博网站大全")
    finding = knowing(("赌博网站", "1.8", "block")).screen(post).findings[0]
    assert (finding.field, finding.evidence) == ("title", "赌博网站")


@given(st.text(st.sampled_from("赌博网站加微信abc123 du_bo*.,。🐴❤️\u200b\u0336他妈的vx:138零"), max_size=80))
@settings(max_examples=150, deadline=None)
def test_evidence_is_always_the_writers_own_characters(shipped, text):
    for finding in shipped.screen(Post(text)).findings:
        start, end = finding.span
        assert 0 <= start < end <= len(text) and finding.evidence == text[start:end]


HOSTILE = {
    "a megabyte": "我们今天聊聊社区运营的方法。" * 75_000,
    "zalgo": "赌" + "\u0336\u0301\u0489" * 300_000,
    "bidi": "\u202e\u2066博赌\u202c" * 200_000,
    "terms without end": "赌博网站加微信" * 140_000,
    "half terms": "赌博网" * 300_000,
    "syllables": "dubowangzhan" * 80_000,
    "emoji": "🐴❤️" * 300_000,
    "runs": "赌" * 1_000_000,
    "surrogates": "\ud800" * 1_000_000,
    "every code point": "".join(map(chr, range(0x110000))),
    "control": "\x00" * 1_000_000,
    "blanks": "\n \t" * 300_000,
}


def test_a_term_is_not_lost_behind_thousands_of_harmless_words(knowing):
    screener = knowing(("他妈", "2.6", "review"), allowed=("他妈妈",))
    assert screener.screen(Post("他妈妈" * 4_000 + "。他妈的")).lead == "2.6"
    verdict = screener.screen(Post("他妈妈" * 16_000 + "。他妈的"))
    assert (verdict.decision, verdict.reason) == ("review", "failed:banks")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_bounded_memory_and_passes_nowhere(shipped, name):
    shipped.screen(Post("先读一次表"))
    tracemalloc.start()
    verdict = shipped.screen(Post(HOSTILE[name], title=HOSTILE[name], kind="article"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.decision != "pass"
    assert {step.failed for step in verdict.steps} <= {"", "TooDense"}
    assert peak < 150e6


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_for_hostile_text_grows_with_its_length_and_no_faster(shipped, name):
    text = HOSTILE[name]
    assert (
        growth(lambda size: shipped.screen(Post(text[:size], kind="article")), size=len(text) // 80) < LINEAR
    )
