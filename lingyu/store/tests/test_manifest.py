"""Files of the DuckDB engine: published at once, merged under readers, swept after a while."""

import json
import os
import sqlite3
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from lingyu.kernel.events import EVENTS, Event, fact
from lingyu.kernel.metrics import Sum, declare
from lingyu.kernel.query import Period, Query
from lingyu.store.engines import engine
from lingyu.store.engines.base import EngineError
from lingyu.store.engines.duck import manifest as manifests
from lingyu.store.engines.duck import writer
from lingyu.store.engines.duck.manifest import GRACE_SECONDS, File, Manifest
from lingyu.store.outbox import record
from lingyu.store.query import ask, ask_all
from lingyu.store.ship import ship_all

from . import samples as s
from .cases.base import ask_for
from .samples import moment, paid

pytestmark = pytest.mark.django_db


def _total() -> int:
    return ask(ask_for(s.GMV, "2024-01-01", "2024-12-31")).total


def _on_disk(folder) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.glob("month=*/*.parquet")}


def _live() -> set[str]:
    return {f.path for f in engine().manifest.live()}


def test_a_day_a_file_and_a_month_of_history_a_file(on_duck, remember):
    remember([paid("2024-03-04"), paid("2024-03-05"), *(paid(f"2024-02-{n:02}") for n in range(1, 29))])
    assert sorted((f.first, f.last, f.rows) for f in engine().manifest.live()) == [
        (date(2024, 2, 1), date(2024, 2, 28), 28),
        (date(2024, 3, 4), date(2024, 3, 4), 1),
        (date(2024, 3, 5), date(2024, 3, 5), 1),
    ]


def test_the_list_knows_what_is_in_a_file_without_opening_it(on_duck, remember):
    remember([paid("2024-03-04 01:00"), paid("2024-03-04 23:00"), s.signed_up("2024-03-04 02:00", "a")])
    (file,) = engine().manifest.live()
    hours = {
        name: (count, *(datetime.fromtimestamp(at / 1e6, UTC).hour for at in span))
        for name, count, *span in file.contents
    }
    assert hours == {"test.paid": (2, 1, 23), "test.signed_up": (1, 2, 2)}
    assert (file.has(["test.paid"]), file.has(["test.refunded"])) == (True, False)


def test_crowded_days_are_merged_and_say_the_same(on_duck, remember):
    facts = [paid(f"2024-03-04 {n:02}:00", 10**n % 99_991, f"p{n % 3}", shop=f"s{n % 2}") for n in range(20)]
    for one in facts:
        remember([one])
    assert len(_live()) < writer.FAN_IN
    assert _total() == sum(f.amount for f in facts)
    assert ask(ask_for(s.BUYERS, "2024-03-04")).total == 3
    # Each of them is still known by its id.
    assert remember(facts) == 0


def test_a_month_that_is_over_is_tidied_into_one_file(on_duck, remember):
    for n in range(1, 6):
        remember([paid(f"2024-03-{n:02}", 10**n)])
    assert len(_live()) == 5
    version = engine().version()
    assert engine().tidy() == 5
    assert (len(_live()), _total(), engine().version()) == (1, 111_110, version)


def test_large_files_are_left_alone(on_duck, remember, monkeypatch):
    monkeypatch.setattr(writer, "FULL", 2)
    for n in range(1, 7):
        remember([paid(f"2024-03-{n:02}"), paid(f"2024-03-{n:02}")])
    assert engine().tidy() == 0
    assert len(_live()) == 6


def test_a_reader_that_listed_files_before_a_merge_still_finds_them(on_duck, remember):
    for n in range(1, 6):
        remember([paid(f"2024-03-{n:02}")])
    before = engine().manifest.live()
    engine().tidy()
    assert {f.path for f in before} <= _on_disk(on_duck)
    assert not {f.path for f in before} & _live()


