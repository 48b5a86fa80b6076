"""Facts from outside: what an SDK or a file said has happened, in the one shape that all protocols become.

Holds the values. Does not hold the house's own events, which are declared (`lingyu.kernel.events`): the
names and properties of these are whatever the sender chose. How a protocol is read is the collector's.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, Protocol
from uuid import UUID

import msgspec

from .ids import LINGYU, uuid5_of

# Of a person's names: one's own (a member's id), one that a browser drew, a device's, the digest of an
# address that changes every day, another declared key; `distinct` where a protocol has one name for both
# the known and the unknown, `any` where it refers to one of these without saying which.
KeyKind = Literal["user", "anonymous", "device", "visitor", "declared", "distinct", "any"]


class Key(msgspec.Struct, frozen=True, omit_defaults=True):
    """One name under which a person goes at a source; `label` is what a declared one is called there."""

    kind: KeyKind
    value: str
    label: str = ""


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a call asserts beyond what happened: that two keys are one person's, or who is in a group.

    `identify` joins the fact's own keys; `alias` joins them with `other`; `part` takes `other` away again;
    `group` puts the person into `group` of the kind `group_kind`.
    """

    kind: Literal["identify", "alias", "part", "group"]
    other: Key | None = None
    group: str = ""
    group_kind: str = ""


class Repair(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was mended in a fact: a code that the protocol doctor explains, the field, what stood there."""

    code: str
    field: str = ""
    detail: str = ""


class Context(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a fact comes from: the page, the device's and the SDK's names, the sender's network."""

    url: str = ""
    title: str = ""
    referrer: str = ""
    agent: str = ""
    locale: str = ""
    screen: str = ""
    library: str = ""
    address: str = ""


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that a source says has happened.

    `id` is the same whenever the same message is read again. `occurred_at` and `received_at` are aware UTC,
    to the microsecond. `kind` tells what was done (`event`), from what is said about a person, a group or a
    thing (`profile`, `group`, `item`, with `change` naming how: set, set_once, increment, append, unset,
    delete), and from what only joins names (`link`). `bot` marks a sender that says it is a machine.
    """

    id: UUID
    source: str
    protocol: str
    name: str
    kind: Literal["event", "profile", "group", "item", "link"] = "event"
    change: str = ""
    occurred_at: datetime
    received_at: datetime
    keys: tuple[Key, ...] = ()
    session: str = ""
    link: Link | None = None
    properties: dict[str, Any] = {}
    context: Context = Context()
    repairs: tuple[Repair, ...] = ()
    bot: bool = False


class Remark(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the protocol doctor is told: that something was `refused`, or `repaired`, where, and a sample."""

    kind: Literal["refused", "repaired"]
    code: str
    field: str = ""
    detail: str = ""
    sample: str = ""


class Reading(msgspec.Struct, frozen=True):
    """What a request says: its facts, and remarks on what was refused or mended."""

    facts: list[Fact] = []
    remarks: list[Remark] = []


class Kept(Protocol):
    """A request as the inbox keeps it; see `lingyu.store.inbox.Row`."""

    source: str
    protocol: str


READERS: dict[str, Callable[[Any], Reading]] = {}


def reader(protocol: str):
    """Register the function that reads the kept requests of `protocol`: pure, so that it can be run again."""

    def register(read: Callable[[Any], Reading]) -> Callable[[Any], Reading]:
        READERS[protocol] = read
        return read

    return register


def read(row: Kept) -> Reading:
    """What a kept request says; what no reader knows is a remark, not an error."""
    if row.protocol not in READERS:
        return Reading(remarks=[Remark("refused", "protocol_unknown", "", row.protocol)])
    return READERS[row.protocol](row)


def outside_id(source: str, message: str) -> UUID:
    """The id of a fact: of its source and of the id that the sender gave the message."""
    hashed = _hashed(source).copy()
    hashed.update(message.replace("\x1f", " ").encode())
    return uuid5_of(hashed.digest())


@lru_cache(maxsize=1_024)
def _hashed(source: str):
    """The part of `fact_id` that all facts of a source share."""
    return hashlib.sha1(LINGYU.bytes + f"outside\x1f{source}\x1f".encode(), usedforsecurity=False)
