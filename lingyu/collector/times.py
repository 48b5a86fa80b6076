"""Moments as senders write them: numbers since 1970 in several units, ISO 8601 with and without a zone.

Holds reading them. What cannot be is told by a code; whether a moment is believed is decided in `making`.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def from_number(value: float, unit: str = "") -> datetime | None:
    """A moment of a number since 1970: in `s`, `ms` or `us`; without a unit, by its size."""
    if not unit:
        size = abs(value)
        unit = "s" if size < 1e11 else "ms" if size < 1e14 else "us"
    micro = value if unit == "us" else value * (1_000 if unit == "ms" else 1_000_000)
    try:
        return _EPOCH + timedelta(microseconds=int(micro))
    except (OverflowError, ValueError):
        return None


def parse_time(value: Any, unit: str = "") -> tuple[datetime | None, str]:
    """A moment, and the code of what is wrong with it: ISO 8601 (a naive one is UTC), or a number."""
    if value is None or value == "":
        return None, ""
    if isinstance(value, bool):
        return None, "time_unreadable"
    if isinstance(value, int | float):
        at = from_number(value, unit)
        return at, "" if at else "time_unreadable"
    if not isinstance(value, str) or len(value) > 64:
        return None, "time_unreadable"
    return _from_text(value.strip(), unit)


def _from_text(text: str, unit: str) -> tuple[datetime | None, str]:
    try:
        if text.replace(".", "", 1).isdigit() and len(text) != 8:
            at = from_number(float(text) if "." in text else int(text), unit)
            return at, "" if at else "time_unreadable"
        at = datetime.fromisoformat(text)
        return (at.astimezone(UTC), "") if at.tzinfo else (at.replace(tzinfo=UTC), "time_without_zone")
    except (ValueError, OverflowError):
        return None, "time_unreadable"
