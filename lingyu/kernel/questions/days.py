"""Days as numbers since 1970-01-01, and the days, weeks and months that they lie in.

Weeks begin on Monday. Holds no time of day: which day a moment lies on is the source's matter.
"""

from datetime import date

from ..query import Period

_EPOCH = date(1970, 1, 1).toordinal()


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The day of a number."""
    return date.fromordinal(number + _EPOCH)


def days_of(period: Period | None, first: int | None, last: int | None) -> tuple[int, int] | None:
    """First and last day of `period`, else of the history; None where there is neither."""
    if period:
        return number(period.start), number(period.end)
    return None if first is None or last is None else (first, last)


def unit_of(day: int, unit: str) -> int:
    """The number of the first day of the day, week or month (`unit`) in which `day` lies."""
    if unit == "week":
        return day - (day + 3) % 7
    return number(day_of(day).replace(day=1)) if unit == "month" else day


def later(unit_start: int, units: int, unit: str) -> int:
    """The first day of the unit that comes `units` after (before, if negative) the one that begins there."""
    if unit == "month":
        begins = day_of(unit_start)
        months = begins.year * 12 + begins.month - 1 + units
        return number(date(months // 12, months % 12 + 1, 1))
    return unit_start + units * (7 if unit == "week" else 1)


def units_between(first: int, last: int, unit: str) -> list[int]:
    """The first days of all units that have a day from `first` to `last`."""
    found = [unit_of(first, unit)]
    while (following := later(found[-1], 1, unit)) <= last:
        found.append(following)
    return found


def ends(unit_start: int, unit: str) -> int:
    """The last day of the unit that begins there."""
    return later(unit_start, 1, unit) - 1
