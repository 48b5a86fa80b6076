"""Log-in through WeChat, Weibo, DingTalk and Feishu: the whole dance, against a simulator of their side."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken

from lingyu.community.accounts import actions
from lingyu.community.accounts.checks import social_keys_are_whole
from lingyu.community.accounts.events import MemberJoined, MemberSignedIn
from lingyu.community.accounts.models import Member
from lingyu.community.accounts.social.providers import from_environment, mistakes

from .provider import CODE, IDS

NICKNAMES = {"weixin": "小喜鹊", "weibo": "喜鹊报晓", "dingtalk": "鹊桥", "feishu": "飞鹊"}
UIDS = {"weixin": "uWX-1", "weibo": "5187664653", "dingtalk": "dt-1", "feishu": "ou-1"}


@pytest.fixture
def visitor(db, client_of, anonymous):
    """A browser that nobody is logged in to."""
    return client_of(anonymous)


def state_of(answer) -> str:
    """The state that we sent along to the provider."""
    return parse_qs(urlsplit(answer["Location"]).query)["state"][0]


def come_back(browser, code: str, *, process: str = "login", **more):
    """Go to the provider, agree there, and come back."""
    there = browser.get(f"/accounts/{code}/login/", {"process": process})
    assert there.status_code == 302, there.content.decode()
    return browser.get(f"/accounts/{code}/login/callback/", {"code": CODE, "state": state_of(there)} | more)


@pytest.mark.parametrize("code", NICKNAMES)
def test_whom_a_provider_vouches_for_chooses_a_name_and_is_a_member(visitor, providers, facts, code):
    there = visitor.get(f"/accounts/{code}/login/")
    assert IDS[code] in there["Location"]
    assert urlsplit(there["Location"]).scheme == "https"
    answer = visitor.get(
        f"/accounts/{code}/login/callback/", {"code": CODE, "authCode": CODE, "state": state_of(there)}
    )
    assert answer["Location"] == "/accounts/connected/signup/"
    assert not Member.objects.exists()
    form = visitor.get(answer["Location"]).content.decode()
    assert f'value="{NICKNAMES[code]}"' in form
    done = visitor.post("/accounts/connected/signup/", {"username": "翠鸟", "email": ""})
    assert done.status_code == 302, done.content.decode()
    member = Member.objects.get()
    assert (member.username, member.has_usable_password()) == ("翠鸟", False)
    assert [f.person for f in facts(MemberJoined)] == [member.key]
    account = SocialAccount.objects.get(user=member)
    assert (account.provider, account.uid) == (code, UIDS[code])
    assert account.extra_data == {"name": NICKNAMES[code]}
    assert not SocialToken.objects.exists()
    assert "翠鸟" in visitor.get("/me/").content.decode()


def test_the_second_time_they_are_simply_logged_in(visitor, providers, client_of, anonymous, facts):
    come_back(visitor, "weixin")
    visitor.post("/accounts/connected/signup/", {"username": "翠鸟", "email": ""})
    other = client_of(anonymous)
    assert come_back(other, "weixin")["Location"] == "/"
    assert "翠鸟" in other.get("/me/").content.decode()
    assert Member.objects.count() == 1
    assert len(facts(MemberSignedIn)) == 2


def test_an_account_is_connected_and_disconnected_again(luren, providers, client_of):
    actions.set_password(actor=None, member=luren, password="seven-blue-feathers")
    browser = client_of(Member.objects.get())
    browser.post("/accounts/reauthenticate/", {"password": "seven-blue-feathers"})
    come_back(browser, "weibo", process="connect")
    account = SocialAccount.objects.get(user=luren)
    assert "喜鹊报晓" in browser.get("/accounts/connected/").content.decode()
    browser.post("/accounts/connected/", {"account": account.id})
    assert not SocialAccount.objects.exists()


def test_the_last_way_in_cannot_be_disconnected(visitor, providers):
    come_back(visitor, "weixin")
    visitor.post("/accounts/connected/signup/", {"username": "翠鸟", "email": ""})
    account = SocialAccount.objects.get()
    answer = visitor.post("/accounts/connected/", {"account": account.id})
    assert answer.status_code == 200
    assert SocialAccount.objects.exists()


def test_an_account_there_belongs_to_one_member_here(visitor, providers, luren, client_of):
    come_back(visitor, "weixin")
    visitor.post("/accounts/connected/signup/", {"username": "翠鸟", "email": ""})
    come_back(client_of(luren), "weixin", process="connect")
    assert SocialAccount.objects.get().user.username == "翠鸟"


FAULTS = [
    ("weixin", "/sns/oauth2/access_token", (200, '{"errcode":40029,"errmsg":"invalid code"}')),
    ("weixin", "/sns/oauth2/access_token", (200, "<html>busy</html>")),
    ("weixin", "/sns/oauth2/access_token", (200, '{"access_token":"x"}')),
    ("weixin", "/sns/oauth2/access_token", (200, '["access_token"]')),
    ("weixin", "/sns/oauth2/access_token", (200, '{"access_token":"x","openid":"o","expires_in":"soon"}')),
    ("weixin", "/sns/userinfo", (200, '{"errcode":40003,"errmsg":"invalid openid"}')),
    ("weixin", "/sns/userinfo", (200, '{"openid":"somebody-else"}')),
    ("weixin", "/sns/userinfo", (200, "null")),
    ("weixin", "/sns/userinfo", (502, "")),
    ("weibo", "/oauth2/access_token", (400, '{"error":"invalid_grant"}')),
    ("weibo", "/oauth2/access_token", (200, "")),
    ("weibo", "/2/users/show.json", (400, '{"error":"expired_token"}')),
    ("weibo", "/2/users/show.json", (200, '{"idstr":"1","screen_name":"x"}')),
    ("dingtalk", "/v1.0/oauth2/userAccessToken", (200, "{}")),
    ("dingtalk", "/v1.0/contact/users/me", (200, "{}")),
    ("feishu", "/open-apis/authen/v1/user_info", (200, '{"code":99,"msg":"no"}')),
    ("feishu", "/open-apis/auth/v3/app_access_token/internal/", (200, "{}")),
]


@pytest.mark.parametrize(("code", "path", "fault"), FAULTS)
def test_what_a_provider_should_not_answer_is_told_and_changes_nothing(visitor, providers, code, path, fault):
    providers.faults[path] = fault
    answer = come_back(visitor, code)
    assert answer.status_code == 401
    assert "Signing in did not work" in answer.content.decode()
    assert not Member.objects.exists()
    assert not SocialAccount.objects.exists()


def test_a_return_that_we_did_not_send_off_is_refused(visitor, providers):
    for asked in ({"code": CODE}, {"code": CODE, "state": "forged"}, {"state": "forged"}, {}):
        answer = visitor.get("/accounts/weixin/login/callback/", asked)
        assert answer.status_code == 401
    assert providers.asked == []


def test_a_return_counts_once_and_in_its_own_browser(visitor, providers, client_of, anonymous):
    there = visitor.get("/accounts/weixin/login/")
    sent = {"code": CODE, "state": state_of(there)}
    assert client_of(anonymous).get("/accounts/weixin/login/callback/", sent).status_code == 401
    assert visitor.get("/accounts/weixin/login/callback/", sent).status_code == 302
    assert visitor.get("/accounts/weixin/login/callback/", sent).status_code == 401


def test_who_says_no_there_is_told_so_here(visitor, providers):
    there = visitor.get("/accounts/weibo/login/")
    sent = {"error": "access_denied", "state": state_of(there)}
    answer = visitor.get("/accounts/weibo/login/callback/", sent, follow=True)
    assert "You stopped on the other side" in answer.content.decode()


def test_another_sites_link_does_not_begin_a_log_in(visitor, providers):
    answer = visitor.get("/accounts/weixin/login/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 200
    assert "came here from another site" in answer.content.decode()


@pytest.mark.parametrize("name", ["官方客服", "admin", "ａｄｍｉｎ", "аdmin"])
def test_a_nickname_that_may_not_be_a_name_is_not_proposed_and_not_taken(visitor, providers, name):
    providers.weixin["nickname"] = name
    come_back(visitor, "weixin")
    assert f'value="{name}"' not in visitor.get("/accounts/connected/signup/").content.decode()
    visitor.post("/accounts/connected/signup/", {"username": name, "email": ""})
    assert not Member.objects.exists()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "é😀", "x" * 10_000, "", "{{ 7*7 }}"])
def test_a_hostile_nickname_does_no_harm(visitor, providers, name):
    providers.weixin["nickname"] = name
    assert come_back(visitor, "weixin").status_code == 302
    shown = visitor.get("/accounts/connected/signup/")
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()
    visitor.post("/accounts/connected/signup/", {"username": "翠鸟", "email": ""})
    assert "<script>alert" not in visitor.get("/accounts/connected/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "Continue with WeChat"), ("zh-hans", "微信")])
def test_buttons_stand_at_the_door_only_when_it_is_configured(
    client_of, anonymous, db, request, settings, language, words
):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    for page in ("login", "signup"):
        assert words not in client_of(anonymous, language).get(f"/accounts/{page}/").content.decode()
    assert client_of(anonymous).get("/accounts/weixin/login/").status_code == 404
    assert client_of(anonymous).get("/accounts/weixin/login/callback/").status_code == 404
    request.getfixturevalue("providers")
    for page in ("login", "signup"):
        assert words in client_of(anonymous, language).get(f"/accounts/{page}/").content.decode()


GOOD = {"LINGYU_WEIXIN_ID": "wx0123456789abcdef", "LINGYU_WEIXIN_SECRET": "0123456789abcdef0123456789abcdef"}


def environment(variables: dict):
    """How settings read the environment, of these variables alone."""
    return lambda name: variables.get(name, "")


def test_a_provider_is_switched_on_by_its_two_variables():
    assert set(from_environment(environment(GOOD))) == {"weixin"}
    assert mistakes(environment(GOOD)) == []
    assert from_environment(environment({})) == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"LINGYU_WEIXIN_SECRET": ""}, "accounts.E001"),
        ({"LINGYU_WEIXIN_ID": ""}, "accounts.E001"),
        ({"LINGYU_WEIXIN_SECRET": "with a space"}, "accounts.E002"),
        ({"LINGYU_WEIXIN_SECRET": "x" * 192}, "accounts.E002"),
        ({"LINGYU_WEIXIN_ID": "my app"}, "accounts.E002"),
        ({"LINGYU_WEIXIN_ID": "gh_0123456789ab"}, "accounts.E003"),
    ],
)
def test_a_wrong_key_stops_the_start_with_an_id_and_a_hint(settings, change, code):
    settings.LINGYU_SOCIAL_MISTAKES = mistakes(environment(GOOD | change))
    errors = social_keys_are_whole(None)
    assert code in [e.id for e in errors]
    assert all(e.hint and "LINGYU_WEIXIN" in e.msg for e in errors)
