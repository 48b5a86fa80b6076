"""Damaged files: found by their bytes, left out and told, the rest answered; mended, they count again."""

import os
import shutil
import sqlite3

import pytest

from lingyu.kernel.facts import READERS, Reading
from lingyu.kernel.ids import fact_id
from lingyu.kernel.questions import Trend
from lingyu.store.engines.base import EngineError
from lingyu.store.explore import answer
from lingyu.store.log import damage, keeping, operating, reading
from lingyu.store.log.erasing import erase
from lingyu.store.log.status import look_through, status_of
from lingyu.store.log.tidying import merge_day
from lingyu.store.tests.inboxes import row, writing_to

from .conftest import Shop
from .making import browser, days, fact, hours, user

pytestmark = pytest.mark.one_database


def spoil(path, at: float = 0.5, length: int = 24) -> None:
    """Change bytes in the middle of a file, as a disk does."""
    raw = bytearray(path.read_bytes())
    start = int(len(raw) * at)
    raw[start : start + length] = bytes(byte ^ 0x5A for byte in raw[start : start + length])
    path.write_bytes(raw)


def two_days(shop) -> list:
    """Five facts on a day and seven on another, in a file each; the files."""
    shop.take(*[fact("view", user(str(n)), page=f"page {n}") for n in range(5)])
    shop.take(*[fact("view", user(str(n)), at=days(1), page=f"page {n}") for n in range(7)])
    return [shop.log.folder / segment.path for segment in shop.log.catalog.live("facts")]


@pytest.mark.parametrize("how", ["end", "empty", "gone", "cut"])
def test_a_file_of_facts_that_cannot_be_read_is_left_out_and_told_and_the_others_answer(shop, how):
    first, _second = two_days(shop)
    if how == "gone":
        first.unlink()
    elif how == "empty":
        first.write_bytes(b"")
    elif how == "cut":
        first.write_bytes(first.read_bytes()[:-40])
    else:
        spoil(first, 0.98)
    seen = shop.see()
    assert seen.damaged == []
    counted = f"SELECT count(*) FROM {seen.relation({'props'}, 0, 99_999)} WHERE props.page IS NOT NULL"
    assert seen.ask(counted) == [(7,)]
    assert [(one.path, one.rows) for one in seen.damaged] == [(f"facts/{first.name}", 5)]
    assert len(shop.rows("event")) == 7
    assert [len(day.times) for day in shop.see().days(0, 99_999)] == [0, 7]
    status = status_of(shop.log, shop.inbox)
    assert [left.rows for left in status.damaged] == [5]
    assert status.troubles == ["facts_damaged"]


def test_an_answer_says_what_is_not_in_it(shop):
    first, _second = two_days(shop)
    first.unlink()
    told = answer(Trend(measure="events"), shop.see())
    assert told.totals == {"value": 7}
    assert [(c.code, c.params) for c in told.caveats] == [("damaged", {"rows": 5, "days": 1})]


def test_a_disk_that_changes_what_is_said_is_found_by_the_bytes(shop):
    first, _second = two_days(shop)
    spoil(first, 0.05)
    assert look_through(shop.log) == [f"facts/{first.name}"]
    assert len(shop.rows("event")) == 7


def test_a_question_that_is_wrong_is_not_taken_for_damage(shop):
    first, _second = two_days(shop)
    spoil(first, 0.05)
    seen = shop.see()
    with pytest.raises(Exception, match="nonsense"):
        seen.ask(f"SELECT nonsense FROM {seen.relation(set(), 0, 99_999)}")
    assert damage.listed(shop.log.catalog) == []


def test_put_back_from_a_backup_it_counts_again_and_given_up_it_is_gone(shop, tmp_path):
    first, second = two_days(shop)
    for path in (first, second):
        shutil.copy(path, tmp_path / path.name)
        spoil(path, 0.98)
    look_through(shop.log)
    assert shop.rows("event") == []
    shutil.copy(tmp_path / first.name, first)
    with shop.log.lease():
        assert damage.mend(shop.log)[:2] == (1, ())
    assert len(shop.rows("event")) == 5
    with shop.log.lease():
        assert damage.mend(shop.log, give_up=True) == (0, (f"facts/{second.name}",), 7)
    assert damage.listed(shop.log.catalog) == []
    assert len(shop.log.catalog.days()) == 1
    assert shop.people() == 5


def test_as_long_as_facts_are_damaged_nobody_is_said_to_be_erased(shop):
    first, _second = two_days(shop)
    spoil(first, 0.98)
    look_through(shop.log)
    with shop.log.lease(), pytest.raises(EngineError, match="damaged"):
        erase(shop.log, shop.inbox, 1, by="operator 阿鹊")


def test_merging_leaves_a_damaged_file_where_it_is(shop):
    for n in range(4):
        shop.take(fact("view", user(str(n)), at=hours(n)))
    (day,) = shop.log.catalog.days()
    bad = shop.log.catalog.live("facts")[1]
    spoil(shop.log.folder / bad.path, 0.98)
    look_through(shop.log)
    with shop.log.lease():
        assert merge_day(shop.log, day, shop.log.catalog.live("facts", day, day), day + 7) == 3
    assert len(shop.rows("event")) == 3
    assert (shop.log.folder / bad.path).exists()


