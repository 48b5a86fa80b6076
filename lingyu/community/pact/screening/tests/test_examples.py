"""Every example of every clause, screened: what must hit does, what comes near it does not."""

import pytest

from lingyu.community.pact.clauses import Example, examples, load
from lingyu.community.pact.screening import Post

pytestmark = pytest.mark.one_database

AUTOMATIC = [c.code for c in load().clauses if c.automatic]
OTHERS = [c.code for c in load().clauses if not c.automatic]


def screened(screener, example: Example):
    """The verdict on an example."""
    post = {name: getattr(example, name) for name in ("kind", "title", "before", "others")}
    return screener.screen(Post(example.text, **post))


def told(example: Example) -> str:
    """An example in one line."""
    return f"{example.kind}: {example.title or ''} {example.text}"[:120]


@pytest.mark.parametrize("code", AUTOMATIC)
def test_every_hit_is_found_under_its_clause(shipped, code):
    verdicts = [(told(e), screened(shipped, e)) for e in examples()[code].hits]
    assert not [text for text, v in verdicts if code not in {f.clause for f in v.findings}]
    assert not [text for text, v in verdicts if v.decision == "pass"]


@pytest.mark.parametrize("code", AUTOMATIC)
def test_no_near_miss_is_found_under_its_clause(shipped, code):
    verdicts = [(told(e), screened(shipped, e)) for e in examples()[code].misses]
    assert not [text for text, v in verdicts if code in {f.clause for f in v.findings}]


@pytest.mark.parametrize("code", OTHERS)
def test_no_near_miss_of_what_people_find_is_blocked(shipped, code):
    assert not [told(e) for e in examples()[code].misses if screened(shipped, e).decision == "block"]


def test_no_machine_finds_what_only_people_may(shipped):
    found = {f.clause for c in OTHERS for e in examples()[c].hits for f in screened(shipped, e).findings}
    assert not found & set(OTHERS)
