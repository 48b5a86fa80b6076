"""The period before and the year before."""

from fractions import Fraction

from .. import samples as s
from ..samples import paid
from .base import Case, ask_for, d

CASES = [
    # Seven days, and the seven before them.
    Case(
        "a week is compared with the week before",
        (paid("2024-03-01", 1), paid("2024-03-10", 10)),
        ask_for(s.GMV, "2024-03-04", "2024-03-10", compare="previous"),
        [(d("2024-03-04"), 10, 1, d("2024-02-26"))],
    ),
    # Days are set side by side by their place.
    Case(
        "days are compared one by one",
        (paid("2024-03-02", 1), paid("2024-03-03", 2), paid("2024-03-04", 10)),
        ask_for(s.GMV, "2024-03-04", "2024-03-05", grain="day", compare="previous"),
        [(d("2024-03-04"), 10, 1, d("2024-03-02")), (d("2024-03-05"), 0, 2, d("2024-03-03"))],
    ),
    # March has 31 days and February 2024 has 29: two days have nothing to be compared with.
    Case(
        "a whole month is compared with the month before, however long",
        (paid("2024-02-29", 1), paid("2024-03-29", 10), paid("2024-03-30", 100)),
        ask_for(s.GMV, "2024-03-01", "2024-03-31", grain="day", compare="previous"),
        [(d(f"2024-03-{n:02}"), 0, 0, d(f"2024-02-{n:02}")) for n in range(1, 29)]
        + [
            (d("2024-03-29"), 10, 1, d("2024-02-29")),
            (d("2024-03-30"), 100, None, None),
            (d("2024-03-31"), 0, None, None),
        ],
    ),
    # February 2024 against January 2024: the last two days of January are in its total.
    Case(
        "a whole month's total is that of the whole month before",
        (paid("2024-01-31", 1), paid("2024-02-01", 10)),
        ask_for(s.GMV, "2024-02-01", "2024-02-29", compare="previous"),
        [(d("2024-02-01"), 10, 1, d("2024-01-01"))],
    ),
    Case(
        "the year before",
        (paid("2023-03-04", 1), paid("2024-03-04", 10)),
        ask_for(s.GMV, "2024-03-04", compare="year"),
        [(d("2024-03-04"), 10, 1, d("2023-03-04"))],
    ),
    # 2023 has no 29 February: that day stands against the 28th.
    Case(
        "29 February is compared with the 28th",
        (paid("2023-02-28", 1), paid("2023-03-01", 100), paid("2024-02-29", 10)),
        ask_for(s.GMV, "2024-02-29", compare="year"),
        [(d("2024-02-29"), 10, 1, d("2023-02-28"))],
    ),
    # A value that only one of the two has is compared with the metric's empty value.
    Case(
        "a value that is gone, and one that is new",
        (paid("2024-03-03", 1, shop="old"), paid("2024-03-04", 10, shop="new")),
        ask_for(s.GMV, "2024-03-04", by=("shop",), compare="previous"),
        [(d("2024-03-04"), "new", 10, 0, d("2024-03-03")), (d("2024-03-04"), "old", 0, 1, d("2024-03-03"))],
    ),
    Case(
        "a ratio before which there was nothing",
        (paid("2024-03-04", 10),),
        ask_for(s.AOV, "2024-03-04", compare="previous"),
        [(d("2024-03-04"), Fraction(10), None, d("2024-03-03"))],
    ),
    Case(
        "a running total is compared with the one before, at the same place",
        (paid("2024-03-02", 1), paid("2024-03-03", 2), paid("2024-03-04", 10), paid("2024-03-05", 20)),
        ask_for(s.RUNNING, "2024-03-04", "2024-03-05", grain="day", compare="previous"),
        [(d("2024-03-04"), 10, 1, d("2024-03-02")), (d("2024-03-05"), 30, 3, d("2024-03-03"))],
    ),
]
