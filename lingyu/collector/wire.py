"""What goes over the wire, as values that know no transport: a request, an answer, a refusal.

Holds reading of query and form parameters, bounded. Does not decompress or understand a body: see
`decoding` and `protocols`.
"""

import base64
import binascii
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote_to_bytes

import msgspec

from lingyu.kernel.facts import Remark

# Of one query or form: more is not read.
MAX_PARAMETERS = 1_000
# From so many escapes on a text is decoded in another way.
MANY_ESCAPES = 20
_SIGN = bytes.maketrans(b"%", b"=")
JSON, TEXT, SCRIPT, GIF = "application/json", "text/plain; charset=utf-8", "text/javascript", "image/gif"
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")
_encode = msgspec.json.Encoder().encode


class Refused(ValueError):
    """A request that is not taken; `code` is what the protocol doctor explains."""

    def __init__(self, status: int, code: str, field: str = "", detail: str = ""):
        super().__init__(f"{code} {field} {detail}".strip())
        self.status, self.code, self.field, self.detail = status, code, field, detail[:300]

    def remark(self, sample: str = "") -> Remark:
        """What the doctor is told."""
        return Remark("refused", self.code, self.field, self.detail, sample)


@dataclass
class Request:
    """One request: `path` without the source's prefix and without a slash at its end, `query` as sent.

    `headers` are by lower-case name, as bytes; `address` is the sender's. The door adds when it came (`now`,
    seconds since 1970) and the digest by which its sender is known for a day (`visitor`).
    """

    method: str
    path: str
    query: str = ""
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""
    now: float = 0.0
    visitor: str = ""

    def header(self, name: bytes) -> str:
        """A header, or nothing."""
        value = self.headers.get(name)
        return value.decode("latin-1") if value else ""

    @cached_property
    def params(self) -> dict[str, str]:
        """The query's parameters; of several with one name the last."""
        return parameters(self.query)


def parameters(text: str | bytes) -> dict[str, str]:
    """Parameters of a query or a form; of several with one name the last, of more than a bound the first."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    found = {}
    for pair in raw.split(b"&", MAX_PARAMETERS)[:MAX_PARAMETERS] if raw else ():
        name, _, value = pair.partition(b"=")
        if name:
            found[_unescaped(name)] = _unescaped(value)
    return found


def _unescaped(raw: bytes) -> str:
    """What a part of a form stands for; what is no UTF-8 becomes U+FFFD."""
    if b"+" in raw:
        raw = raw.replace(b"+", b" ")
    if number := raw.count(b"%"):
        raw = _quickly(raw, number) if number > MANY_ESCAPES else unquote_to_bytes(raw)
    return raw.decode("utf-8", "replace")


def _quickly(raw: bytes, number: int) -> bytes:
    """The same as `unquote_to_bytes`, for JSON, a third of which is escapes: forty times as fast.

    Quoted-printable has the same escapes behind another sign, and its decoder is in C. What it understands
    otherwise (a broken escape, an end of a line) comes out in another length, and is left to urllib.
    """
    if b"=" not in raw and b"\n" not in raw and b"\r" not in raw:
        plain = binascii.a2b_qp(raw.translate(_SIGN))
        if len(plain) == len(raw) - 2 * number:
            return plain
    return unquote_to_bytes(raw)


class Answer(msgspec.Struct, frozen=True):
    """A status, a body and its type, and headers beyond those that every answer has."""

    status: int
    body: bytes = b""
    type: str = ""
    headers: tuple[tuple[str, str], ...] = ()


def told(value, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON."""
    named = tuple((name.replace("_", "-"), text) for name, text in headers.items())
    return Answer(status, _encode(value), JSON, named)


class Taken(msgspec.Struct, frozen=True):
    """What an adapter says of a request that it takes: the answer to give once it is on disk, and for whom.

    `key` names the source, when the protocol carries that; with `binding` it must be one of the source's
    even when the address says which source it is. `count` is the number of events, 0 when nothing is kept.
    `remarks` are what was found out already: events within it that are refused.
    """

    answer: Answer
    count: int = 0
    key: str = ""
    binding: bool = False
    remarks: tuple[Remark, ...] = ()
