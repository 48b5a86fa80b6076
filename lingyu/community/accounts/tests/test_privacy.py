"""My data: a copy of everything for its owner alone, and an erasure that leaves no name anywhere."""

import csv
import io
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CharField, JSONField, TextField

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import ErasureAsked, ErasureCancelled, ExportMade, MemberErased
from lingyu.community.accounts.jobs import erase_members, make_exports, remove_exports
from lingyu.community.accounts.models import DataExport, Erasure, Member
from lingyu.community.accounts.privacy import contributions, erasers
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.store.deliver import deliver_due

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = NOW + timedelta(days=7, minutes=1)
PASSWORD = "seven-blue-feathers"
NAME, PEN, MAIL = "kingfisher", "翠鸟先生", "kingfisher@feathers.example"


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    """Exports lie in a folder of the test's own."""
    settings.LINGYU_HOME = tmp_path


@pytest.fixture
def kingfisher(db) -> Member:
    """Someone of whom there is much to know."""
    member = actions.join(
        actor=None, username=NAME, email=MAIL, password=PASSWORD, pen_name=PEN, bio=f"我是{PEN}"
    )
    EmailAddress.objects.create(user=member, email=MAIL, verified=True, primary=True)
    SocialAccount.objects.create(
        user=member, provider="weixin", uid="wx-of-kingfisher", extra_data={"name": PEN}
    )
    actions.grant_role(actor=None, member=member, role="author")
    return member


@pytest.fixture
def traces(kingfisher, xiaoxi, dapeng, luren, client_of) -> dict:
    """What the member left behind in every room: sessions, articles, comments, talk with others."""
    client_of(kingfisher).get("/me/", headers={"user-agent": f"Browser of {NAME}"})
    body = f"## {PEN} 的话\n\n写信给 {MAIL.upper()}。"
    mine = articles.write_article(actor=kingfisher, title=f"{PEN}的文章", body=body, summary=MAIL)
    articles.publish_article(actor=kingfisher, article=mine)
    articles.write_article(actor=kingfisher, title="草稿", body=f"草稿，{MAIL}")
    theirs = articles.write_article(actor=xiaoxi, title="别人的文章", body="别人的话")
    articles.publish_article(actor=xiaoxi, article=theirs)
    said = comments.post_comment(actor=kingfisher, article=theirs, body=f"联系 {MAIL}，署名 {PEN}")
    comments.approve_comment(actor=dapeng, comment=said)
    waits = comments.post_comment(actor=kingfisher, article=theirs, body=f"等审核 {NAME}")
    answer = comments.post_comment(actor=luren, article=theirs, body="回复", parent=said)
    comments.approve_comment(actor=dapeng, comment=answer)
    deliver_due()
    return {"mine": mine, "theirs": theirs, "said": said, "waits": waits}


def opened(export: DataExport) -> zipfile.ZipFile:
    """The file of an export."""
    return zipfile.ZipFile(export.path)


def made(member: Member) -> DataExport:
    """An export of the member, asked for and made."""
    export = actions.ask_export(actor=member, at=NOW)
    assert make_exports(NOW) == 1
    export.refresh_from_db()
    return export


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


# --- Erasure -------------------------------------------------------------------------------


def columns_that_say(needles: list[str]) -> list[str]:
    """Every text of every row of every table in which one of `needles` stands."""
    found = []
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        texts = [
            f.attname for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)
        ]
        for row in model._default_manager.values_list("pk", *texts) if texts else []:
            for field, value in zip(texts, row[1:], strict=True):
                said = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
                if any(n.casefold() in said.casefold() for n in needles):
                    found.append(f"{model.__name__}.{field}: {said[:80]}")
    return found


def erased(member: Member, words: str = "keep") -> Erasure:
    """An erasure of the member, asked for and carried out."""
    erasure = actions.ask_erasure(actor=member, words=words, at=NOW)
    assert erase_members(NOW + timedelta(days=6, hours=23)) == 0
    assert erase_members(LATER) == 1
    deliver_due()
    erasure.refresh_from_db()
    return erasure


@pytest.mark.parametrize("words", ["keep", "remove"])
def test_after_an_erasure_no_table_says_the_name_or_the_address(
    kingfisher, traces, words, empty_store, client_of
):
    made(kingfisher)
    browser = client_of(kingfisher)
    browser.get("/me/")
    needles = [NAME, PEN, MAIL, "wx-of-kingfisher"]
    assert len(columns_that_say(needles)) > 8
    erased(kingfisher, words)
    assert columns_that_say(needles) == []
    assert not list((DataExport(member=kingfisher).path.parent).glob("*.zip"))
    assert browser.get("/me/").status_code == 302


