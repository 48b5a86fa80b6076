"""Codes, addresses and suppliers' secrets as they lie in the database: sealed with AES-256-GCM.

Holds sealing and opening. The key is derived from the site's secret key (HKDF) and named by its id, which
stands before what it sealed; older secret keys (SECRET_KEY_FALLBACKS) still open, and `lingyu reseal` seals
anew. `about` binds a text to its row: what was sealed for one opens for no other.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE = 12


class Locked(ValueError):
    """Sealed with a key that is not there, for another row, or changed."""


def seal(text: str, *, about: str) -> str:
    """The text, sealed by the present key for the row `about`."""
    id, key, _ = _keys()[0]
    nonce = os.urandom(NONCE)
    return (
        f"{id}:{base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), about.encode())).decode()}"
    )


def unseal(sealed: str, *, about: str) -> str:
    """What was sealed. Raises Locked."""
    id, _, body = sealed.partition(":")
    found = next((key for known, key, _ in _keys() if known == id), None)
    if found is None:
        raise Locked(f"no secret key has the id {id!r}: add the former one to LINGYU_OLD_SECRET_KEYS")
    raw = base64.b64decode(body)
    try:
        return AESGCM(found).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).decode()
    except InvalidTag:
        raise Locked(f"what is sealed for {about} has been changed") from None


def opens(sealed: str) -> bool:
    """Whether there is the key that sealed it."""
    return sealed.partition(":")[0] in known()


def mark(text: str) -> str:
    """A keyed hash: equal texts have equal marks, and a mark says nothing to who has not the key."""
    return _mark(_keys()[0][2], text)


def marks(text: str) -> list[str]:
    """The marks that the text may have, by every key there is."""
    return [_mark(key, text) for _, _, key in _keys()]


def present() -> str:
    """The id of the present key."""
    return _keys()[0][0]


def known() -> list[str]:
    """The ids of all keys that there are, the present one first."""
    return [id for id, _, _ in _keys()]


def _mark(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _keys() -> list[tuple[str, bytes, bytes]]:
    return _derived((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _derived(secrets: tuple[str, ...]) -> list[tuple[str, bytes, bytes]]:
    found = []
    for secret in secrets:
        both = HKDF(algorithm=SHA256(), length=64, salt=None, info=b"lingyu.mall.vault").derive(
            secret.encode()
        )
        found.append((hashlib.sha256(b"id" + both).hexdigest()[:8], both[:32], both[32:]))
    return found
