"""A chat export as text: a line of moment and speaker, then the words, until the next such line.

    2026-03-02 10:01:22 阿泽(wxid_7k2)
    周末的活动报名了吗

Brackets may be round or angular, of either width; without an id the name is all there is to know somebody by.
Notices of the system tell who came and went.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lingyu.store.intake.errors import FileRefused, RowError, excerpt
from lingyu.store.intake.report import ErrorReport
from lingyu.store.intake.texts import open_text

from ..actions import Came, Said, Went

_HEAD = re.compile(r"\ufeff?(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(.*)")
_SPEAKER = re.compile(r"(.*?)\s*[(（<〈]\s*([^()（）<>〈〉]+?)\s*[)）>〉]\s*[:：]?")
_NAME = r"[\"“「]?(.+?)[\"”」]?"
_CAME = (
    re.compile(
        rf"{_NAME}\s*(?:邀请|invited)\s*[\"“「]?(?P<who>.+?)[\"”」]?\s*(?:加入了?群聊|to the group.*)"
    ),
    re.compile(r"[\"“「]?(?P<who>.+?)[\"”」]?\s*(?:通过.*)?(?:加入了?群聊|joined the group.*)"),
)
_WENT = (
    (re.compile(r"[\"“「]?(?P<who>.+?)[\"”」]?\s*(?:退出了?群聊|left the group.*)"), "quit"),
    (
        re.compile(r"(?:.*?将)?[\"“「]?(?P<who>.+?)[\"”」]?\s*(?:移出了?群聊|was removed from the group.*)"),
        "removed",
    ),
)
SYSTEM = ("系统消息", "system", "系统", "")
LOOKED_AT = 40


def recognises(path: Path) -> bool:
    """Whether a file is such a text: one of its first lines begins a message."""
    try:
        with open_text(path) as lines:
            found = sum(bool(_head(line)) for line, _n in zip(lines, range(LOOKED_AT), strict=False))
    except FileRefused:
        return False
    return found > 0


def _head(line: str) -> re.Match | None:
    found = _HEAD.fullmatch(line.strip())
    # A row of a table begins with a moment as well.
    return found if found and not found[7].startswith((",", ";", "\t", '"')) else None


def read(path: Path, zone: ZoneInfo, report: ErrorReport) -> Iterator[Said | Came | Went]:
    """What the text tells. What comes before the first message is passed over."""
    ordinals: Counter = Counter()
    ids: dict[str, str] = {}
    with open_text(path) as lines:
        for row, head, words in _messages(lines):
            at = _moment(head, zone)
            if at is None:
                report.append(
                    RowError(row, "", excerpt(head[0]), "bad_moment", _("There is no such day or time."))
                )
                continue
            name, id = _speaker(head[7])
            text = "\n".join(words).strip()
            notice = text or head[7]
            if (id == "" and name.casefold() in SYSTEM) or not text:
                yield from _notice(notice, at, ids)
                continue
            ids[name] = id or name
            ordinals[at, ids[name]] += 1
            yield Said(f"{at.isoformat()}|{ids[name]}|{ordinals[at, ids[name]]}", at, ids[name], name, text)


def _messages(lines: Iterator[str]) -> Iterator[tuple[int, re.Match, list[str]]]:
    head, words, begun = None, [], 0
    for row, line in enumerate(lines, 1):
        found = _head(line)
        if found:
            if head:
                yield begun, head, words
            head, words, begun = found, [], row
        elif head:
            words.append(line)
    if head:
        yield begun, head, words


def _moment(head: re.Match, zone: ZoneInfo) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in head.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return None


def _speaker(text: str) -> tuple[str, str]:
    """(name, id) of whoever speaks; no id where the export has none."""
    found = _SPEAKER.fullmatch(text.strip())
    return (found[1] or found[2], found[2]) if found else (text.strip().rstrip(":："), "")


def _notice(text: str, at: datetime, ids: dict[str, str]) -> Iterator[Came | Went]:
    """Who came or went by a notice; nobody by any other."""
    for pattern, how in _WENT:
        if found := pattern.fullmatch(text.strip()):
            yield Went(at, ids.get(found["who"], found["who"]), how)
            return
    for pattern in _CAME:
        if found := pattern.fullmatch(text.strip()):
            for who in re.split(r"[、,，]\s*", found["who"]):
                name = who.strip('"“”「」 ')
                yield Came(at, ids.get(name, name), name)
            return
