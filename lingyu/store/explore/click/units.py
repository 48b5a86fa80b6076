"""Days, weeks and months as numbers that follow one another, in SQL and in Python.

Holds no zone: which day a moment lies on was found by the log.
"""

from lingyu.kernel.questions.days import day_of


def place_of(day: str, unit: str) -> str:
    """SQL for the number of the unit in which a day lies; the next unit has the next number."""
    if unit == "week":
        return f"intDiv({day} + 3, 7)"
    if unit == "month":
        date = f"toDate(toUInt16({day}))"
        return f"toInt32(toYear({date}) * 12 + toMonth({date}) - 1)"
    return day


def begins(day: str, unit: str) -> str:
    """SQL for the first day of the unit in which a day lies."""
    if unit == "week":
        return f"{day} - ({day} + 3) % 7"
    if unit == "month":
        return f"toInt32(toUInt16(toStartOfMonth(toDate(toUInt16({day})))))"
    return day


def place(unit_start: int, unit: str) -> int:
    """The same number of the unit that begins on a day."""
    if unit == "week":
        return (unit_start + 3) // 7
    if unit == "month":
        begins = day_of(unit_start)
        return begins.year * 12 + begins.month - 1
    return unit_start
