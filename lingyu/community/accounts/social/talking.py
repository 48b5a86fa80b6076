"""How each provider is spoken to, where django-allauth's own adapter cannot be used as it is.

WeChat answers mistakes with status 200 and an `errcode`, and allauth's way of reading its nicknames
turns Chinese ones into escapes and fails on some; any provider may answer something that is not
what was agreed. All of that ends as an error page here, never as a fault of ours, and of a profile
only a name is kept.
"""

from contextlib import contextmanager

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.weibo.views import WeiboOAuth2Adapter
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter

NAMES = ("nickname", "screen_name", "nick", "name")


@contextmanager
def agreed():
    """Whatever is not as the provider's documentation says is an error of the log-in, told as such."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, AssertionError) as error:
        raise OAuth2Error(f"unexpected answer: {type(error).__name__}") from error


class Careful:
    """Mixed into an adapter: checks what came back, and keeps only what is needed to know them again."""

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        """The token; an OAuth2Error for everything that is none."""
        with agreed():
            return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def parse_token(self, data):
        """allauth's, with its surprises told as errors of the log-in."""
        with agreed():
            return super().parse_token(data)

    def complete_login(self, request, app, token, **kwargs):
        """The person as the provider knows them, without picture, place and sex."""
        with agreed():
            login = self.ask_profile(request, app, token, **kwargs)
            uid = str(login.account.uid)
            if not uid.strip() or "\0" in uid:
                raise KeyError("uid")
        told = login.account.extra_data
        name = next((str(told[key]) for key in NAMES if told.get(key)), "")
        login.account.extra_data = {"name": name.replace("\0", "")[:80]}
        return login

    def ask_profile(self, request, app, token, **kwargs):
        """Ask the provider who it is."""
        return super().complete_login(request, app, token, **kwargs)


class Weixin(Careful, WeixinOAuth2Adapter):
    """WeChat's website log-in by QR code."""

    def ask_profile(self, request, app, token, response=None, **kwargs):
        """The profile as UTF-8, and by `unionid` where the account has one: it survives a second app."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(
                self.profile_url,
                params={"access_token": token.token, "openid": response["openid"], "lang": "zh_CN"},
            )
        answer.raise_for_status()
        answer.encoding = "utf-8"
        told = answer.json()
        if told.get("errcode"):
            raise OAuth2Error(f"WeChat answered errcode {told['errcode']}")
        if told["openid"] != response["openid"]:
            raise OAuth2Error("WeChat answered for somebody else")
        told["openid"] = told.get("unionid") or told["openid"]
        return self.get_provider().sociallogin_from_response(request, told)


class Weibo(Careful, WeiboOAuth2Adapter):
    """Weibo."""

    def ask_profile(self, request, app, token, response=None, **kwargs):
        """The profile of whom the token is for, and of nobody else."""
        login = super().ask_profile(request, app, token, response=response, **kwargs)
        if login.account.uid != str(response["uid"]):
            raise OAuth2Error("Weibo answered for somebody else")
        return login


class DingTalk(Careful, DingTalkOAuth2Adapter):
    """DingTalk."""


class Feishu(Careful, FeishuOAuth2Adapter):
    """Feishu."""


ADAPTERS = {a.provider_id: a for a in (Weixin, Weibo, DingTalk, Feishu)}
