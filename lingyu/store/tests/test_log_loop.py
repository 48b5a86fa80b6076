"""The log's loop in a worker: the house's own facts and those from outside, each once, seen at once."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from lingyu.kernel.facts import READERS, Key, Reading
from lingyu.kernel.questions import Trend
from lingyu.store.engines.base import EngineError
from lingyu.store.engines.click.transport import Transport
from lingyu.store.explore import house
from lingyu.store.inbox import Writer
from lingyu.store.log import keeping, log, sequences, working
from lingyu.store.log.door import inbox
from lingyu.store.log.tests.making import fact
from lingyu.store.models import Envelope
from lingyu.store.outbox import record

from .inboxes import row
from .samples import paid

pytestmark = pytest.mark.django_db


def told(columns: str) -> list[tuple]:
    """Columns of all facts, in the order of time."""
    seen = sequences()
    relation = seen.relation({"amount", "currency", "props"}, 0, 99_999)
    return seen.ask(f"SELECT {columns} FROM {relation} ORDER BY time")


def test_the_houses_facts_are_explored_beside_those_from_outside(on_duck, monkeypatch):
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading([fact("view", Key("user", "v"))]))
    with transaction.atomic():
        record(paid("2024-03-04", person="xi", amount=1250), paid("2024-03-05", person="xi", amount=300))
    writer = Writer(inbox()).start()
    writer.put_and_wait(row(1))
    loop = working.LogLoop()
    assert loop.step()
    assert not loop.step()
    writer.stop()
    house = told("event, source, amount, currency, props.amount::INT, person")
    assert [r[:5] for r in house[:2]] == [
        ("test.paid", "house", 1250, "CNY", 1250),
        ("test.paid", "house", 300, "CNY", 300),
    ]
    assert house[0][5] == house[1][5] != house[2][5]
    assert house[2][0] == "view"
    assert log().derived.stale() == []


def test_an_envelope_that_was_kept_but_not_marked_is_kept_once(on_duck):
    with transaction.atomic():
        record(paid("2024-03-04"), paid("2024-03-04"))
    loop = working.LogLoop()
    assert loop.step()
    assert not Envelope.objects.unlogged().exists()
    # As after a kill between the two stores.
    Envelope.objects.update(logged_at=None)
    assert loop.step()
    assert told("count(*) OVER ()")[0] == (2,)
    assert len(told("event")) == 2


def test_while_another_process_writes_the_log_it_waits(on_duck):
    with log().lease(), pytest.raises(working.Busy):
        working.LogLoop().step()


def test_what_readers_remark_is_told_and_a_listener_that_fails_stops_nothing(on_duck, monkeypatch):
    heard = []

    def deaf(*told):
        raise RuntimeError("no ears")

    monkeypatch.setattr(working, "TOLD", [deaf, lambda *told: heard.append(told)])
    writer = Writer(inbox()).start()
    writer.put_and_wait(row(1))
    monkeypatch.delitem(READERS, "lingyu")
    assert working.LogLoop().step()
    writer.stop()
    assert [(source, remarks[0].code) for source, _, remarks in heard] == [("s", "protocol_unknown")]


class _Clock:
    """Stands still until it is told to go on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_compacted_is_sent_to_clickhouse_and_answered_there(
    on_duck, clickhouse, settings, monkeypatch
):
    settings.LINGYU_CLICKHOUSE_URL, settings.LINGYU_EXPLORE = "http://clickhouse.example/loop", "click-only"
    for table in (
        "log_facts",
        "log_facts_incoming",
        "log_joins",
        "log_joins_incoming",
        "log_days",
        "log_state",
    ):
        clickhouse().command(f"DROP TABLE IF EXISTS {table} SYNC")
    monkeypatch.setattr(house, "_way", lambda: Transport(clickhouse))
    with transaction.atomic():
        record(paid("2024-03-04", person="xi"), paid("2024-03-05", person="xi"))
    clock = _Clock()
    loop = working.LogLoop(clock)
    loop.step()
    assert house.answer(Trend()).totals == {"value": 2}
    with transaction.atomic():
        record(paid("2024-03-05", person="peng"))
    loop.step()
    assert house.answer(Trend()).totals == {"value": 2}
    clock.now += working.SEND_EVERY
    loop.step()
    assert house.answer(Trend(measure="people")).totals == {"value": 2}


def test_a_clickhouse_that_is_away_holds_nothing_up_and_is_tried_again_later(on_duck, settings, monkeypatch):
    tries = []

    class Away:
        def send(self, stopped):
            tries.append(stopped())
            raise EngineError("ClickHouse cannot be reached")

    settings.LINGYU_CLICKHOUSE_URL = "http://clickhouse.example/away"
    monkeypatch.setattr(house, "sender", Away)
    clock = _Clock()
    loop = working.LogLoop(clock)
    for day in (4, 5, 6):
        with transaction.atomic():
            record(paid(f"2024-03-0{day}"))
        loop.step()
    assert (len(told("event")), tries) == (3, [False])
    for wait in working.BACK_OFF:
        clock.now += wait
        loop.step()
        loop.step()
    assert len(tries) == 1 + len(working.BACK_OFF)


def test_what_an_older_catalog_does_not_know_comes_again(on_duck):
    with transaction.atomic():
        record(paid("2024-03-04"))
    loop = working.LogLoop()
    assert loop.step()
    Envelope.objects.update(logged_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    for tell in keeping.PUT_BACK:
        tell(datetime(2026, 3, 2, 12, 1, tzinfo=UTC).timestamp())
    assert not Envelope.objects.unlogged().exists()
    for tell in keeping.PUT_BACK:
        tell(datetime(2026, 3, 2, 11, 59, tzinfo=UTC).timestamp())
    assert Envelope.objects.unlogged().count() == 1
