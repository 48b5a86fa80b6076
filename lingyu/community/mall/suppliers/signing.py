"""Signatures on what is said to a supplier, and on what a supplier says: HMAC-SHA256 of time and body.

X-Lingyu-Time: 1790000000        X-Lingyu-Signature: v1=<hex of HMAC(secret, time + "." + body)>
"""

import hashlib
import hmac
import time

TIME, SIGNATURE = "X-Lingyu-Time", "X-Lingyu-Signature"
# Seconds that a signature is good for: clocks differ, and a recorded one is of no use later.
LIFE = 300


def headers(secret: str, body: bytes, now: float | None = None) -> dict[str, str]:
    """The two headers for a body."""
    at = str(int(time.time() if now is None else now))
    return {TIME: at, SIGNATURE: f"v1={_sign(secret, at, body)}"}


def genuine(secret: str, at: str, signature: str, body: bytes, now: float | None = None) -> bool:
    """Whether somebody who knows the secret has signed this body lately."""
    if not (at.isascii() and at.isdigit() and len(at) < 15 and signature.isascii()):
        return False
    if abs((time.time() if now is None else now) - int(at)) > LIFE:
        return False
    return hmac.compare_digest(f"v1={_sign(secret, at, body)}", signature)


def _sign(secret: str, at: str, body: bytes) -> str:
    return hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
