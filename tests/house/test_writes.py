"""One door for writes: rows change in actions, and in the few places that keep their own queue."""

import re

import pytest

from .sources import Source, product

pytestmark = pytest.mark.one_database

WRITE = re.compile(
    r"(?:objects|\.filter\([^\n]*\)|\.all\(\)|\.standing\(\)|\.waiting\(\))[\w.()=, ]*"
    r"\.(?:create|bulk_create|update|bulk_update|delete|get_or_create|update_or_create)\("
    r"|\.save\((?:force_insert|update_fields|\))"
)
# Who else may write, and why.
DOORS = {
    "lingyu/store/outbox.py": "the outbox itself",
    "lingyu/store/ship.py": "marks its own envelopes",
    "lingyu/store/purge.py": "throws away what is done",
    "lingyu/store/deliver.py": "works its own queue",
    "lingyu/store/log/house.py": "marks the envelopes that the log has",
    "lingyu/store/jobs.py": "claims and notes its own runs",
    "lingyu/store/intake/mapping.py": "remembers how a file's columns were read",
}


def is_door(source: Source) -> bool:
    """Whether a module is where writing belongs."""
    return (
        "actions" in source.path.with_suffix("").parts
        or "demo" in source.path.with_suffix("").parts
        or source.name in DOORS
    )


def test_rows_are_written_by_actions_only():
    written = [
        f"{s.name}: {match.group()}" for s in product() if not is_door(s) for match in WRITE.finditer(s.text)
    ]
    assert not written


def test_the_rule_sees_what_actions_do():
    seen = [s.name for s in product() if "actions" in s.path.with_suffix("").parts and WRITE.search(s.text)]
    assert len(seen) >= 3


def test_there_are_no_signals_and_no_logic_in_save():
    hidden = re.compile(r"\bdjango\S* import .*\b(?:receiver|post_save|pre_save|Signal)\b|def save\(self")
    assert not [s.name for s in product() if hidden.search(s.text)]
