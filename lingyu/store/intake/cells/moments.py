"""Days and moments as files write them; a moment comes out as aware UTC.

Refuses what a calendar or a clock never showed, and says why.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from django.utils.translation import gettext as _

from ..errors import CellError, excerpt
from .texts import clean, formula

EARLIEST = 1990
AHEAD = timedelta(days=1)

# The characters for year, month and day, as in a written Chinese date.
_YEAR, _MONTH, _DAY = "\u5e74", "\u6708", "\u65e5"
_CLOCK = r"(?:[T\s]*(?P<h>\d{1,2}):(?P<mi>\d{1,2})(?::(?P<s>\d{1,2})(?:[.,](?P<f>\d{1,9}))?)?)?"
_OFFSET = r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})(?P<sep>[-/.{_YEAR}])\s*(?P<m>\d{{1,2}})(?:(?P=sep)|{_MONTH})\s*(?P<d>\d{{1,2}}){_DAY}?"
    rf"(?![\d]){_CLOCK}{_OFFSET}",
    re.ASCII,
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
    r"(?:[T\s]?(?P<h>\d{2}):?(?P<mi>\d{2})(?::?(?P<s>\d{2})(?P<f>)?)?)?" + _OFFSET,
    re.ASCII,
)
_YEAR_LAST = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sep>[-/.])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}){_CLOCK}{_OFFSET}", re.ASCII
)
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?", re.ASCII)


def moment(raw: str, zone: tzinfo, *, now: datetime | None = None, order: str = "") -> datetime:
    """When something happened, as aware UTC; a time without an offset is read in `zone`.

    `order` ("mdy" or "dmy") allows dates that end with the year, which are ambiguous otherwise.
    A time that a clock showed twice (summer time ends) is read as the first of the two.
    Raises CellError `not_a_date`, `impossible_date`, `ambiguous_date`, `too_early`, `in_future`.
    """
    local, offset = _parse(raw, order)
    found = local.replace(tzinfo=offset or zone).astimezone(UTC)
    if offset is None and found.astimezone(zone).replace(tzinfo=None) != local:
        raise CellError(
            "impossible_date",
            _(
                "This time did not exist in %(zone)s: the clocks went forward. "
                "Check the time zone of the file."
            )
            % {"zone": zone},
        )
    if found > (now or datetime.now(UTC)) + AHEAD:
        raise CellError("in_future", _("This date lies in the future."))
    return found


def day(raw: str, *, today: date | None = None, order: str = "") -> date:
    """A calendar day; a time of day written after it is left off. Raises as `moment` does."""
    local, _offset = _parse(raw, order)
    found = local.date()
    if found > (today or datetime.now(UTC).date()) + AHEAD:
        raise CellError("in_future", _("This date lies in the future."))
    return found


def _parse(raw: str, order: str) -> tuple[datetime, timezone | None]:
    """The wall-clock time written in `raw`, and its offset from UTC if one is written."""
    value = clean(raw).removeprefix("'")
    if not value.isascii():
        value = value.replace("\uff1a", ":").replace("\u2212", "-").replace("\uff0f", "/")
    parts = _YEAR_FIRST.fullmatch(value) or _COMPACT.fullmatch(value)
    if parts:
        month, day_ = parts["m"], parts["d"]
    elif parts := _YEAR_LAST.fullmatch(value):
        if order not in ("mdy", "dmy"):
            raise CellError(
                "ambiguous_date",
                _(
                    "Day and month can't be told apart. "
                    "Write the year first (2024-01-31) or say the order when importing."
                ),
            )
        month, day_ = (parts["a"], parts["b"]) if order == "mdy" else (parts["b"], parts["a"])
    else:
        raise _unreadable(value)
    return _calendar(value, parts, int(month), int(day_)), _offset(parts["offset"])


def _calendar(value: str, parts: re.Match, month: int, day_: int) -> datetime:
    fraction = int((parts["f"] or "0").ljust(9, "0")) // 1000
    year, clock = int(parts["y"]), (int(parts["h"] or 0), int(parts["mi"] or 0), int(parts["s"] or 0))
    try:
        found = datetime(year, month, day_, *clock, fraction)
    except ValueError:
        message = _("There is no such date or time: %(value)s.") % {"value": excerpt(value)}
        raise CellError("impossible_date", message) from None
    if year < EARLIEST:
        message = _("The year %(year)d is before %(earliest)d, the earliest that is read.")
        raise CellError("too_early", message % {"year": year, "earliest": EARLIEST})
    return found


def _offset(written: str | None) -> timezone | None:
    if not written:
        return None
    if written == "Z":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    if hours > 14 or minutes > 59:
        message = _("There is no such offset from UTC: %(value)s.") % {"value": written}
        raise CellError("impossible_date", message)
    return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


def _unreadable(value: str) -> CellError:
    if value.startswith("="):
        return formula()
    if _SERIAL.fullmatch(value):
        return CellError(
            "not_a_date",
            _("This is a spreadsheet's day number. Format the column as a date, then save the file again."),
        )
    return CellError("not_a_date", _("This can't be read as a date. Write it like 2024-01-31 12:30:00."))
