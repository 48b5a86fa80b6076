"""By what a browser is known: keyed hashes of its cookie, and of its address and name; never these.

Holds the reading of a request. A device's hash is made with a key of its thirty days, so that after
two of them nothing can be found by it any more; a cookie is a random number of our own.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from lingyu.community.articles import reads

# How long the key of a device's hash is used, and until when hashes are kept.
PERIOD = timedelta(days=30)
DEVICE_KEPT = 2 * PERIOD
BROWSER_KEPT = timedelta(days=400)

BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|headless|phantom|preview|externalhit|monitor|scan|curl|wget|"
    r"python|httpx|okhttp|go-http|java/|libwww|node-fetch|axios|postman",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Signals:
    """What is known of a browser: its cookie's hash, its device's of this period and the one before."""

    browser: str
    devices: tuple[str, ...]
    bot: bool = False

    @property
    def device(self) -> str:
        """The hash that is kept."""
        return self.devices[0]


def signals(request: HttpRequest, visitor: str, at: datetime) -> Signals:
    """The signals of a request whose visitor's cookie says `visitor`."""
    name = request.headers.get("user-agent", "")
    said = f"{_address(request)}\n{name}"
    period = int(at.timestamp() // PERIOD.total_seconds())
    devices = tuple(_hash(f"device {p}", said) for p in (period, period - 1))
    return Signals(browser_hash(visitor), devices, bot=not name or bool(BOTS.search(name)))


def browser_hash(visitor: str) -> str:
    """The hash by which a visitor's cookie is known."""
    return _hash("browser", visitor)


def looks_ahead(request: HttpRequest) -> bool:
    """Whether a browser only fetches a page in case somebody might want it."""
    said = request.headers.get("sec-purpose", "") + request.headers.get("purpose", "")
    return "prefetch" in said or "prerender" in said


def keep(response, request: HttpRequest, visitor: str):
    """The answer, with the visitor's cookie where the browser has none of ours: members too."""
    if request.COOKIES.get(reads.VISITOR_COOKIE) != visitor:
        reads.keep(response, request, visitor)
    return response


def _address(request: HttpRequest) -> str:
    # What limits log-ins knows how many proxies to believe.
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return ""


def _hash(purpose: str, said: str) -> str:
    key = hashlib.blake2b(
        f"sharing.{purpose}".encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32
    ).digest()
    digest = hashlib.blake2b(said.encode(), key=key, digest_size=32).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
