"""Names: what is kept for the site, what looks like another's, and how the site speaks to whom."""

import pytest

from lingyu.community.accounts import actions
from lingyu.community.accounts.models import Member
from lingyu.community.accounts.names import is_reserved, skeleton

PASSWORD = "seven-blue-feathers"
SIGN_UP = {"username": "翠鸟", "email": "kingfisher@example.com", "password1": PASSWORD}


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "ADMIN",
        "Adm1n",
        "ａｄｍｉｎ",
        "аdmin",
        "a.d.m.i.n",
        "官方",
        "翎羽官方",
        "我是客服",
        "System",
        "me",
    ],
)
def test_names_that_speak_for_the_site_are_reserved(name):
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["翠鸟", "小喜", "admiral", "mehmet", "方官", "lingyun", "Bo", "007"])
def test_other_names_are_not(name):
    assert not is_reserved(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("paypal", "pаypаl"),
        ("Lingyu", "1ingyu"),
        ("bob", "b0b"),
        ("corner", "comer"),
        ("zoe", "zoé"),
        ("a.b", "a-b"),
    ],
)
def test_names_that_look_alike_have_one_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


def test_names_that_differ_do_not():
    names = ["翠鸟", "翠鸟2", "小喜", "大鹏", "anna", "hannah", "bo", "rob", "bobby"]
    assert len({skeleton(n) for n in names}) == len(names)


@pytest.mark.parametrize("name", ["", "\0" * 3, "x" * 100_000, "😀" * 40, "\u202eevil", "ﷺ" * 200])
def test_any_text_has_a_short_skeleton(name):
    assert len(skeleton(name)) <= 120


@pytest.mark.parametrize("name", ["官方", "ｌｉｎｇｙｕ", "kingf1sher", "kіngfisher"])
def test_a_sign_up_under_such_a_name_is_told_why_and_opens_nothing(db, client_of, anonymous, name):
    actions.join(actor=None, username="kingfisher")
    answer = client_of(anonymous).post("/accounts/signup/", SIGN_UP | {"username": name})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert Member.objects.count() == 1


def test_a_pen_name_is_not_the_sites_nor_anothers_username(luren, xiaoxi, client_of):
    browser = client_of(luren)
    for name in ("官方客服", "小 喜", "admin"):
        assert browser.post("/me/", {"pen_name": name}).status_code == 200
    assert Member.objects.get(id=luren.id).pen_name == ""
    assert browser.post("/me/", {"pen_name": "路 人"}).status_code == 302


def test_a_pen_name_is_nobody_elses_in_whatever_case(luren, xiaoxi, client_of):
    assert client_of(xiaoxi).post("/me/", {"pen_name": "Plume 编辑"}).status_code == 302
    for twin in ("Plume 编辑", "PLUME 编辑", " Plume  编辑 ", "Plume\u202e 编辑"):
        assert client_of(luren).post("/me/", {"pen_name": twin}).status_code == 200, twin
    assert Member.objects.get(id=luren.id).pen_name == ""
    assert client_of(xiaoxi).post("/me/", {"pen_name": "Plume 编辑", "bio": "改了"}).status_code == 302


def test_a_pen_name_of_ten_thousand_characters_is_told_and_changes_nothing(luren, client_of):
    answer = client_of(luren).post("/me/", {"pen_name": "长" * 10_000, "bio": "x" * 10_000})
    assert answer.status_code == 200
    assert answer.content.decode().count('class="error"') == 2


def test_a_name_is_shown_as_typed_on_every_page_of_the_account(luren, client_of):
    actions.edit_profile(
        actor=luren, pen_name="<script>alert(1)</script>", bio="</textarea><script>x</script>"
    )
    browser = client_of(luren)
    for page in ("/me/", "/me/privacy/", "/accounts/email/", "/accounts/sessions/", "/"):
        assert "<script>alert" not in browser.get(page).content.decode()
        assert "</textarea><script>" not in browser.get(page).content.decode()


def test_a_guesser_is_stopped(db, client_of, anonymous, settings):
    from django.core.cache import cache

    cache.clear()
    actions.join(actor=None, username="翠鸟", password=PASSWORD)
    browser = client_of(anonymous)
    wrong = {"login": "翠鸟", "password": "guess-guess"}
    for _ in range(12):
        browser.post("/accounts/login/", wrong)
    browser.post("/accounts/login/", {"login": "翠鸟", "password": PASSWORD})
    assert browser.get("/me/").status_code == 302
    cache.clear()


def test_who_signs_up_again_and_again_is_stopped(db, client_of, anonymous):
    from django.core.cache import cache

    cache.clear()
    browser = client_of(anonymous)
    answers = [browser.post("/accounts/signup/", SIGN_UP | {"username": ""}).status_code for _ in range(25)]
    assert 429 in answers
    cache.clear()


def test_the_language_of_the_account_is_spoken_on_another_device(db, client_of, anonymous):
    member = actions.join(actor=None, username="翠鸟", password=PASSWORD)
    actions.choose_language(actor=member, language="en")
    browser = client_of(anonymous, "zh-hans")
    browser.post("/accounts/login/", {"login": "翠鸟", "password": PASSWORD})
    assert '<html lang="en"' in browser.get("/me/").content.decode()


def test_the_switch_is_remembered_for_mails(luren, client_of):
    client_of(luren).post("/lang/", {"language": "en", "next": "/"})
    assert Member.objects.get(id=luren.id).language == "en"
    client_of(luren).post("/lang/", {"language": "klingon", "next": "/"})
    assert Member.objects.get(id=luren.id).language == "en"


def test_the_profile_chooses_the_language_and_the_times(luren, client_of):
    browser = client_of(luren, "en")
    page = browser.post("/me/", {"language": "zh-hans", "times": "exact"}, follow=True).content.decode()
    assert '<html lang="zh-Hans"' in page
    assert browser.cookies["times"].value == "exact"
    row = Member.objects.get(id=luren.id)
    assert (row.language, row.exact_times) == ("zh-hans", True)


def test_sessions_are_seen_and_the_others_ended(luren, client_of):
    first, second = client_of(luren), client_of(luren)
    for browser in (first, second):
        browser.logout()
    actions.set_password(actor=None, member=luren, password=PASSWORD)
    for browser, name in ((first, "Firefox <b>"), (second, "Chrome")):
        sent = {"login": "路人", "password": PASSWORD}
        browser.post("/accounts/login/", sent, headers={"user-agent": name})
    page = first.get("/accounts/sessions/").content.decode()
    assert "Chrome" in page
    assert "Firefox &lt;b&gt;" in page
    first.post("/accounts/sessions/")
    assert second.get("/me/").status_code == 302
    assert first.get("/me/").status_code == 200
