"""Speaking to WeCom: tokens, `externalcontact/groupchat/statistic` and `…/statistic_group_by_day`.

Its limits (developer.work.weixin.qq.com, path 93476): days from 180 days ago to yesterday, spans of 30 days
at most, 100 owners at most, 1,000 rows a page. One request has a limit on time and size; what may pass by
itself (busy, too many, no connection) is tried again with pauses, a token that ran out is renewed once.
Reading twice changes nothing there, so trying again is safe. Within a transaction it refuses.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connections

ZONE = ZoneInfo("Asia/Shanghai")
TIMEOUT, LARGEST = 15, 4 * 2**20
# Seconds between tries; after the last one it is given up until the job comes round again.
PAUSES = (1, 4, 16)
SPAN, OWNERS, PAGE, OLDEST = 30, 100, 1_000, 180
# errcode: no longer valid tokens; busy, and too often.
STALE, PASSING = {40014, 42001}, {-1, 45009, 45033}


class Refused(RuntimeError):
    """WeCom says no, or does not answer; `code` is its errcode, 0 for no answer."""

    def __init__(self, code: int, words: str):
        super().__init__(words)
        self.code = code


class Client:
    """One corporation's door. `pause(seconds)` waits between tries."""

    def __init__(self, base: str, corp: str, secret: str, pause: Callable[[float], None] = time.sleep):
        self._base, self._corp, self._secret, self._pause = base.rstrip("/"), corp, secret, pause
        self._token = ""

    def by_owner(self, day: date, owners: Sequence[str]) -> Iterator[tuple[str, dict]]:
        """(owner, figures) of one day; at most OWNERS of them."""
        asked, offset = self._asked(day, day, owners), 0
        while True:
            found = self._post("groupchat/statistic", asked | {"offset": offset, "limit": PAGE})
            items = found.get("items", [])
            yield from ((item["owner"], item["data"]) for item in items)
            offset = found.get("next_offset", 0)
            if not items or not offset or offset >= found.get("total", 0):
                return

    def by_day(self, start: date, end: date, owners: Sequence[str]) -> list[tuple[date, dict]]:
        """(day, figures of all `owners` together) from `start` to `end`, at most SPAN days."""
        found = self._post("groupchat/statistic_group_by_day", self._asked(start, end, owners))
        return [(_day(item["stat_time"]), item["data"]) for item in found.get("items", [])]

    def _asked(self, start: date, end: date, owners: Sequence[str]) -> dict:
        if not 0 < len(owners) <= OWNERS or not 0 <= (end - start).days < SPAN:
            raise ValueError(f"1 to {OWNERS} owners and 1 to {SPAN} days at once")
        times = {"day_begin_time": _begins(start), "day_end_time": _begins(end)}
        return times | {"owner_filter": {"userid_list": list(owners)}}

    def _post(self, path: str, body: dict) -> dict:
        for renewed in (False, True):
            self._token = self._token or self._renewed()
            query = urlencode({"access_token": self._token})
            found = self._patiently(f"/cgi-bin/externalcontact/{path}?{query}", body)
            if found.get("errcode", 0) not in STALE:
                break
            self._token = ""
            if renewed:
                break
        if found.get("errcode", 0):
            raise Refused(found["errcode"], str(found.get("errmsg", ""))[:200])
        return found

    def _renewed(self) -> str:
        query = urlencode({"corpid": self._corp, "corpsecret": self._secret})
        found = self._patiently(f"/cgi-bin/gettoken?{query}")
        if not found.get("access_token"):
            raise Refused(found.get("errcode", 0), str(found.get("errmsg", ""))[:200])
        return found["access_token"]

    def _patiently(self, path: str, body: dict | None = None) -> dict:
        """The answer; what may pass by itself is tried again."""
        for pause in (*PAUSES, None):
            found = self._once(path, body)
            if found is not None and found.get("errcode", 0) not in PASSING:
                return found
            if pause is not None:
                self._pause(pause)
        if found is None:
            raise Refused(0, "no answer")
        return found

    def _once(self, path: str, body: dict | None) -> dict | None:
        """One request; None where there was no answer that can be read."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"})  # noqa: S310 - the address is the settings'
        if any(c.in_atomic_block for c in connections.all(initialized_only=True)):
            raise RuntimeError("WeCom is asked outside of any transaction")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - as above
                return json.loads(answer.read(LARGEST))
        except (OSError, urllib.error.URLError, ValueError):
            return None


def _begins(day: date) -> int:
    return round(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, ZONE).date()


def client() -> Client | None:
    """The one of the settings; None where no corporation is set up."""
    corp, secret = settings.LINGYU_WECOM_CORP, settings.LINGYU_WECOM_SECRET
    return Client(settings.LINGYU_WECOM_URL, corp, secret) if corp and secret else None
