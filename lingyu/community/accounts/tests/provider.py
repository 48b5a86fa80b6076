"""A simulator of the providers' endpoints, put in place of the network beneath `requests`.

It answers as their documentation says, and, where a test says so, as they should not.
"""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

CODE, TOKEN = "code-of-the-visit", "token-of-the-visit"


class Simulator:
    """What the providers answer; `profile` may be changed by a test, `faults` replaces whole answers."""

    def __init__(self):
        self.weixin = {
            "openid": "oWX-1",
            "unionid": "uWX-1",
            "nickname": "小喜鹊",
            "headimgurl": "http://x/1",
        }
        self.weibo = {"idstr": "5187664653", "id": 5187664653, "screen_name": "喜鹊报晓", "location": "杭州"}
        self.dingtalk = {"openId": "dt-1", "nick": "鹊桥", "mobile": "13800000000"}
        self.feishu = {"open_id": "ou-1", "name": "飞鹊", "mobile": "13800000000"}
        self.faults: dict[str, tuple[int, str]] = {}
        self.asked: list[tuple[str, dict]] = []

    def answer(self, request: requests.PreparedRequest) -> tuple[int, str]:
        """(status, body) of one request."""
        parts = urlsplit(request.url)
        sent = {k: v[0] for k, v in parse_qs(parts.query).items()}
        body = request.body.decode() if isinstance(request.body, bytes) else (request.body or "")
        sent |= json.loads(body) if body.startswith("{") else {k: v[0] for k, v in parse_qs(body).items()}
        self.asked.append((parts.path, sent))
        if parts.path in self.faults:
            return self.faults[parts.path]
        status, told = self._agreed(parts.netloc, parts.path, sent)
        return status, json.dumps(told, ensure_ascii=False)

    def _agreed(self, host: str, path: str, sent: dict) -> tuple[int, dict]:
        right = sent.get("code") == CODE
        match host, path:
            case "api.weixin.qq.com", "/sns/oauth2/access_token":
                good = right and sent.get("secret") == "weixin-secret"
                token = {"access_token": TOKEN, "expires_in": 7200, "openid": self.weixin["openid"]}
                return 200, token if good else {"errcode": 40029, "errmsg": "invalid code"}
            case "api.weixin.qq.com", "/sns/userinfo":
                return 200, self.weixin
            case "api.weibo.com", "/oauth2/access_token":
                good = right and sent.get("client_secret") == "weibo-secret"
                token = {"access_token": TOKEN, "expires_in": 3600, "uid": self.weibo["idstr"]}
                return (200, token) if good else (400, {"error": "invalid_grant"})
            case "api.weibo.com", "/2/users/show.json":
                return 200, self.weibo
            case "api.dingtalk.com", "/v1.0/oauth2/userAccessToken":
                return 200, {"accessToken": TOKEN, "refreshToken": "r", "expireIn": 7200}
            case "api.dingtalk.com", "/v1.0/contact/users/me":
                return 200, self.dingtalk
            case "open.feishu.cn", "/open-apis/auth/v3/app_access_token/internal/":
                return 200, {"app_access_token": "app"}
            case "open.feishu.cn", "/open-apis/authen/v1/access_token":
                return 200, {"data": {"access_token": TOKEN}}
            case "open.feishu.cn", "/open-apis/authen/v1/user_info":
                return 200, {"code": 0, "data": self.feishu}
        raise AssertionError(f"nobody answers at {host}{path}")


IDS = {
    "weixin": "wx0123456789abcdef",
    "weibo": "123456789",
    "dingtalk": "dingoa1b2c3",
    "feishu": "cli_a1b2c3d4",
}


@pytest.fixture
def providers(monkeypatch, settings) -> Simulator:
    """Every provider configured, and the simulator that answers for them."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        code: {"APPS": [{"client_id": client_id, "secret": f"{code}-secret", "name": code, "key": ""}]}
        for code, client_id in IDS.items()
    }
    simulator = Simulator()

    def send(self, request, **kwargs):
        status, body = simulator.answer(request)
        response = requests.Response()
        response.status_code, response._content = status, body.encode()
        response.headers["content-type"] = "text/plain;charset=UTF-8"
        response.url, response.request = request.url, request
        return response

    monkeypatch.setattr(HTTPAdapter, "send", send)
    return simulator
