"""A backup holds the house as it was when it began, says when it no longer does, and is put back whole."""

import shutil
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest

from lingyu.kernel.facts import READERS, Fact, Reading
from lingyu.store import backup
from lingyu.store.backup import BadBackup, NotEmpty, database
from lingyu.store.inbox import Inbox, Row
from lingyu.store.log import Compactor, Log, LogSequences
from lingyu.store.log.status import look_through
from lingyu.store.log.tests.making import fact, hours, user
from lingyu.store.tests.inboxes import writing_to

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


class House:
    """A home with a database, a log and an inbox."""

    def __init__(self, home: Path):
        self.home, self.database = home, {"ENGINE": "sqlite", "NAME": str(home / "lingyu.sqlite3")}
        self.inbox = Inbox(home / "store" / "inbox")

    @property
    def log(self) -> Log:
        """Its log, as a new process opens it."""
        return Log(self.home / "store" / "log")

    def compact(self) -> None:
        """What a worker does."""
        log = self.log
        with log.lease():
            Compactor(log, self.inbox).run()

    def pages(self) -> list[str]:
        """Of every fact the page."""
        seen = LogSequences(self.log)
        rows = seen.ask(f"SELECT props.page::VARCHAR FROM {seen.relation({'props'}, 0, 99_999)} ORDER BY 1")
        return [page for (page,) in rows]

    def take(self, folder: Path) -> backup.Content:
        """A backup of it."""
        return backup.take(self.home, folder, self.database, self.log)


@pytest.fixture
def house(tmp_path, settings, monkeypatch) -> House:
    """One with three rows, a picture and a key."""
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading([msgspec.json.decode(r.body, type=Fact)]))
    house = House(tmp_path / "home")
    settings.LINGYU_STORE = house.home / "store"
    (house.home / "media").mkdir(parents=True)
    (house.home / "media" / "feather.png").write_bytes(b"a picture")
    (house.home / "secret-key").write_text("the key")
    with sqlite3.connect(house.database["NAME"]) as db:
        db.execute("create table member (name text)")
        db.executemany("insert into member values (?)", [("小喜",), ("大鹏",), ("阿鹊",)])
    db.close()
    return house


def request(page: str) -> Row:
    """A request that says one fact."""
    body = msgspec.json.encode(fact("view", user("xi"), page=page, at=hours(len(page))))
    return Row("s", "lingyu", 1, "", "", "", 1, "POST", "/", b"{}", body)


def send(house: House, *pages: str) -> None:
    """Have facts acknowledged."""
    with writing_to(house.inbox) as writer:
        for page in pages:
            writer.put_and_wait(request(page))


def moved(house: House, folder: Path) -> House:
    """Another home, restored from a backup."""
    other = House(folder)
    backup.restore(folder.parent / "backup", folder, other.database)
    return other


