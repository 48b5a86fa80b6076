"""One shipped screener for all tests of a process, and small ones of a test's own words."""

import pytest

from lingyu.community.pact.clauses import load
from lingyu.community.pact.screening import NamedStep, Post, Screener
from lingyu.community.pact.screening.automaton import Banks, Lexicon, Term


@pytest.fixture(scope="session")
def shipped() -> Screener:
    """The screener of this release."""
    return Screener.shipped()


@pytest.fixture
def knowing():
    """A screener that knows nothing but the terms given: (text, clause, act), and allow-words."""

    def made(*terms: tuple[str, str, str], allowed: tuple[str, ...] = (), **fields) -> Screener:
        lexicon = Lexicon([Term(*term, 0.95, bank="own", **fields) for term in terms], allowed)
        return Screener([NamedStep("banks", Banks(lexicon))], load())

    return made


@pytest.fixture
def clauses_of():
    """The clauses that a screener finds in a text."""

    def found(screener: Screener, text: str, **post) -> set[str]:
        return {finding.clause for finding in screener.screen(Post(text, **post)).findings}

    return found
