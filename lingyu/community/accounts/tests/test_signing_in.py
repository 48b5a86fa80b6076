"""Signing up, logging in, a forgotten password: through the pages, as a visitor does it."""

import re

import pytest

from lingyu.community.accounts import actions
from lingyu.community.accounts.events import MemberJoined, MemberSignedIn
from lingyu.community.accounts.models import Member

PASSWORD = "seven-blue-feathers"
SIGN_UP = {"username": "翠鸟", "email": "kingfisher@example.com", "password1": PASSWORD}


@pytest.fixture
def visitor(db, client_of, anonymous):
    """A browser that nobody is logged in to."""
    return client_of(anonymous)


@pytest.fixture
def kingfisher(db):
    """A member who has a password."""
    return actions.join(actor=None, username="翠鸟", email="kingfisher@example.com", password=PASSWORD)


def test_signing_up_opens_an_account_and_records_it_once(visitor, facts):
    answer = visitor.post("/accounts/signup/", SIGN_UP)
    assert answer.status_code == 302, answer.content.decode()
    member = Member.objects.get(username="翠鸟")
    assert [f.person for f in facts(MemberJoined)] == [member.key]
    assert "翠鸟" in visitor.get("/me/").content.decode()


WRONG = [
    {"username": "有 空格"},
    {"username": "a@b"},
    {"username": "翎"},
    {"username": "x" * 31},
    {"email": "nonsense"},
    {"password1": "12345678"},
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_sign_up_that_cannot_be_taken_says_so_and_opens_nothing(visitor, facts, wrong):
    answer = visitor.post("/accounts/signup/", SIGN_UP | wrong)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Member.objects.exists()
    assert not facts(MemberJoined)


NAMELESS = [{"username": ""}, {"email": ""}, {"password1": ""}, {"password1": "x1"}]


@pytest.mark.parametrize("wrong", WRONG + NAMELESS)
def test_whoever_reads_chinese_is_told_in_chinese_what_is_wrong(db, client_of, anonymous, wrong):
    answer = client_of(anonymous, "zh-hans").post("/accounts/signup/", SIGN_UP | wrong).content.decode()
    told = re.findall(r'class="error"[^>]*>(.*?)</p>', answer, re.DOTALL)
    told = [re.sub(r"<[^>]*>", "", words).strip() for words in told]
    assert told
    assert not [words for words in told if re.search(r"[a-z]+ [a-z]+ [a-z]+", words)]


@pytest.mark.parametrize("name", ["x" * 1_000_000, "长" * 10_000, "a" * 9_000 + "@example.com"])
def test_a_log_in_with_an_endless_name_is_refused_like_any_wrong_one(visitor, kingfisher, name):
    answer = visitor.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize("twin", ["PLUME", "ｐｌｕｍｅ"])
def test_a_name_that_is_taken_cannot_be_had_in_capitals_or_full_width(visitor, twin):
    actions.join(actor=None, username="Plume")
    answer = visitor.post("/accounts/signup/", SIGN_UP | {"username": twin})
    assert answer.status_code == 200
    assert Member.objects.count() == 1


@pytest.mark.parametrize("name", ["翠鸟", "kingfisher@example.com"])
def test_one_logs_in_by_name_or_by_address(visitor, kingfisher, facts, name):
    answer = visitor.post("/accounts/login/?next=/me/", {"login": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert [f.person for f in facts(MemberSignedIn)] == [kingfisher.key]


def test_a_wrong_password_is_refused_and_records_nothing(visitor, kingfisher, facts):
    answer = visitor.post("/accounts/login/", {"login": "翠鸟", "password": "guess-guess"})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not facts(MemberSignedIn)


def test_nobody_is_sent_to_another_site_after_logging_in(visitor, kingfisher):
    form = {"login": "翠鸟", "password": PASSWORD}
    answer = visitor.post("/accounts/login/?next=https://evil.example/", form)
    assert answer["Location"] == "/"


def test_a_forgotten_password_is_replaced_by_way_of_the_mail(visitor, kingfisher, mailoutbox):
    visitor.post("/accounts/password/reset/", {"email": "kingfisher@example.com"})
    (link,) = re.findall(r"http://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)
    form = visitor.get(visitor.get(link)["Location"])
    new = {"password1": "another-plume-1", "password2": "another-plume-1"}
    visitor.post(form.request["PATH_INFO"], new)
    assert Member.objects.get().check_password("another-plume-1")
    assert "no longer works" in visitor.get(link).content.decode()


def test_a_closed_account_cannot_log_in(visitor, kingfisher, aque, facts):
    actions.close_account(actor=aque, member=kingfisher)
    visitor.post("/accounts/login/", {"login": "翠鸟", "password": PASSWORD})
    assert visitor.get("/me/").status_code == 302
    assert not facts(MemberSignedIn)


PAGES = [
    "login",
    "signup",
    "password/reset",
    "password/reset/done",
    "password/reset/key/1-set",
    "inactive",
    "confirm-email",
    "confirm-email/x",
]


@pytest.mark.parametrize("page", PAGES)
def test_pages_at_the_door_are_ours_in_both_languages(db, client_of, anonymous, page):
    english = client_of(anonymous, "en").get(f"/accounts/{page}/").content.decode()
    chinese = client_of(anonymous, "zh-hans").get(f"/accounts/{page}/").content.decode()
    for shown, language in ((english, "en"), (chinese, "zh-Hans")):
        assert f'<html lang="{language}"' in shown
        assert 'class="narrow"' in shown
    assert english.split("<h1>")[1].split("<")[0] != chinese.split("<h1>")[1].split("<")[0]


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/logout/",
        "/accounts/sessions/",
        "/accounts/connected/",
    ],
)
def test_pages_of_a_member_are_ours(luren, client_of, page):
    if page == "/accounts/password/change/":
        actions.set_password(actor=None, member=luren, password=PASSWORD)
    assert 'class="narrow"' in client_of(luren).get(page).content.decode()