def test_rows_facts_waiting_requests_pictures_and_key_are_there_again(house, tmp_path):
    send(house, "in the log 1", "in the log 2")
    house.compact()
    send(house, "in the inbox")
    content = house.take(tmp_path / "backup")
    assert content.log_facts == 2
    other = moved(house, tmp_path / "other")
    assert other.pages() == ["in the log 1", "in the log 2"]
    other.compact()
    assert other.pages() == ["in the inbox", "in the log 1", "in the log 2"]
    with sqlite3.connect(other.database["NAME"]) as db:
        assert [name for (name,) in db.execute("select name from member")] == ["小喜", "大鹏", "阿鹊"]
    db.close()
    assert (other.home / "media" / "feather.png").read_bytes() == b"a picture"
    assert (other.home / "secret-key").read_text() == "the key"
    assert (other.home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert look_through(other.log) == []


def test_what_is_acknowledged_before_it_begins_is_in_it_while_others_write_and_compact(house, tmp_path):
    """Facts come, a worker compacts, and backups are taken one after the other."""
    stopped, acknowledged = threading.Event(), []

    def send_on() -> None:
        with writing_to(house.inbox, file_seconds=0.05) as writer:
            while not stopped.is_set():
                page = f"{len(acknowledged):05}"
                writer.put_and_wait(request(page))
                acknowledged.append(page)

    def work_on() -> None:
        while not stopped.is_set():
            house.compact()

    threads = [threading.Thread(target=send_on), threading.Thread(target=work_on)]
    for thread in threads:
        thread.start()
    before = []
    try:
        for number in range(3):
            before.append(set(acknowledged))
            house.take(tmp_path / f"{number}" / "backup")
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    assert len(before[-1]) > len(before[0])
    for number, known in enumerate(before):
        other = moved(house, tmp_path / f"{number}" / "other")
        other.compact()
        pages = other.pages()
        assert known <= set(pages)
        assert len(pages) == len(set(pages))


def test_a_backup_says_which_of_its_files_changed_and_is_not_put_back(house, tmp_path):
    send(house, "one")
    house.compact()
    house.take(tmp_path / "backup")
    assert backup.verify(tmp_path / "backup").log_facts == 1
    (path,) = (tmp_path / "backup").glob("store/log/facts/*.parquet")
    raw = bytearray(path.read_bytes())
    raw[50] ^= 1
    path.write_bytes(raw)
    (tmp_path / "backup" / "secret-key").unlink()
    for refused in (lambda: backup.verify(tmp_path / "backup"), lambda: moved(house, tmp_path / "other")):
        with pytest.raises(BadBackup, match="2 of ") as told:
            refused()
        assert path.name in str(told.value) and "secret-key" in str(told.value)
    assert not (tmp_path / "other").exists()


def test_what_is_there_is_not_overwritten_but_moved_aside_when_that_is_asked_for(house, tmp_path):
    house.take(tmp_path / "backup")
    (house.home / "media" / "feather.png").write_bytes(b"a newer picture")
    with pytest.raises(NotEmpty, match="media"):
        backup.restore(tmp_path / "backup", house.home, house.database)
    assert (house.home / "media" / "feather.png").read_bytes() == b"a newer picture"
    backup.restore(tmp_path / "backup", house.home, house.database, replace=True)
    assert (house.home / "media" / "feather.png").read_bytes() == b"a picture"
    (aside,) = house.home.glob("replaced-*")
    assert (aside / "media" / "feather.png").read_bytes() == b"a newer picture"


def test_one_that_breaks_off_leaves_nothing_and_one_that_is_there_is_not_touched(
    house, tmp_path, monkeypatch
):
    def broken(*args, **more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("lingyu.store.backup.taking.copy", broken)
        with pytest.raises(OSError, match="No space"):
            house.take(tmp_path / "backup")
    assert list(tmp_path.glob("backup*")) == []
    assert list((house.home / "store").glob("backup-*")) == []
    house.take(tmp_path / "backup")
    with pytest.raises(FileExistsError):
        house.take(tmp_path / "backup")
    with pytest.raises(BadBackup, match="elsewhere"):
        house.take(house.home / "media" / "backup")


def test_a_damaged_file_of_facts_does_not_stop_the_rest_from_being_saved(house, tmp_path):
    send(house, "one")
    house.compact()
    (segment,) = house.log.catalog.live("facts")
    (house.log.folder / segment.path).unlink()
    house.take(tmp_path / "backup")
    other = moved(house, tmp_path / "other")
    assert look_through(other.log) == [segment.path]


def test_a_list_that_leads_out_of_the_folder_is_refused(house, tmp_path):
    house.take(tmp_path / "backup")
    path = tmp_path / "backup" / "backup.json"
    path.write_text(path.read_text().replace('"secret-key"', '"../secret-key"'))
    with pytest.raises(BadBackup, match="no path within"):
        moved(house, tmp_path / "other")


def test_without_the_programs_of_postgresql_it_is_said_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    with pytest.raises(BadBackup, match="pg_dump is not installed"):
        database.dump({"ENGINE": "lingyu.config.postgres", "NAME": "lingyu"}, tmp_path)


def test_a_backup_of_one_kind_of_database_is_not_put_into_the_other(house, tmp_path):
    house.take(tmp_path / "backup")
    with pytest.raises(BadBackup, match="another kind"):
        database.load({"ENGINE": "lingyu.config.postgres"}, tmp_path / "backup", tmp_path / "x")
