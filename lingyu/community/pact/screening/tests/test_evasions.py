"""The evasion suite, small: what is recovered of the shipped terms, and what clean text is left alone."""

from random import Random

import pytest

from lingyu.community.pact.clauses import examples
from lingyu.community.pact.screening import Post
from lingyu.community.pact.screening.evasions import OPERATORS

pytestmark = pytest.mark.one_database

# Of the terms that are found as they are, at least this share is found in each disguise.
LEAST = {"initials-all": 0.0, "homophone-1": 0.7, "look-alike-1": 0.7, "reversed": 0.7, "emoji": 0.7}


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
    assert found >= LEAST.get(name, 0.9) * len(written), f"{found} of {len(written)}"


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
