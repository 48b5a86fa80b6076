"""The same question by other ways: the API, the command line; ready to copy.

Holds the texts of commands, and which file a table becomes.
"""

import shlex
from typing import NamedTuple

import msgspec

from lingyu.kernel.questions import canonical

from .asking import Asked


class Ways(NamedTuple):
    """The question as JSON, pretty and as it is hashed; the commands that ask it."""

    json: str
    curl: str
    command: str


def ways(asked: Asked, site: str) -> Ways:
    """How else to ask this. `site` is the address of the house, with a slash at its end."""
    text = canonical(asked.question)
    one = shlex.quote(text.decode())
    pretty = msgspec.json.format(text, indent=2).decode()
    address = f"{site}api/v1/explore/{asked.kind.code}"
    curl = (
        f"curl -X POST {shlex.quote(address)} \\\n"
        '  -H "Authorization: Bearer $LINGYU_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        f"  -d {one}"
    )
    return Ways(pretty, curl, f"lingyu analyse {asked.kind.code} store --question {one} --format json")