@pytest.mark.parametrize("kind", ["journeys", "bitmaps", "sessions", "orders"])
def test_a_derived_file_that_is_damaged_is_made_anew(shop, kind):
    two_days(shop)
    with shop.log.lease():
        shop.log.derived.build()
    path = shop.log.folder / shop.log.catalog.live(kind)[0].path
    spoil(path, 0.5)
    assert look_through(shop.log) == [f"{kind}/{path.name}"]
    assert len(shop.log.derived.stale()) == 1
    with shop.log.lease():
        shop.log.derived.build()
    assert look_through(shop.log) == []
    assert shop.people() == 7


@pytest.mark.parametrize("at", [0.0, 0.9])
def test_damaged_ids_let_nothing_in_twice(shop, at):
    facts = [fact("view", user(str(n)), page=f"page {n}") for n in range(50)]
    shop.take(*facts)
    (run,) = shop.log.catalog.live("ids")
    spoil(shop.log.folder / run.path, at)
    again = Shop(shop.log.folder.parent)
    assert again.log.catalog.live("ids") != []
    again.take(*facts)
    assert len(again.rows("event")) == 50
    assert run.path not in [segment.path for segment in again.log.catalog.live("ids")]


# --- The catalog ----------------------------------------------------------------------------------


def spoil_catalog(shop, table: str) -> None:
    """Overwrite a table's first page in the catalog (of none: the file's), and let no process remember it."""
    path, db = shop.log.catalog.path, shop.log.catalog.db()
    db.execute("pragma wal_checkpoint(truncate)")
    found = db.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
    db.close()
    shop.log.catalog._local.of = None
    raw, start = bytearray(path.read_bytes()), 4096 * ((found[0] if found else 1) - 1)
    raw[start : start + 4000] = os.urandom(4000)
    path.write_bytes(raw)
    for name in ("-wal", "-shm"):
        path.with_name(path.name + name).unlink(missing_ok=True)


def compact(shop, told: list) -> None:
    """What the worker's loop does: compacts, and puts the copy in the place of a damaged catalog."""
    try:
        with shop.log.lease():
            shop.compactor.run()
    except sqlite3.DatabaseError as error:
        assert keeping.is_of_the_catalog(error), error
        told.append(str(error))
        with shop.log.lease():
            keeping.put_back(shop.log.folder)
        shop.compactor = type(shop.compactor)(shop.log, shop.inbox)
        with shop.log.lease():
            shop.compactor.run()


@pytest.mark.parametrize("where", ["position", "key", "segment", "meta", ""])
def test_a_damaged_catalog_gives_way_to_its_copy_and_nothing_is_lost_or_doubled(shop, monkeypatch, where):
    monkeypatch.setitem(
        READERS,
        "lingyu",
        lambda r: Reading(
            [fact("view", browser(str(r.received_at)), id=_id(r.received_at), at=hours(r.received_at / 9))]
        ),
    )
    with writing_to(shop.inbox) as writer:
        for number in range(20):
            writer.put_and_wait(row(number))
        compact(shop, [])
        assert shop.log.kept.at()
        for number in range(20, 40):
            writer.put_and_wait(row(number))
        compact(shop, [])
        # In the catalog, and not in its copy yet.
        assert len(shop.rows("event")) == 40
        spoil_catalog(shop, where)
        told: list[str] = []
        again = Shop(shop.log.folder.parent)
        compact(again, told)
        # That of `meta`, and the first page, are met when it is opened.
        assert bool(told) == (where not in ("meta", ""))
        writer.put_and_wait(row(40))
        compact(again, told)
    assert len(again.rows("event")) == 41
    assert again.people() == 41
    assert "catalog_was_damaged" in status_of(again.log, again.inbox).troubles
    # Whoever had it open sees the one that took its place.
    assert len(shop.rows("event")) == 41


def _id(number: int):
    return fact_id("damage", str(number))


def test_an_operator_puts_a_damaged_catalog_right_and_until_then_questions_say_so(
    shop, monkeypatch, settings
):
    two_days(shop)
    with shop.log.lease():
        keeping.keep(shop.log, at_once=True)
    monkeypatch.setattr(reading, "log", lambda: shop.log)
    settings.LINGYU_STORE = shop.log.folder.parent
    spoil_catalog(shop, "segment")
    with pytest.raises(EngineError, match="catalog is damaged"):
        reading.sequences()
    assert operating.mend(shop.log, actor="阿鹊") == (0, (), 0)
    assert reading.sequences().damaged == []
    assert len(shop.rows("event")) == 12


def test_a_copy_of_a_damaged_catalog_does_not_take_the_place_of_a_good_one(shop):
    two_days(shop)
    with shop.log.lease():
        keeping.keep(shop.log, at_once=True)
    before = shop.log.kept.path.read_bytes()
    spoil_catalog(shop, "trait")
    with pytest.raises(sqlite3.DatabaseError):
        keeping.keep(shop.log, at_once=True)
    assert shop.log.kept.path.read_bytes() == before


def test_without_a_copy_it_is_said_what_to_do(tmp_path):
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / keeping.CATALOG).write_bytes(os.urandom(8192))
    with pytest.raises(EngineError, match="restore a backup"):
        Shop(tmp_path)


def test_no_request_is_forgotten_before_the_copy_has_taken_note_of_it(shop, monkeypatch):
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading([fact("view", browser(str(r.received_at)))]))
    for number in range(3):
        with writing_to(shop.inbox) as writer:
            writer.put_and_wait(row(number))
        shop.compactor.run()
        # The first copy is made at once; the next ones have their time.
        assert len(shop.inbox.files()) == number
    shop.log.kept.due = 0
    shop.compactor.run()
    assert shop.inbox.files() == []
