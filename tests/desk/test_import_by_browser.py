"""A file by browser: put in, looked at, imported, and its numbers on the desk."""

import html
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import QueryDict
from django.utils import translation

from lingyu.desk import frame, panels
from lingyu.desk.uploads import runs, shelf
from lingyu.kernel.operations import OPERATIONS
from lingyu.operations.ecommerce import metrics as m
from lingyu.operations.ecommerce.models import ImportRun, LedgerEntry, Shop
from lingyu.store.intake.models import ColumnMapping

LIST = "/desk/ecommerce/imports/"
ORDERS = (
    "order_id,paid_at,amount,buyer\n"
    "1,2026-06-08 10:00,100.00,a\n"
    "2,2026-06-09 10:00,59.90,b\n"
    "3,2026-13-45,7.00,c\n"
)


@pytest.fixture
def home(settings, tmp_path, empty_store):
    """A data folder that holds nothing yet, beside an empty event store."""
    settings.LINGYU_HOME = tmp_path / "home"
    settings.LINGYU_HOME.mkdir()
    return settings.LINGYU_HOME


@pytest.fixture
def at_once(monkeypatch):
    """Runs go through the real command, but here and now: another process has no test database."""

    def spawn(arguments, lock, log, env):
        with translation.override(env["LINGYU_LANG"]), suppress(SystemExit):
            call_command(*arguments)

    monkeypatch.setattr(runs, "spawn", spawn)


@pytest.fixture
def sent(home, client_of, aque):
    """`sent(ORDERS, "orders.csv")`: the browser, and the address it was led to after uploading."""

    def send(text, name="orders.csv", who=aque, language="en", **answers):
        browser = client_of(who, language)
        content = text.encode() if isinstance(text, str) else text
        form = {"importer": "orders", "shop": "Plume", "format": "auto"} | answers
        posted = browser.post(LIST + "new", form | {"file": SimpleUploadedFile(name, content)})
        return browser, posted.headers.get("Location", ""), posted

    return send


def said(browser, address) -> str:
    """What a page says, without markup."""
    text = browser.get(address).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.split("<main", 1)[1])).split())


def test_a_file_is_checked_then_imported_and_its_numbers_are_on_the_desk(sent, at_once, aque):
    browser, address, _posted = sent(ORDERS)
    page = said(browser, address)
    assert "The file has been checked" in page and "159.90" in page
    assert "2026-13-45" in page and "There is no such date" in page
    assert not LedgerEntry.objects.exists() and not Shop.objects.exists()

    browser.post(address + "run")
    assert "The file has been imported" in said(browser, address)
    run = ImportRun.objects.get()
    assert (run.imported_by, run.file, run.new, run.refused) == (aque.key, "orders.csv", 2, 1)
    assert Shop.objects.get().opened_by == aque.key
    asked = frame.read(QueryDict("period=custom&from=2026-06-08&to=2026-06-14"), OPERATIONS["ecommerce"])
    tiles = {t.metric.name: t.value for t in panels.tiles(OPERATIONS["ecommerce"], asked)}
    assert (tiles[m.GMV.name], tiles[m.PAID_ORDERS.name]) == (15990, 2)
    history = said(browser, LIST)
    assert "阿鹊" in history and "orders.csv" in history


def test_the_list_of_refused_rows_can_be_taken_along(sent, at_once):
    browser, address, _posted = sent(ORDERS)
    report = browser.get(address + "errors.csv")
    text = b"".join(report.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "row,column,value,reason,message"
    assert text.splitlines()[1].startswith("4,paid_at,2026-13-45,")
    assert 'filename="orders.csv.errors.csv"' in report.headers["Content-Disposition"]


def test_the_same_file_twice_changes_nothing(sent, at_once):
    for _time in range(2):
        browser, address, _posted = sent(ORDERS)
        browser.post(address + "run")
    assert LedgerEntry.objects.net() == 15990
    browser, address, _posted = sent(ORDERS)
    page = said(browser, address)
    assert "Nothing in this file is new" in page and "Import now" not in page


def test_unknown_columns_are_chosen_by_hand_and_remembered(sent, at_once, aque):
    strange = "ref,when,gross\n1,2026-06-08,5\n"
    browser, address, _posted = sent(strange)
    page = said(browser, address)
    assert "Say below which column holds: Order number, Payment time." in page and "--map" not in page
    named = {"map.order": "ref", "map.at": "when", "map.amount": "gross", "map.evil": "ref"}
    browser.post(address + "check", named)
    assert "The file has been checked" in said(browser, address)
    browser.post(address + "run")
    assert LedgerEntry.objects.net() == 500
    assert ColumnMapping.objects.get().remembered_by == aque.key
    browser, address, _posted = sent(strange.replace("1,", "2,"))
    assert "The file has been checked" in said(browser, address)


def test_a_column_that_was_guessed_wrongly_can_be_left_out(sent, at_once):
    browser, address, _posted = sent("order_id,paid_at,amount,state\n1,2026-06-08,5,shipped\n")
    browser.post(address + "check", {"map.country": ""})
    browser.post(address + "run")
    assert LedgerEntry.objects.get().country is None


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "The file can't be imported"), ("zh-hans", "文件无法导入")],
)
def test_a_bad_file_says_why_in_the_readers_language(sent, at_once, language, message):
    browser, address, _posted = sent(os.urandom(999), "o.xlsx", language=language)
    page = said(browser, address)
    assert message in page and "Traceback" not in page
    assert not ImportRun.objects.exists()


