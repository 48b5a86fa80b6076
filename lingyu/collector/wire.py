"""What goes over the wire, as values that know no transport: a request, an answer, a refusal.

Holds reading of query and form parameters, bounded. Does not decompress or understand a body: see
`decoding` and `protocols`.
"""

import base64
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl

import msgspec

from lingyu.kernel.facts import Remark

# Of one query or form: more is not read.
MAX_PARAMETERS = 1_000
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


def parameters(text: str) -> dict[str, str]:
    """Parameters of a query or of a form; of more than a bound, the first ones."""
    if not text:
        return {}
    try:
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_PARAMETERS, errors="replace"))
    except ValueError:
        return {}


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
