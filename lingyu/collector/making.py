"""From what a protocol calls an event to a fact: times, names, properties, each bounded and mended.

Holds what all protocols share when a kept request is read. Pure: the same row always gives the same
facts, with the same ids. Does not know any protocol.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec

from lingyu.kernel.facts import Context, Fact, Key, Link, Reading, Remark, Repair, outside_id

from .times import from_number, parse_time

NAME_LIMIT, ID_LIMIT, TEXT_LIMIT, CONTEXT_LIMIT = 200, 255, 8_191, 2_000
# Properties of one fact: how many, and bytes of them as JSON.
MANY_PROPERTIES, PROPERTY_BYTES = 500, 32 * 2**10
# A sender's clock is mended when it is off by more; less is the way that the message took.
SKEW = timedelta(seconds=30)
# How far ahead of its arrival something may have happened.
AHEAD = timedelta(minutes=5)
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
_canonical = msgspec.json.Encoder(order="deterministic").encode
_plain = msgspec.json.Encoder().encode
# Distinct persons are not called so; an SDK that was not set up sends these.
NOBODY = {
    "",
    "null",
    "undefined",
    "none",
    "nan",
    "nil",
    "0",
    "false",
    "[object object]",
    "anonymous",
    "guest",
}
_BOT = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|headless|lighthouse|pingdom|uptime|monitor(?:ing)?[/ ]"
    r"|facebookexternalhit|mediapartners|phantomjs|puppeteer|playwright|scrapy|sogou web|yisou",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def is_bot(agent: str) -> bool:
    """Whether a user agent says that it is a machine that walks pages. Server-side SDKs are none."""
    return _BOT.search(agent) is not None


class Making:
    """The facts of one kept request, while it is read."""

    def __init__(self, row):
        self.row = row
        self.received_at = from_number(row.received_at, "us")
        self.skew = timedelta(0)
        self.bot = is_bot(row.agent)
        self.facts: list[Fact] = []
        self.remarks: list[Remark] = []
        self.repairs: list[Repair] = []
        self.number = 0
        self._contexts: dict[tuple, Context] = {}

    def mend(self, code: str, field: str = "", detail: Any = "") -> None:
        """Note a repair of the fact at hand."""
        self.repairs.append(Repair(code, field, str(detail)[:200]))

    def refuse(self, code: str, field: str = "", detail: Any = "", sample: Any = None) -> None:
        """Note that one event of the request is not taken."""
        self.remarks.append(Remark("refused", code, field, str(detail)[:200], sampled(sample)))
        self.repairs = []

    def sent(self, value: Any) -> None:
        """The time at which the sender's clock says it was sent: by how much that clock is off."""
        at = parse_time(value)[0]
        if at is not None and abs(self.received_at - at) > SKEW:
            self.skew = self.received_at - at

    def moment(self, value: Any, field: str, unit: str = "", corrects: bool = True) -> datetime:
        """When it happened, by the sender's clock as far as that can be believed; else when it arrived."""
        at, fault = parse_time(value, unit)
        if fault:
            self.mend(fault, field, value)
        if at is None:
            return self.received_at
        if self.skew and corrects:
            self.mend("clock_corrected", field, f"{self.skew.total_seconds():+.0f} s")
            at = _moved(at, self.skew)
        if at > self.received_at + AHEAD:
            self.mend("time_ahead", field, value)
            return self.received_at
        if at < OLDEST:
            self.mend("time_too_old", field, value)
            return self.received_at
        return at

    def text(self, value: Any, field: str, limit: int = TEXT_LIMIT) -> str:
        """A value as text, bounded; nothing for what is none."""
        if isinstance(value, str):
            text = value
        elif value is None or isinstance(value, bool):
            return ""
        elif isinstance(value, int | float):
            text = _number(value)
        else:
            text = _plain(value).decode()
            self.mend("text_expected", field, text)
        if "\x00" in text:
            text = text.replace("\x00", "")
        if len(text) > limit:
            self.mend("cut", field, f"> {limit}")
            text = text[:limit]
        return text

    def key(self, kind: str, value: Any, field: str, label: str = "") -> tuple[Key, ...]:
        """A person's key, in a tuple; an empty one for what names nobody."""
        text = self.text(value, field, ID_LIMIT).strip()
        if text.lower() in NOBODY:
            if text and kind == "user":
                self.mend("nobody", field, text)
            return ()
        return (Key(kind, text, label),)

    def visitor(self) -> tuple[Key, ...]:
        """The key of whoever sent it, for protocols that name nobody: the digest that changes daily."""
        return (Key("visitor", self.row.visitor),) if self.row.visitor else ()

    def properties(self, value: Any, field: str = "properties", without: frozenset = frozenset()) -> dict:
        """The properties, bounded in number and size; what is too much is left out, and told."""
        if not isinstance(value, dict):
            if value is not None:
                self.mend("object_expected", field, _plain(value).decode()[:100])
            return {}
        if without or "" in value:
            value = {k: v for k, v in value.items() if k not in without and k}
        is_small = len(value) <= MANY_PROPERTIES and len(_plain(value)) <= PROPERTY_BYTES
        if is_small and max(map(len, value), default=0) <= NAME_LIMIT:
            return value
        return self._bounded(value, field)

    def _bounded(self, kept: dict, field: str) -> dict:
        found, size, left = {}, 2, []
        for name, value in kept.items():
            if isinstance(value, str) and len(value) > TEXT_LIMIT:
                self.mend("cut", f"{field}.{name[:NAME_LIMIT]}", f"> {TEXT_LIMIT}")
                value = value[:TEXT_LIMIT]
            weight = len(_plain(value)) + len(name) + 4
            if len(found) >= MANY_PROPERTIES or size + weight > PROPERTY_BYTES or len(name) > NAME_LIMIT:
                left.append(name[:40])
                continue
            found[name] = value
            size += weight
        if left:
            self.mend("properties_cut", field, ", ".join(left[:8]))
        return found

    def context(self, **said: Any) -> Context:
        """Where it comes from: what the protocol says of it, and the sender's agent and network.

        Facts of one request mostly say the same, so what was made of it is kept for the next.
        """
        known = tuple(said.items())
        try:
            if found := self._contexts.get(known):
                return found
        except TypeError:
            # A list or an object where a text should be: nothing to look up by.
            known = None
        mended = len(self.repairs)
        texts = {k: self.text(v, f"context.{k}", CONTEXT_LIMIT) for k, v in said.items() if v}
        texts["agent"] = texts.get("agent") or self.row.agent
        made = Context(address=self.row.address, **texts)
        if known is not None and len(self.repairs) == mended:
            self._contexts[known] = made
        return made

    def add(
        self,
        name: str,
        *,
        raw: Any,
        at: datetime,
        message: str = "",
        timed: bool = True,
        keys: tuple[Key, ...] = (),
        properties: dict | None = None,
        context: Context | None = None,
        session: str = "",
        kind: str = "event",
        change: str = "",
        link: Link | None = None,
        bot: bool = False,
    ) -> None:
        """Enter one fact. `message` is the id that the sender gave it; without one, its content is its id.

        `raw` is the event as sent; `timed` says that its own time is within it, so that the same content
        is the same event. Otherwise the time of arrival and the place in the request are part of it.
        """
        row, repairs = self.row, tuple(self.repairs)
        self.number += 1
        fact = Fact(
            id=outside_id(row.source, message or self._digest(raw, timed)),
            source=row.source,
            protocol=row.protocol,
            name=name,
            kind=kind,
            change=change,
            occurred_at=at,
            received_at=self.received_at,
            keys=keys,
            session=session,
            link=link,
            properties=properties or {},
            context=context or self.context(),
            repairs=repairs,
            bot=self.bot or bot,
        )
        self.facts.append(fact)
        if repairs:
            self.remarks += [Remark("repaired", r.code, r.field, r.detail, sampled(raw)) for r in repairs]
            self.repairs = []

    def _digest(self, raw: Any, timed: bool) -> str:
        digest = hashlib.blake2b(_canonical(raw), digest_size=16)
        if not timed:
            digest.update(f"{self.row.received_at} {self.row.visitor} {self.number}".encode())
        return f"content {digest.hexdigest()}"

    def done(self) -> Reading:
        """What the request says."""
        return Reading(self.facts, self.remarks)


def sampled(value: Any) -> str:
    """A piece of what was sent, for the doctor's page."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value[:600].decode("utf-8", "replace")
    return (value if isinstance(value, str) else _plain(value).decode())[:600]


def _moved(at: datetime, by: timedelta) -> datetime:
    try:
        return at + by
    except OverflowError:
        return OLDEST - timedelta(days=1)


def _number(value: float) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