def test_an_answer_that_contradicts_the_shop_says_so(sent, at_once):
    browser, address, _posted = sent(ORDERS, currency="XXY")
    assert "There is no currency “XXY”" in said(browser, address)


@pytest.mark.parametrize("answers", [{"shop": ""}, {"format": "exe"}, {"importer": "nothing"}])
def test_a_form_that_cannot_be_sent_starts_nothing(sent, answers):
    _browser, address, _posted = sent(ORDERS, **answers)
    assert address == LIST
    assert list(shelf.lying()) == []


def test_an_empty_file_is_not_taken(sent):
    browser, address, _posted = sent(b"")
    assert "Choose a file with something in it." in said(browser, address)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(sent, settings):
    settings.LINGYU_UPLOAD_LIMIT = 2**20
    browser, address, _posted = sent(b"x" * (2**20 + 2**17))
    assert "larger than 1 MB" in said(browser, address)
    assert list(shelf.lying()) == []


def test_a_name_that_climbs_stays_on_the_shelf(sent, at_once, home):
    browser, address, _posted = sent(ORDERS, "../../../../tmp/climbed.csv")
    assert "The file has been checked" in said(browser, address)
    [upload] = shelf.lying()
    assert upload.file.resolve().is_relative_to(home / "uploads")


def test_who_may_not_import_sees_and_starts_nothing(sent, at_once, luren, dapeng, client_of):
    _browser, address, _posted = sent(ORDERS)
    for person in (luren, dapeng):
        *_, refused = sent(ORDERS, who=person)
        assert refused.status_code == 403
        browser = client_of(person)
        assert browser.get(address).status_code == 403
        assert browser.get(address + "errors.csv").status_code == 403
        for action in ("run", "check", "stop", "discard"):
            assert browser.post(address + action).status_code == 403
    assert len(list(shelf.lying())) == 1 and not ImportRun.objects.exists()


def test_an_upload_cannot_be_forged_from_another_site(home, aque):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(aque)
    form = {"importer": "orders", "shop": "X", "file": SimpleUploadedFile("o.csv", b"a,b\n")}
    assert browser.post(LIST + "new", form).status_code == 403
    assert list(shelf.lying()) == []


def test_an_upload_that_is_thrown_away_is_gone(sent, at_once):
    browser, address, _posted = sent(ORDERS)
    browser.post(address + "discard")
    assert browser.get(address).status_code == 404
    assert list(shelf.lying()) == []


def test_an_interrupted_run_offers_to_start_again(sent, monkeypatch):
    monkeypatch.setattr(runs, "spawn", lambda *_: None)
    browser, address, _posted = sent(ORDERS)
    page = said(browser, address)
    assert "The run was interrupted" in page and "Start again" in page
    assert "Interrupted" in said(browser, LIST)


def test_a_fragment_is_given_until_the_run_ends_and_then_the_outcome(sent, at_once, monkeypatch):
    browser, address, _posted = sent(ORDERS)
    asked = {"HX-Request": "true"}
    ended = browser.get(address, headers=asked)
    assert ended.headers["HX-Retarget"] == "#import" and b"<html" not in ended.content
    monkeypatch.setattr(runs, "state", lambda upload: "running")
    working = browser.get(address, headers=asked)
    assert b'hx-trigger="every 1s"' in working.content and "HX-Retarget" not in working.headers
    assert b'http-equiv="refresh"' in browser.get(address).content


@pytest.mark.one_database
def test_the_whole_way_through_a_process_of_its_own(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment |= {"LINGYU_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.walk", str(tmp_path / "orders.csv")],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.split() == ["stopped", "0", "checked", "0", "imported", "2", "15990"]
