"""An erasure that leaves no name anywhere, can be thought over, and shows what it did."""

import json
import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CharField, JSONField, TextField

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import ErasureAsked, ErasureCancelled, MemberErased
from lingyu.community.accounts.jobs import erase_members
from lingyu.community.accounts.models import DataExport, Erasure, Member
from lingyu.community.accounts.privacy import erasers
from lingyu.community.articles.models import Article
from lingyu.community.comments.models import Comment
from lingyu.store.deliver import deliver_due

from .known import LATER, MAIL, NAME, NOW, PASSWORD, PEN, made

pytestmark = pytest.mark.usefixtures("home")


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
    assert not Article.objects.drafts().by(kingfisher).exists()
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
