"""A copy of everything about a member: for its owner alone, and for seven days."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import ExportMade
from lingyu.community.accounts.jobs import make_exports, remove_exports
from lingyu.community.accounts.models import DataExport, Member
from lingyu.community.accounts.privacy import contributions
from lingyu.community.comments import actions as comments

from .known import LATER, MAIL, NAME, NOW, PEN, made

pytestmark = pytest.mark.usefixtures("home")


def opened(export: DataExport) -> zipfile.ZipFile:
    """The file of an export."""
    return zipfile.ZipFile(export.path)


def test_a_copy_holds_what_every_room_knows_as_json_and_csv(kingfisher, traces, empty_store, facts):
    export = made(kingfisher)
    with opened(export) as archive:
        names = set(archive.namelist())
        told = {n: json.loads(archive.read(f"json/{n}.json")) for n in contributions.CONTRIBUTIONS}
        readme = archive.read("README.txt").decode()
        table = list(csv.reader(io.StringIO(archive.read("csv/comments.csv").decode("utf-8-sig"))))
    assert names == {"README.txt", *(f"{k}/{c}.{k}" for c in told for k in ("json", "csv"))}
    assert told["profile"][0]["username"] == NAME
    assert told["email_addresses"] == [{"email": MAIL, "main": True, "confirmed": True}]
    assert {a["title"] for a in told["articles"]} == {f"{PEN}的文章", "草稿"}
    assert [c["state"] for c in told["comments"]] == ["approved", "waiting"]
    assert told["notifications"]
    assert len(table) == 3
    assert "全部数据" in readme
    assert (export.parts_done, export.size) == (export.parts, export.path.stat().st_size)
    assert [f.person for f in facts(ExportMade)] == [kingfisher.key]


def test_a_copy_holds_no_password_and_nobody_elses_words(kingfisher, traces, empty_store):
    with opened(made(kingfisher)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert Member.objects.get(id=kingfisher.id).password not in text
    assert "别人的话" not in text
    assert '"回复"' not in text


def test_a_copy_holds_the_facts_about_the_member_from_the_event_store(kingfisher, traces, empty_store):
    from lingyu.store.ship import ship_all

    ship_all()
    with opened(made(kingfisher)) as archive:
        told = json.loads(archive.read("json/facts.json"))
    posted = [f for f in told if f["code"] == "comments.posted"]
    assert sum(f["times"] for f in posted) == 2
    assert all(MAIL not in json.dumps(f) for f in told)


def test_a_cell_of_a_copy_is_no_formula(kingfisher, traces, empty_store):
    comments.post_comment(actor=kingfisher, article=traces["theirs"], body='=HYPERLINK("http://evil","x")')
    with opened(made(kingfisher)) as archive:
        cells = next(
            row
            for row in csv.reader(io.StringIO(archive.read("csv/comments.csv").decode("utf-8-sig")))
            if "HYPERLINK" in "".join(row)
        )
    assert not any(cell.startswith("=") for cell in cells)


def test_a_copy_is_in_the_members_language(kingfisher, empty_store):
    actions.choose_language(actor=kingfisher, language="en")
    with opened(made(Member.objects.get(id=kingfisher.id))) as archive:
        assert "Everything that this site holds" in archive.read("README.txt").decode()


def test_two_clicks_are_one_copy(kingfisher):
    first = actions.ask_export(actor=kingfisher, at=NOW)
    assert actions.ask_export(actor=kingfisher, at=NOW) == first


def test_a_copy_is_fetched_by_its_owner_alone(
    kingfisher, luren, client_of, anonymous, empty_store, monkeypatch
):
    export = actions.ask_export(actor=kingfisher)
    make_exports(export.asked_at)
    address = f"/me/privacy/export/{export.id}/"
    answer = client_of(kingfisher).get(address)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "no-store" in answer["Cache-Control"]
    assert client_of(luren).get(address).status_code == 404
    assert client_of(anonymous).get(address).status_code == 302


def test_the_file_can_be_read_by_the_server_only(kingfisher, empty_store):
    export = made(kingfisher)
    assert export.path.stat().st_mode & 0o077 == 0
    assert export.path.parent.stat().st_mode & 0o077 == 0


def test_after_seven_days_a_copy_is_gone(kingfisher, client_of, empty_store):
    export = made(kingfisher)
    assert remove_exports(NOW + timedelta(days=6, hours=23)) == 0
    assert remove_exports(LATER) == 1
    assert remove_exports(LATER) == 0
    assert not export.path.exists()
    assert client_of(kingfisher).get(f"/me/privacy/export/{export.id}/").status_code == 404


def test_the_page_shows_how_far_a_copy_has_come(kingfisher, client_of, empty_store):
    browser = client_of(kingfisher)
    browser.post("/me/privacy/export/")
    assert "hx-trigger" in browser.get("/me/privacy/").content.decode()
    make_exports(datetime.now(UTC))
    fragment = browser.get("/me/privacy/export/progress/").content.decode()
    assert "hx-trigger" not in fragment
    assert "Download" in fragment


def test_a_copy_that_fails_is_tried_again_and_then_given_up(kingfisher, monkeypatch):
    from lingyu.community.accounts.actions import exports

    def broken(*args):
        raise OSError("disk full")

    monkeypatch.setattr(exports, "pack", broken)
    export = actions.ask_export(actor=kingfisher, at=NOW)
    for attempt in range(8):
        make_exports(NOW + attempt * timedelta(minutes=16))
    export.refresh_from_db()
    assert (export.attempts, export.failed_at is not None) == (5, True)
    assert actions.ask_export(actor=kingfisher, at=NOW) != export


def test_a_room_that_breaks_leaves_no_half_file(kingfisher, monkeypatch, empty_store):
    part = contributions.CONTRIBUTIONS["profile"]

    def broken(member):
        raise ValueError

    monkeypatch.setitem(
        contributions.CONTRIBUTIONS, "profile", type(part)(part.code, part.zh, part.en, broken)
    )
    export = actions.ask_export(actor=kingfisher, at=NOW)
    make_exports(NOW)
    assert list(export.path.parent.iterdir()) == []