def test_the_search_for_names_finds_one_that_was_left(kingfisher, luren):
    erased(kingfisher)
    Member.objects.filter(id=luren.id).update(bio=f"我认识 {PEN}")
    assert columns_that_say([PEN]) == [f"Member.bio: 我认识 {PEN}"]


def test_words_that_stay_are_an_erased_members(kingfisher, traces, client_of, anonymous):
    erased(kingfisher, "keep")
    page = client_of(anonymous, "en").get(traces["theirs"].get_absolute_url()).content.decode()
    assert "Erased member" in page
    assert "联系 …，署名 …" in page
    assert "回复" in page
    assert Article.objects.get(id=traces["mine"].id).is_published
    assert not Article.objects.filter(title="草稿").exists()
    assert Comment.objects.get(id=traces["waits"].id).state == "removed"


def test_words_that_go_are_gone_and_others_answers_stay(kingfisher, traces, client_of, anonymous):
    erased(kingfisher, "remove")
    page = client_of(anonymous, "en").get(traces["theirs"].get_absolute_url()).content.decode()
    assert "署名" not in page
    said = Comment.objects.get(id=traces["said"].id)
    assert (said.body, said.state) == ("…", "removed")
    assert client_of(anonymous).get(traces["mine"].get_absolute_url()).status_code in {404, 410}
    assert Comment.objects.filter(body="回复").exists()


def test_the_row_stays_and_leads_to_nobody(kingfisher, facts):
    erased(kingfisher)
    row = Member.objects.get(id=kingfisher.id)
    assert (row.erased_at, row.is_active, row.email, row.pen_name) == (LATER, False, "", "")
    assert row.display_name in {"Erased member", "已注销会员"}
    assert not row.check_password(PASSWORD)
    assert not row.grants.standing().exists()
    assert [f.person for f in facts(MemberErased)] == [kingfisher.key]


def test_nobody_signs_in_to_an_erased_account_nor_takes_its_name(kingfisher, client_of, anonymous):
    erased(kingfisher)
    browser = client_of(anonymous)
    for login in (NAME, MAIL, Member.objects.get(id=kingfisher.id).username):
        browser.post("/accounts/login/", {"login": login, "password": PASSWORD})
        assert browser.get("/me/").status_code == 302


def test_the_address_is_free_again(kingfisher, client_of, anonymous):
    erased(kingfisher)
    sent = {"username": "newcomer", "email": MAIL, "password1": PASSWORD}
    client_of(anonymous).post("/accounts/signup/", sent)
    assert Member.objects.get(username="newcomer").email == MAIL


def test_within_seven_days_it_is_called_off(kingfisher, client_of, facts):
    actions.ask_erasure(actor=kingfisher, at=NOW)
    assert "Keep my account" in client_of(kingfisher).get("/me/privacy/").content.decode()
    client_of(kingfisher).post("/me/privacy/erasure/call-off/")
    assert erase_members(LATER) == 0
    assert Member.objects.get(id=kingfisher.id).username == NAME
    assert not actions.cancel_erasure(actor=kingfisher)
    assert len(facts(ErasureCancelled)) == 1


def test_who_called_it_off_may_ask_again_and_twice_is_once(kingfisher, facts):
    first = actions.ask_erasure(actor=kingfisher, at=NOW)
    assert actions.ask_erasure(actor=kingfisher, at=NOW) == first
    actions.cancel_erasure(actor=kingfisher)
    assert actions.ask_erasure(actor=kingfisher, at=NOW) != first
    assert len(facts(ErasureAsked)) == 2
    with pytest.raises(IntegrityError):
        Erasure.objects.create(member=kingfisher, asked_at=NOW, due_at=NOW)


