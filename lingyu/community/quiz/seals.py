"""Seals: what the page is given in place of the question's id, and what of it is believed later.

Holds the token of an asking and of an opening. Encrypted and authenticated (Fernet, AES-128-CBC with
HMAC-SHA256), with keys derived from the site's secret: a page or a script learns nothing from them.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

# How long a page may lie open before it has to be loaded again.
LIFE = 12 * 3600


class BadSeal(ValueError):
    """Not sealed by us, for somebody or something else, or too old."""


def _key(purpose: str) -> Fernet:
    made = hashlib.blake2b(purpose.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32).digest()
    return Fernet(base64.urlsafe_b64encode(made))


def seal(purpose: str, *said: str) -> str:
    """A token that says `said` to whoever holds our key, and nothing to anybody else."""
    return _key(purpose).encrypt(json.dumps(said).encode()).decode()


def unseal(purpose: str, token: str, life: int = LIFE) -> list[str]:
    """What a token says. Raises BadSeal."""
    try:
        return json.loads(_key(purpose).decrypt(token.encode()[:2_000], ttl=life))
    except (InvalidToken, ValueError):
        raise BadSeal from None


def opening(article: UUID, reader: str, at: datetime) -> str:
    """That a member, by their key, opened an article at a time."""
    return seal("quiz.opening", str(article), reader, at.astimezone(UTC).isoformat())


def opened_at(token: str, article: UUID, reader: str) -> datetime:
    """When the article was opened. Raises BadSeal: what one reader was given, no other can use."""
    said, who, at = unseal("quiz.opening", token)
    if (said, who) != (str(article), reader):
        raise BadSeal
    return datetime.fromisoformat(at)