def test_retired_files_are_swept_after_the_grace_period(on_duck, remember, monkeypatch):
    for n in range(1, 6):
        remember([paid(f"2024-03-{n:02}")])
    engine().tidy()
    assert len(_on_disk(on_duck)) == 6
    later = time.time() + GRACE_SECONDS + 1
    monkeypatch.setattr(manifests.time, "time", lambda: later)
    assert engine().manifest.sweep() == 5
    assert _on_disk(on_duck) == _live()
    assert _total() == 500


def test_files_that_nobody_published_are_not_read_and_later_swept(on_duck, remember):
    remember([paid("2024-03-04", 1)])
    (path,) = _live()
    orphan = on_duck / "month=2024-03" / "orphan.parquet"
    orphan.write_bytes((on_duck / path).read_bytes())
    assert _total() == 1
    assert engine().manifest.sweep() == 0
    long_ago = time.time() - GRACE_SECONDS - 1
    os.utime(orphan, (long_ago, long_ago))
    assert engine().manifest.sweep() == 1
    assert _on_disk(on_duck) == {path}


def test_a_swap_is_all_or_nothing(on_duck, remember):
    remember([paid("2024-03-04", 1)])
    (old,) = engine().manifest.live()
    new = File("month=2024-03/new.parquet", old.first, old.last, 1, 1, old.columns, old.contents)
    with pytest.raises(EngineError, match="no live file"):
        engine().manifest.swap([new], ["month=2024-03/gone.parquet"])
    assert _live() == {old.path}
    assert _total() == 1


def test_a_second_process_sees_what_the_first_published(on_duck, remember):
    other = Manifest(on_duck)
    assert other.live() == []
    remember([paid("2024-03-04", 1)])
    assert other.live() == engine().manifest.live() != []


def test_a_store_of_another_format_is_not_touched(on_duck):
    Manifest(on_duck)
    db = sqlite3.connect(on_duck / "manifest.sqlite3")
    db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(EngineError, match="format 99"):
        Manifest(on_duck)


def test_a_field_declared_later_is_null_in_older_facts(store, remember):
    remember([paid("2024-03-04", 1)])
    # The next version of the room declares the event anew.
    EVENTS.pop("test.paid")

    @fact("test.paid", zh="付", en="Paid")
    class Paid(Event, kw_only=True):
        """The same event, with a field more."""

        amount: int
        currency: str = "CNY"
        colour: str | None = None
        points: int | None = None

    points = declare(
        Sum(name="t_points", zh="分", en="P", about="-", event=Paid, field="points", unit="count")
    )
    gmv = declare(Sum(name="t_new_gmv", zh="额", en="G", about="-", event=Paid, field="amount", unit="money"))
    with transaction.atomic():
        record(Paid(occurred_at=moment("2024-03-04"), amount=10, colour="red", points=3))
    ship_all()
    day = Period(date(2024, 3, 4), date(2024, 3, 4))
    results = ask_all(
        [
            Query(metric=points.name, period=day),
            Query(metric=gmv.name, period=day, by=("colour",)),
            Query(metric=gmv.name, period=day, where="colour is null"),
        ]
    )
    assert [[(*r.dims, r.value) for r in result.rows] for result in results] == [
        [(3,)],
        [("red", 10), (None, 1)],
        [(1,)],
    ]


def test_the_manifest_is_readable_by_anyone_with_sqlite(on_duck, remember):
    remember([paid("2024-03-04")])
    db = sqlite3.connect(on_duck / "manifest.sqlite3")
    path, contents = db.execute("select path, contents from files").fetchone()
    db.close()
    assert (on_duck / path).exists()
    assert json.loads(contents)[0][:2] == ["test.paid", 1]


def test_facts_of_a_day_are_found_at_both_its_ends(on_duck, remember):
    last = moment("2024-03-04") + timedelta(days=1) - timedelta(microseconds=1)
    remember([paid("2024-03-04", 1), s.Paid(occurred_at=last, amount=10)])
    assert ask(ask_for(s.GMV, "2024-03-04", tz="UTC")).total == 11
    assert ask(ask_for(s.GMV, "2024-03-05", tz="UTC")).total == 0
