"""A damaged catalog gives way to its copy: nothing is lost, nothing is there twice, and it is told."""

import os
import sqlite3

import pytest

from lingyu.kernel.facts import READERS, Reading
from lingyu.kernel.ids import fact_id
from lingyu.store.engines.base import EngineError
from lingyu.store.log import keeping, operating, reading
from lingyu.store.log.status import status_of
from lingyu.store.tests.inboxes import row, writing_to

from .conftest import Shop
from .making import browser, fact, hours
from .test_damage import two_days

pytestmark = pytest.mark.one_database


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