def test_it_is_asked_for_with_the_password_and_the_own_name(kingfisher, client_of):
    browser = client_of(kingfisher)
    sent = {"words": "keep", "name": NAME}
    asked = browser.post("/me/privacy/erasure/", sent)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Erasure.objects.exists()
    browser.post("/accounts/reauthenticate/", {"password": "wrong-wrong"})
    assert browser.get("/me/privacy/erasure/").status_code == 302
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert browser.get("/me/privacy/erasure/").status_code == 200
    for wrong in ({"words": "keep", "name": "luren"}, {"words": "burn", "name": NAME}, {"words": "keep"}):
        assert browser.post("/me/privacy/erasure/", wrong).status_code == 200
    assert not Erasure.objects.exists()
    assert browser.post("/me/privacy/erasure/", sent)["Location"] == "/me/privacy/"
    (letter,) = [m for m in mail.outbox if MAIL in m.to]
    assert Erasure.objects.get().token in letter.body


def test_an_erasure_for_another_is_not_to_be_had(kingfisher, luren, client_of):
    actions.ask_erasure(actor=kingfisher, at=NOW)
    client_of(luren).post("/me/privacy/erasure/call-off/")
    assert Erasure.objects.standing().exists()


def test_a_room_that_fails_is_done_later_and_the_others_only_once(kingfisher, traces, monkeypatch):
    room = erasers.ERASERS["comments"]
    calls = []

    def broken(erasure):
        calls.append(1)
        raise RuntimeError(MAIL)

    monkeypatch.setitem(erasers.ERASERS, "comments", type(room)("comments", "x", "x", room.order, broken))
    erasure = actions.ask_erasure(actor=kingfisher, at=NOW)
    assert erase_members(LATER) == 0
    assert Member.objects.get(id=kingfisher.id).erased_at is None
    assert not Member.objects.get(id=kingfisher.id).is_active
    erasure.refresh_from_db()
    assert (erasure.stopped_by, erasure.done_at) == ("comments", None)
    done = set(erasure.steps.values_list("code", flat=True))
    assert {"articles", "notifications"} <= done
    assert not {"comments", "account"} & done
    assert not actions.cancel_erasure(actor=kingfisher)
    before = {s.code: s.id for s in erasure.steps.all()}
    monkeypatch.setitem(erasers.ERASERS, "comments", room)
    assert erase_members(LATER + timedelta(minutes=1)) == 1
    assert erase_members(LATER + timedelta(minutes=2)) == 0
    after = {s.code: s.id for s in erasure.steps.all()}
    assert before.items() <= after.items()
    assert set(after) == set(erasers.ERASERS)
    assert columns_that_say([NAME, PEN, MAIL]) == []


def test_the_last_administrator_cannot_go_and_the_last_but_one_can(kingfisher, luren, facts):
    actions.grant_role(actor=None, member=kingfisher, role="administrator")
    with pytest.raises(ValidationError, match="administrator|管理员"):
        actions.ask_erasure(actor=kingfisher, at=NOW)
    actions.grant_role(actor=None, member=luren, role="administrator")
    erasure = actions.ask_erasure(actor=kingfisher, at=NOW)
    actions.close_account(actor=kingfisher, member=luren)
    assert erase_members(LATER) == 0
    erasure.refresh_from_db()
    assert (erasure.stopped_by, erasure.begun_at) == ("last_administrator", None)
    actions.reopen_account(actor=kingfisher, member=luren)
    assert erase_members(LATER) == 1


def test_the_receipt_shows_what_was_done_and_names_nobody(kingfisher, traces, client_of, anonymous):
    erasure = erased(kingfisher)
    answer = client_of(anonymous, "en").get(f"/privacy/receipt/{erasure.token}/")
    page = answer.content.decode()
    assert "Carried out in full" in page
    assert page.count("not yet") == 0
    for room in erasers.in_order():
        assert room.en in page
    assert not [n for n in (NAME, PEN, MAIL) if n in page]
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("forge", [lambda t: t[:-1] + "x", lambda t: t.split(":")[0], lambda t: "x" * 10_000])
def test_a_forged_receipt_is_not_there(kingfisher, client, forge):
    erasure = actions.ask_erasure(actor=kingfisher, at=NOW)
    assert client.get(f"/privacy/receipt/{forge(erasure.token)}/").status_code == 404


def test_a_due_time_is_shown_and_stands_in_the_receipt_before(kingfisher, client_of):
    erasure = actions.ask_erasure(actor=kingfisher, at=NOW)
    page = client_of(kingfisher).get("/me/privacy/").content.decode()
    assert re.search(r"Nov 27, 2026\s+12:00", page)
    receipt = client_of(kingfisher).get(f"/privacy/receipt/{erasure.token}/").content.decode()
    assert "Not begun yet" in receipt
