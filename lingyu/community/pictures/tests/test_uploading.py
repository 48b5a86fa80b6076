"""Pictures from upload to removal: actions, pages, files, the day's share."""

import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Erasure
from lingyu.community.pictures import actions, privacy, shelf, uses
from lingyu.community.pictures.events import PictureAdded, PictureRemoved
from lingyu.community.pictures.models import Picture

from .drawn import picture


@pytest.fixture(autouse=True)
def a_shelf(settings, tmp_path):
    """A folder of the test's own for the files."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def files():
    """`files()`: the names of all files that are there."""
    return lambda: sorted(p.name for p in shelf.folder().rglob("*") if p.is_file())


def test_a_picture_is_kept_in_two_sizes_and_recorded(xiaoxi, files, facts):
    kept = actions.add_picture(actor=xiaoxi, data=picture(), alt="  三月的\n曲线\0 ")
    assert kept.alt == "三月的 曲线"
    assert files() == sorted([kept.name, kept.address.small_name])
    (fact,) = facts(PictureAdded)
    assert (fact.picture, fact.person, fact.bytes) == (kept.id, xiaoxi.key, kept.bytes)
    assert kept.bytes == sum(shelf.path_of(n).stat().st_size for n in files())


def test_the_same_picture_twice_is_one_and_two_members_share_its_file(xiaoxi, aque, files, facts):
    first = actions.add_picture(actor=xiaoxi, data=picture())
    assert actions.add_picture(actor=xiaoxi, data=picture()) == first
    others = actions.add_picture(actor=aque, data=picture())
    assert others.name == first.name
    assert len(files()) == 2
    assert len(facts(PictureAdded)) == 2
    actions.remove_picture(actor=xiaoxi, picture=first)
    assert len(files()) == 2
    actions.remove_picture(actor=aque, picture=others)
    assert files() == []
    assert len(facts(PictureRemoved)) == 2


def test_what_is_refused_leaves_neither_row_nor_file(xiaoxi, files, facts):
    with pytest.raises(ValidationError):
        actions.add_picture(actor=xiaoxi, data=b"<svg onload=alert(1)>")
    assert not Picture.objects.exists()
    assert files() == []
    assert facts(PictureAdded) == []


def test_a_day_takes_so_many_and_the_next_day_begins_at_the_sites_midnight(xiaoxi, monkeypatch):
    monkeypatch.setattr(actions, "A_DAY_PICTURES", 2)
    evening = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    midnight = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    for n in (1, 2):
        actions.add_picture(actor=xiaoxi, data=picture(10 + n), at=evening)
    with pytest.raises(ValidationError) as refusal:
        actions.add_picture(actor=xiaoxi, data=picture(20), at=evening)
    assert refusal.value.code == "quota"
    assert actions.add_picture(actor=xiaoxi, data=picture(20), at=midnight)


def test_so_many_bytes_a_day_too(xiaoxi, monkeypatch):
    actions.add_picture(actor=xiaoxi, data=picture(20))
    monkeypatch.setattr(actions, "A_DAY_BYTES", 10)
    with pytest.raises(ValidationError):
        actions.add_picture(actor=xiaoxi, data=picture(30))


@pytest.mark.django_db(transaction=True)
def test_uploads_at_once_do_not_exceed_the_days_share(xiaoxi, monkeypatch):
    monkeypatch.setattr(actions, "A_DAY_PICTURES", 3)

    def upload(n):
        try:
            actions.add_picture(actor=xiaoxi, data=picture(50 + n))
        except ValidationError as refusal:
            return refusal.code
        finally:
            # The test's own connection stays with it.
            if threading.current_thread() is not threading.main_thread():
                connection.close()
        return "kept"

    # SQLite's memory of the tests is one connection's: there, one after the other.
    with ThreadPoolExecutor(8 if connection.vendor == "postgresql" else 1) as pool:
        told = list(pool.map(upload, range(8)))
    assert sorted(told) == ["kept"] * 3 + ["quota"] * 5
    assert Picture.objects.count() == 3


def test_a_file_is_there_before_its_row(xiaoxi, monkeypatch, files):
    def full_disk(path, content):
        raise OSError("no space left")

    monkeypatch.setattr(shelf, "_write", full_disk)
    with pytest.raises(OSError, match="no space"):
        actions.add_picture(actor=xiaoxi, data=picture())
    assert not Picture.objects.exists()


def test_what_uploads_left_behind_is_cleared_after_a_day_and_nothing_else(xiaoxi, files):
    kept = actions.add_picture(actor=xiaoxi, data=picture())
    orphan = actions.add_picture(actor=xiaoxi, data=picture(800))
    Picture.objects.filter(id=orphan.id).delete()
    half = shelf.path_of(kept.name).with_name("broken.half")
    half.write_bytes(b"half")
    assert actions.clear_left_behind(actor=None) == 0
    yesterday = time.time() - 90_000
    for name in files():
        path = next(shelf.folder().rglob(name))
        os.utime(path, (yesterday, yesterday))
    assert actions.clear_left_behind(actor=None) == 3
    assert files() == sorted([kept.name, kept.address.small_name])


def test_uploading_again_what_was_left_behind_makes_it_young(xiaoxi, files):
    orphan = actions.add_picture(actor=xiaoxi, data=picture())
    Picture.objects.filter(id=orphan.id).delete()
    for name in files():
        os.utime(shelf.path_of(name), (1, 1))
    shelf.put(actions.refine(picture()))
    assert actions.clear_left_behind(actor=None) == 0


def test_a_picture_that_is_shown_somewhere_is_not_removed(xiaoxi, monkeypatch):
    kept = actions.add_picture(actor=xiaoxi, data=picture())
    monkeypatch.setitem(uses.USES, "test", lambda url: url == kept.address.url)
    with pytest.raises(ValidationError):
        actions.remove_picture(actor=xiaoxi, picture=kept)
    assert Picture.objects.exists()


def test_the_file_is_served_to_everybody_for_ever_as_what_it_is(xiaoxi, anonymous, client_of):
    kept = actions.add_picture(actor=xiaoxi, data=picture())
    reader = client_of(anonymous)
    for name in (kept.name, kept.address.small_name):
        answer = reader.get(f"/pictures/file/{name}")
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer["Cache-Control"]
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.content == shelf.path_of(name).read_bytes()
    again = reader.get(f"/pictures/file/{kept.name}", headers={"if-none-match": f'"{kept.name}"'})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["x.webp", "..%2f..%2fsecret-key", "a" * 32 + "-1x1.webp", "a" * 32 + "-1x1.png"]
)
def test_any_other_name_is_not_there(name, client, db):
    assert client.get(f"/pictures/file/{name}").status_code == 404


def test_the_editor_gets_json_and_a_browser_without_script_a_page(xiaoxi, client_of):
    writer = client_of(xiaoxi)
    upload = SimpleUploadedFile("evil.php", picture(), "text/x-php")
    answer = writer.post(
        "/pictures/", {"picture": upload, "alt": "图"}, headers={"accept": "application/json"}
    )
    kept = Picture.objects.get()
    assert answer.json() == {"src": kept.address.url, "alt": "图"}
    lie = SimpleUploadedFile("fine.png", b"<html>", "image/png")
    answer = writer.post("/pictures/", {"picture": lie}, headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "no picture" in answer.json()["error"]
    second = SimpleUploadedFile("b.png", picture(64), "image/png")
    assert writer.post("/pictures/", {"picture": second, "alt": '"><script>'}).status_code == 302
    page = writer.get("/pictures/").content.decode()
    assert kept.markdown in page
    assert "<script>" not in page.split("<main")[1].split("</main>")[0]


def test_a_member_who_may_not_write_uploads_nothing(luren, client_of):
    assert client_of(luren).post("/pictures/", {"picture": picture()}).status_code == 403


def test_nobody_removes_what_another_uploaded(xiaoxi, aque, client_of):
    accounts.grant_role(actor=None, member=aque, role="author")
    kept = actions.add_picture(actor=xiaoxi, data=picture())
    assert client_of(aque).post(f"/pictures/{kept.id}/removal/").status_code == 404
    assert client_of(xiaoxi).post(f"/pictures/{kept.id}/removal/").status_code == 302
    assert not Picture.objects.exists()


def test_the_export_names_them_and_the_erasure_takes_files_and_rows(xiaoxi, files):
    kept = actions.add_picture(actor=xiaoxi, data=picture(), alt="我")
    (row,) = privacy.pictures(xiaoxi)
    assert (row["address"], row["description"]) == (kept.address.url, "我")
    erasure = Erasure(member=xiaoxi, words=Erasure.Words.REMOVE)
    for change in privacy.forget_pictures(erasure):
        if isinstance(change, privacy.Delete):
            change.rows.delete()
        elif isinstance(change, privacy.Through):
            change.action()
    assert not Picture.objects.exists()
    assert files() == []
