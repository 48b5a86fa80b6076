"""Wrong settings of the pact stop the start; a second opinion is asked for only where there is one."""

import pytest

from lingyu.community.pact import checks, engine
from lingyu.community.pact.screening.judge import Judged


@pytest.fixture(autouse=True)
def fresh():
    """Nobody remembers the judge of another test."""
    engine.judge.cache_clear()
    yield
    engine.judge.cache_clear()


def test_whose_comments_wait_is_one_of_two_words(settings):
    assert checks.review_is_known(None) == []
    settings.LINGYU_REVIEW = "some"
    assert [e.id for e in checks.review_is_known(None)] == ["pact.E001"]


def test_an_endpoint_that_is_not_allowed_stops_the_start(monkeypatch):
    assert checks.judge_can_be_asked(None) == []
    monkeypatch.setenv("LINGYU_JUDGE_URL", "https://elsewhere.example/v1")
    monkeypatch.setenv("LINGYU_JUDGE_HOSTS", "here.example")
    monkeypatch.setenv("LINGYU_JUDGE_MODEL", "m")
    assert [e.id for e in checks.judge_can_be_asked(None)] == ["pact.E002"]


def test_there_is_no_second_opinion_until_somebody_sets_one_up(db, monkeypatch):
    assert not isinstance(engine.screener(), Judged)
    engine.judge.cache_clear()
    monkeypatch.setenv("LINGYU_JUDGE_URL", "https://here.example/v1")
    monkeypatch.setenv("LINGYU_JUDGE_HOSTS", "here.example")
    monkeypatch.setenv("LINGYU_JUDGE_MODEL", "m")
    assert isinstance(engine.screener(), Judged)
