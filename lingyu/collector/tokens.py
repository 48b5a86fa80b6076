"""Tokens that a client gives back: signed, so that what they say was said by us.

Holds signing and opening. They open nothing: at worst somebody shows another's.
"""

import base64
import hashlib
import hmac
from functools import cache

import msgspec
from django.conf import settings


@cache
def _key() -> bytes:
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"lingyu tokens").digest()


def _mac(body: bytes) -> bytes:
    return hmac.digest(_key(), body, "sha256")[:16]


def sign(value) -> str:
    """A token that says `value` (what JSON can say)."""
    body = msgspec.json.encode(value)
    return base64.urlsafe_b64encode(_mac(body) + body).decode().rstrip("=")


def opened(token: str):
    """What a token of ours says; None for any other text."""
    if not 20 < len(token) < 1_000:
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return msgspec.json.decode(raw[16:]) if hmac.compare_digest(_mac(raw[16:]), raw[:16]) else None
    except (ValueError, msgspec.DecodeError):
        return None
