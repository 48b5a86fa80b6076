"""The simulated app of the demo: bounded, the same every time, sent by the door, and counted once."""

from datetime import UTC, datetime

import pytest

from lingyu.collector import demo
from lingyu.collector.models import Source
from lingyu.community.accounts import actions
from lingyu.store.log import log, sequences, vocabulary

NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)


@pytest.fixture
def aque_of_the_demo(empty_store):
    """The demo's own operator."""
    return actions.join(actor=None, username="aque", password="of the demo")


def test_a_month_of_events_is_bounded_and_the_same_every_time():
    found = list(demo.events(NOW))
    assert 30_000 < len(found) < 60_000
    assert found == list(demo.events(NOW))
    assert max(event["at"] for event in found) < NOW
    assert len({event["id"] for event in found}) == len(found)


def test_it_comes_in_by_the_door_under_a_source_that_says_it_is_simulated(aque_of_the_demo, monkeypatch):
    monkeypatch.setattr(demo, "PEOPLE", 40)
    sent = [event for event in demo.events(NOW) if event["name"]]
    demo.load(NOW)
    assert "模拟" in Source.objects.get().name
    seen = sequences()
    assert sum(named.count for named in vocabulary.events(seen, days=60)) == len(sent)
    # What a device did before its person signed up is theirs.
    assert len({n for day in log().catalog.days() for n in seen.bitmap(None, day)}) == 40


def test_what_was_sent_before_counts_once(aque_of_the_demo, monkeypatch):
    monkeypatch.setattr(demo, "PEOPLE", 20)
    demo.load(NOW)
    before = sum(log().catalog.rows().values())
    demo.load(NOW)
    assert Source.objects.count() == 1
    assert sum(log().catalog.rows().values()) == before
