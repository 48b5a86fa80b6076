"""The evasion suite, small: what is recovered of the shipped terms, and what clean text is left alone."""

from random import Random

import pytest

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.screening import Post
from lingyu.community.pact.screening.evasions import OPERATORS

pytestmark = pytest.mark.one_database

# Of the terms that are found as they are, at least this share is found in each disguise.
LEAST = {"initials-all": 0.5, "homophone-1": 0.9, "look-alike-1": 0.85, "emoji": 0.85}


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


def test_three_first_letters_are_looked_at_for_grave_terms_only(knowing):
    screener = knowing(("冰毒粉", "1.13", "block"), ("黑车站", "2.6", "review"))
    assert screener.screen(Post("有 bdf 吗")).decision == "review"
    assert screener.screen(Post("有 hcz 吗")).decision == "pass"
