"""The addresses of links: signed, short, and silent about who made them.

Holds their making and reading. A code is a number drawn by lot and a MAC over it and the article, in
base58: nothing personal is in it, a changed or foreign one is known without a look into the database.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from django.conf import settings

from lingyu.community.articles.addresses import ALPHABET, LENGTH, long, short

from .models import ShareLink

# 96 bits: 40 of a number, 56 of a MAC. A guess is right once in 7 × 10^16.
NUMBER, MAC = 5, 7
CODE = 17


def draw() -> int:
    """A number for a new link."""
    return secrets.randbits(NUMBER * 8)


def code(number: int, article: UUID | None) -> str:
    """The code of a link to `article`, or of an invitation; always 17 characters."""
    said = number.to_bytes(NUMBER)
    value, text = int.from_bytes(said + _mac(settings.SECRET_KEY, said, article)), ""
    for _ in range(CODE):
        value, digit = divmod(value, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text


def number(text: str, article: UUID | None) -> int | None:
    """The number that a code says; None when we did not make it, or not for this article."""
    if len(text) != CODE or any(c not in ALPHABET for c in text):
        return None
    value = 0
    for character in text:
        value = value * len(ALPHABET) + ALPHABET.index(character)
    if value >> 8 * (NUMBER + MAC):
        return None
    raw = value.to_bytes(NUMBER + MAC)
    said, mac = raw[:NUMBER], raw[NUMBER:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    known = any(hmac.compare_digest(mac, _mac(key, said, article)) for key in keys)
    return int.from_bytes(said) if known else None


def token(link: ShareLink) -> str:
    """What stands in the address of a link to an article: the article, readable by anybody, and the code."""
    return short(link.article_id) + code(link.number, link.article_id)


def article_of(text: str) -> UUID:
    """The article that a token leads to, whatever its code is worth; ValueError when it is none."""
    if len(text) < LENGTH:
        raise ValueError(text)
    return long(text[:LENGTH])


def found(text: str, article: UUID | None) -> ShareLink | None:
    """The link of a code, when it is ours; it may have ended."""
    drawn = number(text, article)
    if drawn is None:
        return None
    return ShareLink.objects.select_related("member", "article").filter(number=drawn, article=article).first()


def _mac(key: str, said: bytes, article: UUID | None) -> bytes:
    kept = hashlib.blake2b(b"sharing.link", key=key.encode()[:64], digest_size=32).digest()
    about = article.bytes if article else b"invitation"
    return hmac.new(kept, said + about, hashlib.sha256).digest()[:MAC]
