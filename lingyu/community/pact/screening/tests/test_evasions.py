"""The evasion suite, small: what is recovered of the shipped terms, and what clean text is left alone."""

from random import Random

import pytest

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.screening import Post
from lingyu.community.pact.screening.evasions import OPERATORS

pytestmark = pytest.mark.one_database

# Of the terms that are found as they are, at least this share is found in each disguise.
LEAST = {"initials-all": 0.85, "homophone-1": 0.9, "look-alike-1": 0.85, "emoji": 0.85}


def terms(screener, chance: Random, count: int) -> list:
    """Terms that need nothing beside them, and are found alone."""
    every = [
        t
        for t in screener.steps[0].run.lexicon.terms
        if t.act != "hint" and not t.near and not t.places and 2 <= len(t.text) <= 6 and "一" <= t.text < "鿿"
    ]
    plain = [t for t in chance.sample(every, 2 * count) if finds(screener, t, t.text)]
    return plain[:count]


def finds(screener, term, written: str) -> bool:
    """Whether a written form is found under the term's clause."""
    return term.clause in {f.clause for f in screener.screen(Post(f"看到一条:{written},大家怎么看")).findings}


def test_there_are_sixteen_operators_and_each_is_the_same_for_the_same_seed():
    assert len(OPERATORS) == 16
    for operator in OPERATORS.values():
        assert operator("赌博网站", Random(1)) == operator("赌博网站", Random(1)) != "赌博网站"


@pytest.mark.parametrize("name", OPERATORS)
def test_a_disguised_term_is_found(shipped, name):
    chance = Random(16)
    written = [(t, OPERATORS[name](t.text, chance)) for t in terms(shipped, Random(4), 60)]
    written = [(term, form) for term, form in written if form]
    found = sum(finds(shipped, term, form) for term, form in written)
    assert found >= LEAST.get(name, 0.95) * len(written), f"{found} of {len(written)}"


def test_no_near_miss_is_taken_for_a_term_in_disguise(shipped):
    texts = [miss.text for found in examples().values() for miss in found.misses if miss.kind == "comment"]
    wrong = []
    for text in texts:
        verdict = shipped.screen(Post(text))
        shown = {(f.by, f.span) for f in verdict.findings}
        ways = [s.way for step in verdict.steps for s in step.signals if (s.by, s.span) in shown]
        if ways and all(ways):
            wrong.append(text)
    assert len(wrong) <= 0.005 * len(texts), wrong


@pytest.mark.parametrize(
    "written",
    [
        "赌 bo 网站",
        "赌BO网站",
        "赌ｂó网站",
        "dǔ bó wǎng zhàn",
        "du3bo2wang3zhan4",
        "du'bo'wang'zhan",
        "Du Bo Wang Zhan",
        "贝者博网站",
        "赌十尃网站",
        "赌赌博博网网站站",
        "赌#博#网#站",
        "赌😀博😀网😀站",
        "赌\n博\n网\n站",
        "dbwz",
        "DBWZ",
    ],
)
def test_a_term_is_found_in_every_spelling_also_beside_words_that_call_it_off(knowing, written):
    screener = knowing(("赌博网站", "1.8", "block"), unless=("警方",))
    assert screener.screen(Post(f"{written},Official notice 警方")).decision != "pass"
    assert screener.screen(Post(f"快来 {written}，稳赢")).decision != "pass"


def test_the_open_word_is_called_off_by_what_stands_around_it(knowing):
    screener = knowing(("赌博网站", "1.8", "block"), unless=("警方",))
    assert screener.screen(Post("警方打掉一个赌博网站")).decision == "pass"
    assert screener.screen(Post("警方打掉一个賭博網站")).decision == "pass"


def test_first_letters_and_a_slip_of_one_character_are_never_blocked(knowing):
    screener = knowing(("赌博网站", "1.8", "block"), ("代孕", "1.13", "block"))
    for written in ("dbwz", "赌博网网站"):
        assert screener.screen(Post(f"看{written}看")).decision == "review"


@pytest.mark.parametrize(
    "text",
    [
        "see https://example.com/dbwz for more",
        "dbwz@example.com",
        "dbwz2 and adbwz and dbwzs",
        "A fake recruiter asked me to pay",
        "html http yyds nmmm",
        "妈妈逼着我相亲",
    ],
)
def test_what_only_looks_like_a_disguise_passes(knowing, text):
    screener = knowing(("赌博网站", "1.8", "block"), ("法克", "2.6", "review"), ("黑天猫龙", "2.6", "review"))
    assert screener.screen(Post(text)).decision == "pass"


def test_three_first_letters_count_in_small_letters_only_and_never_where_all_know_them(knowing):
    screener = knowing(("黑车站", "2.6", "review"), ("狗平台", "2.6", "review"), ("二手", "2.6", "review"))
    assert screener.screen(Post("有 hcz 吗")).decision == "review"
    for written in ("这个 HCZ 指标怎么算", "gpt 写的吧", "es 集群又挂了", "hczs", "shcz"):
        assert screener.screen(Post(written)).decision == "pass", written


@pytest.mark.parametrize("written", ["d.b.w.z", "d·b·w·z", "D*B*W*Z", "d。b。w。z"])
def test_first_letters_with_the_same_mark_between_all_of_them_are_first_letters(knowing, written):
    screener = knowing(("赌博网站", "1.8", "block"))
    assert screener.screen(Post(f"来 {written} 看看")).decision == "review"


@pytest.mark.parametrize("written", ["d.b w.z", "d-b-w-z", "d b w z", "x.d.b.w.z", "d.b.w.z.com"])
def test_letters_that_other_marks_part_are_not(knowing, written):
    screener = knowing(("赌博网站", "1.8", "block"))
    assert screener.screen(Post(f"来 {written} 看看")).decision == "pass"


def test_the_company_of_a_term_may_be_sounded_out_but_not_merely_sound_like_it(knowing):
    screener = knowing(("单独见面", "1.12", "review"), near=("小学生",), unless=("警方",))
    assert screener.screen(Post("小学生 单独见面")).decision == "review"
    for written in ("xiaoxuesheng 单独见面", "找小xuesheng,dandujianmian", "单独见面,xiao xue sheng 也行"):
        verdict = screener.screen(Post(written))
        assert [f.clause for f in verdict.findings] == ["1.12"], written
    for written in ("消雪声里单独见面", "单独见面", "警方:xiaoxuesheng 单独见面"):
        assert screener.screen(Post(written)).decision == "pass", written


def test_a_doubled_character_elsewhere_joins_nothing_across_the_end_of_a_sentence(knowing):
    screener = knowing(("赌博网站", "1.8", "block"))
    assert screener.screen(Post("看看:赌赌博博网网站站")).decision == "block"
    for written in ("谁跟谁打赌。博网,站在这里看看", "看看打赌 博网;站"):
        assert screener.screen(Post(written)).decision == "pass", written
