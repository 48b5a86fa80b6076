"""The profile, the pages that say no, Django's admin, and the member command."""

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import ProfileEdited, RoleGranted
from lingyu.community.accounts.models import Member, RoleGrant


def test_a_member_changes_what_others_read_about_them(luren, client_of, facts):
    browser = client_of(luren)
    for _ in range(2):
        browser.post("/me/", {"pen_name": "<b>过客</b>", "bio": "路过"})
    shown = browser.get("/u/路人/").content.decode()
    assert "&lt;b&gt;过客&lt;/b&gt;" in shown
    assert "<b>过客" not in shown
    assert len(facts(ProfileEdited)) == 1


def test_a_visitor_is_asked_to_log_in_and_a_member_without_the_role_is_told_no(luren, client_of, anonymous):
    asked = client_of(anonymous).get("/write/")
    assert (asked.status_code, asked["Location"]) == (302, "/accounts/login/?next=/write/")
    refused = client_of(luren).get("/write/")
    assert refused.status_code == 403
    assert "Your role does not open this page" in refused.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "nothing at this address"), ("zh-hans", "这里什么也没有")]
)
def test_a_missing_page_is_told_in_the_readers_language(db, client_of, anonymous, language, words):
    answer = client_of(anonymous, language).get("/no/such/page/")
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_form_without_its_token_changes_nothing_and_says_so(luren):
    browser = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    browser.force_login(luren)
    answer = browser.post("/me/", {"pen_name": "x"})
    assert answer.status_code == 403
    assert "The form was not sent" in answer.content.decode()
    assert Member.objects.get(id=luren.id).pen_name == ""


@pytest.mark.parametrize(("language", "words"), [("en", "on our side"), ("zh-hans", "我们这边出了点问题")])
def test_the_page_for_our_own_faults_needs_neither_request_nor_database(language, words):
    with translation.override(language):
        assert words in render_to_string("500.html")


@pytest.fixture
def administrator(luren):
    """路人, promoted for the length of a test."""
    actions.grant_role(actor=None, member=luren, role="administrator")
    return luren


def test_the_admin_grants_roles_through_the_action(administrator, xiaoxi, client_of, facts):
    browser = client_of(administrator)
    answer = browser.post("/admin/accounts/rolegrant/add/", {"member": str(xiaoxi.id), "role": "moderator"})
    assert answer.status_code == 302, answer.content.decode()
    grant = RoleGrant.objects.get(member=xiaoxi, role="moderator")
    assert grant.granted_by == administrator
    assert (xiaoxi.key, "moderator") in [(f.person, f.role) for f in facts(RoleGranted)]


def test_the_admin_takes_roles_back_and_closes_accounts_but_not_ones_own(administrator, xiaoxi, client_of):
    browser = client_of(administrator)
    grants = [str(g.id) for g in RoleGrant.objects.filter(member=xiaoxi)]
    browser.post("/admin/accounts/rolegrant/", {"action": "revoke", "_selected_action": grants})
    everybody = [str(administrator.id), str(xiaoxi.id)]
    browser.post("/admin/accounts/member/", {"action": "close", "_selected_action": everybody})
    assert not xiaoxi.grants.standing().exists()
    assert not Member.objects.get(id=xiaoxi.id).is_active
    assert Member.objects.get(id=administrator.id).is_active


@pytest.mark.parametrize(
    "page", ["accounts/member/", "accounts/rolegrant/", "articles/article/", "articles/column/add/"]
)
def test_the_admins_pages_open_for_administrators_alone(administrator, xiaoxi, client_of, page):
    assert client_of(administrator).get(f"/admin/{page}").status_code == 200
    assert client_of(xiaoxi).get(f"/admin/{page}").status_code == 403


def _command(monkeypatch, *arguments: str, password: str | None = None) -> str:
    out = io.StringIO()
    if password is not None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
        arguments += ("--password-stdin",)
    call_command("member", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_opens_an_account_and_adds_roles_to_it_later(db, monkeypatch):
    _command(monkeypatch, "翎羽", "--email", "l@a.example", "--role", "operator", password="seven-feathers")
    _command(monkeypatch, "翎羽", "--role", "author", "--revoke", "operator")
    member = Member.objects.get(username="翎羽")
    assert member.roles == {"member", "author"}
    assert member.check_password("seven-feathers")


def test_the_command_does_all_or_nothing(db, monkeypatch):
    with pytest.raises(CommandError):
        _command(monkeypatch, "翎羽", "--role", "operator", password="123")
    assert not Member.objects.exists()
