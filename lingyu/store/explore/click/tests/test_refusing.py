"""What ClickHouse has no SQL for is said so, and answered by journeys if the settings let them."""

import pytest

from lingyu.kernel import questions as q
from lingyu.store.engines.base import EngineError
from lingyu.store.explore import house
from lingyu.store.explore.click import Uncompiled
from lingyu.store.explore.click import answer as click_answer
from lingyu.store.log.tests.making import fact, user

pytestmark = pytest.mark.one_database


@pytest.fixture
def at_home(both, settings, monkeypatch):
    """The house's log is `both`, and its ClickHouse the tests'."""
    settings.LINGYU_CLICKHOUSE_URL = "http://clickhouse.example/lingyu"
    monkeypatch.setattr(house, "_way", lambda: both.transport)
    both.take(fact("view", user("xi"), url="https://a.cn/shop?utm_source=12"))
    both.send()
    return both


def number_of_text() -> q.Trend:
    return q.Trend(step=q.Step("view", "utm_source > 3"))


@pytest.mark.parametrize("where", ["utm_source > 3", "host = true", "time = '2026'"])
def test_reading_a_text_as_a_number_is_refused_by_its_name(at_home, where):
    asked = q.Trend(step=q.Step("view", where))
    with pytest.raises(Uncompiled, match=where.split()[0]):
        click_answer(asked, at_home.click())


def test_what_is_not_compiled_is_answered_by_journeys(at_home, settings):
    settings.LINGYU_EXPLORE = "click"
    assert house.answer(number_of_text(), seen=at_home.see).totals == {"value": 1}
    settings.LINGYU_EXPLORE = "click-only"
    with pytest.raises(Uncompiled):
        house.answer(number_of_text(), seen=at_home.see)


def test_the_engine_of_the_settings_answers(at_home, settings):
    at_home.transport.run("ALTER TABLE log_facts DELETE WHERE 1 SETTINGS mutations_sync = 2")
    counted = {}
    for settings.LINGYU_EXPLORE in house.ENGINES:
        counted[settings.LINGYU_EXPLORE] = house.answer(q.Trend(), seen=at_home.see).totals["value"]
    assert counted == {"journeys": 1, "click": 0, "click-only": 0}


def test_while_clickhouse_is_away_journeys_answer(at_home, settings, monkeypatch):
    def away(text):
        raise EngineError("ClickHouse cannot be reached")

    monkeypatch.setattr(at_home.transport, "rows", away)
    settings.LINGYU_EXPLORE = "click"
    assert house.answer(q.Trend(), seen=at_home.see).totals == {"value": 1}
    settings.LINGYU_EXPLORE = "click-only"
    with pytest.raises(EngineError):
        house.answer(q.Trend(), seen=at_home.see)


def test_a_question_that_makes_no_sense_is_no_matter_of_the_engine(at_home, settings):
    settings.LINGYU_EXPLORE = "click"
    with pytest.raises(q.QuestionError, match="no segment"):
        house.answer(q.Segment(condition=q.Saved(name="none such")))
