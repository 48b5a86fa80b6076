"""Days, weeks and months; time zones; moments other than a fact's own."""

from lingyu.kernel.query import QueryError

from .. import samples as s
from ..samples import paid, refunded
from .base import Case, ask_for, d

_EVENING = (paid("2024-01-01 15:59", 1), paid("2024-01-01 16:00", 10), paid("2024-01-01 16:30", 100))
_REFUND = (paid("2024-03-05", 10_000), refunded("2024-04-02", -4_000, "2024-03-05"))

CASES = [
    # Shanghai is eight hours ahead: its 2 January begins at 16:00 of the 1st in UTC.
    Case(
        "an evening in London is the next day in Shanghai",
        _EVENING,
        ask_for(s.GMV, "2024-01-01", "2024-01-02", grain="day"),
        [(d("2024-01-01"), 1), (d("2024-01-02"), 110)],
    ),
    Case(
        "the same evening is one day in UTC",
        _EVENING,
        ask_for(s.GMV, "2024-01-01", "2024-01-02", grain="day", tz="UTC"),
        [(d("2024-01-01"), 111), (d("2024-01-02"), 0)],
    ),
    Case(
        "a period ends with its last day in its zone",
        _EVENING,
        ask_for(s.GMV, "2024-01-01"),
        [(d("2024-01-01"), 1)],
    ),
    Case("all history is dated in the zone", _EVENING[1:], ask_for(s.GMV), [(d("2024-01-02"), 110)]),
    # Kathmandu is 5 h 45 min ahead: its 2 January begins at 18:15 UTC.
    Case(
        "a zone may be off by quarters of an hour",
        (paid("2024-01-01 18:14", 1), paid("2024-01-01 18:15", 10)),
        ask_for(s.GMV, "2024-01-01", "2024-01-02", grain="day", tz="Asia/Kathmandu"),
        [(d("2024-01-01"), 1), (d("2024-01-02"), 10)],
    ),
    # New York left winter time on 10 March 2024 at 07:00 UTC. Midnight is 05:00 UTC before (9 and 10
    # March begin so) and 04:00 UTC after (11 March): that Sunday has 23 hours.
    Case(
        "days follow the clocks of a zone with summer time",
        (
            paid("2024-03-10 04:59", 1),
            paid("2024-03-10 05:00", 10),
            paid("2024-03-11 03:59", 100),
            paid("2024-03-11 04:00", 1_000),
        ),
        ask_for(s.GMV, "2024-03-09", "2024-03-11", grain="day", tz="America/New_York"),
        [(d("2024-03-09"), 1), (d("2024-03-10"), 110), (d("2024-03-11"), 1_000)],
    ),
    # And came back on 3 November at 06:00 UTC: that Sunday has 25 hours, 04:00 to 05:00 of the next day.
    Case(
        "days follow the clocks back",
        (
            paid("2024-11-03 03:59", 1),
            paid("2024-11-03 04:00", 10),
            paid("2024-11-04 04:59", 100),
            paid("2024-11-04 05:00", 1_000),
        ),
        ask_for(s.GMV, "2024-11-02", "2024-11-04", grain="day", tz="America/New_York"),
        [(d("2024-11-02"), 1), (d("2024-11-03"), 110), (d("2024-11-04"), 1_000)],
    ),
    # Both changes in one question: March begins at 05:00 UTC, April and November at 04:00, December at 05:00.
    Case(
        "months follow the clocks",
        (
            paid("2024-04-01 03:59", 1),
            paid("2024-04-01 04:00", 10),
            paid("2024-12-01 04:59", 100),
            paid("2024-12-01 05:00", 1_000),
        ),
        ask_for(s.GMV, "2024-03-01", "2024-12-31", grain="month", tz="America/New_York"),
        [(d("2024-03-01"), 1), (d("2024-04-01"), 10)]
        + [(d(f"2024-{m:02}-01"), 0) for m in range(5, 11)]
        + [(d("2024-11-01"), 100), (d("2024-12-01"), 1_000)],
    ),
    # Shanghai itself had summer time until 1991: nine hours ahead on 1 July 1990.
    Case(
        "clocks of the past are those of the past",
        (paid("1990-06-30 14:59", 1), paid("1990-06-30 15:00", 10)),
        ask_for(s.GMV, "1990-06-30", "1990-07-01", grain="day"),
        [(d("1990-06-30"), 1), (d("1990-07-01"), 10)],
    ),
    # Engines keep calendars of different reach: 1970 and 2149 are ends of one of them.
    Case(
        "weeks and months reach before 1970 and after 2149",
        (paid("1969-12-31", 1), paid("2150-01-07", 10)),
        ask_for(s.GMV, "2150-01-01", "2150-01-11", grain="week", tz="UTC"),
        [(d("2150-01-01"), 0), (d("2150-01-05"), 10)],
    ),
    Case(
        "months before 1970",
        (paid("1969-12-31", 1),),
        ask_for(s.GMV, "1969-11-01", "1970-01-31", grain="month", tz="UTC"),
        [(d("1969-11-01"), 0), (d("1969-12-01"), 1), (d("1970-01-01"), 0)],
    ),
    # 6 March 2024 is a Wednesday: the first bucket starts there, not on Monday, whose fact is outside.
    Case(
        "a week that began before the period starts with the period",
        (paid("2024-03-04", 1), paid("2024-03-06", 10), paid("2024-03-10", 100), paid("2024-03-11", 1_000)),
        ask_for(s.GMV, "2024-03-06", "2024-03-12", grain="week"),
        [(d("2024-03-06"), 110), (d("2024-03-11"), 1_000)],
    ),
    # ISO weeks: Monday 30 December 2024 and New Year's Day are in one week.
    Case(
        "a week runs over new year",
        (paid("2024-12-30", 1), paid("2025-01-05", 10), paid("2025-01-06", 100)),
        ask_for(s.GMV, "2024-12-30", "2025-01-07", grain="week"),
        [(d("2024-12-30"), 11), (d("2025-01-06"), 100)],
    ),
    Case(
        "empty months are filled",
        (paid("2024-01-31", 1), paid("2024-03-01", 10)),
        ask_for(s.GMV, "2024-01-15", "2024-04-02", grain="month"),
        [(d("2024-01-15"), 1), (d("2024-02-01"), 0), (d("2024-03-01"), 10), (d("2024-04-01"), 0)],
    ),
    Case(
        "a refund counts on its own day",
        _REFUND,
        ask_for(s.NET, "2024-03-01", "2024-04-30", grain="month"),
        [(d("2024-03-01"), 10_000), (d("2024-04-01"), -4_000)],
    ),
    Case(
        "or on the day its order was paid",
        _REFUND,
        ask_for(s.NET_PAID, "2024-03-01", "2024-04-30", grain="month"),
        [(d("2024-03-01"), 6_000), (d("2024-04-01"), 0)],
    ),
    # Only the day of payment lies in the period; and all history begins with it.
    Case(
        "a fact is found by the other moment alone",
        _REFUND,
        ask_for(s.REFUNDS_PAID, "2024-03-05"),
        [(d("2024-03-05"), -4_000)],
    ),
    Case(
        "history by the other moment begins there",
        _REFUND,
        ask_for(s.REFUNDS_PAID),
        [(d("2024-03-05"), -4_000)],
    ),
    Case(
        "what has no such moment is in no period",
        (refunded("2024-03-05", -1), refunded("2024-03-05", -10, "2024-03-05")),
        ask_for(s.REFUNDS_PAID, "2024-01-01", "2024-12-31", grain="month"),
        [(d(f"2024-{m:02}-01"), -10 if m == 3 else 0) for m in range(1, 13)],
    ),
    Case("a year before calendars is refused", (), ask_for(s.GMV, "1066-10-14"), QueryError),
    Case(
        "too many days are refused", (), ask_for(s.GMV, "1900-01-01", "2024-01-01", grain="day"), QueryError
    ),
    Case("an unknown zone is refused", (), ask_for(s.GMV, "2024-03-05", tz="Mars/Olympus"), QueryError),
]
