"""Counts, sums, distincts, ratios, derived and cumulative metrics."""

from fractions import Fraction

from .. import samples as s
from ..samples import counted, paid, refunded
from .base import Case, ask_for, d

_ONE = paid("2024-03-05 02:00", 10_000, "a")
# Person a twice, b once, nobody once.
_WEEK = (
    paid("2024-03-04 02:00", 100, "a"),
    paid("2024-03-05 02:00", 200, "a"),
    paid("2024-03-05 03:00", 300, "b"),
    paid("2024-03-06 02:00", 400, None),
)

CASES = [
    Case("a count of nothing is zero", (), ask_for(s.ORDERS, "2024-03-01"), [(d("2024-03-01"), 0)]),
    Case("all history of nothing has no rows", (), ask_for(s.ORDERS), []),
    Case(
        "four facts count four", _WEEK, ask_for(s.ORDERS, "2024-03-04", "2024-03-06"), [(d("2024-03-04"), 4)]
    ),
    # 100 + 200 + 300 + 400
    Case(
        "amounts add up", _WEEK, ask_for(s.GMV, "2024-03-04", "2024-03-06"), [(d("2024-03-04"), 1_000)], "CNY"
    ),
    Case("without a period, all history is asked", _WEEK, ask_for(s.GMV), [(d("2024-03-04"), 1_000)], "CNY"),
    # ¥100 sent twice with one id, then ¥40 given back: 10,000 − 4,000, one order.
    Case(
        "the same fact sent twice is one, and a refund takes its part away",
        (_ONE, _ONE, refunded("2024-03-06 02:00", -4_000, "2024-03-05 02:00")),
        ask_for(s.NET, "2024-03-01", "2024-03-31"),
        [(d("2024-03-01"), 6_000)],
        "CNY",
    ),
    Case(
        "the same fact sent twice counts once",
        (_ONE, _ONE, _ONE),
        ask_for(s.ORDERS, "2024-03-01", "2024-03-31"),
        [(d("2024-03-01"), 1)],
    ),
    # a and b; the fact without a person is nobody.
    Case(
        "people are counted once over a period",
        _WEEK,
        ask_for(s.BUYERS, "2024-03-04", "2024-03-06"),
        [(d("2024-03-04"), 2)],
    ),
    # By day 1, 2 and 0: they add up to 3, which is not the number of people.
    Case(
        "people of days do not add up to people of the period",
        _WEEK,
        ask_for(s.BUYERS, "2024-03-04", "2024-03-06", grain="day"),
        [(d("2024-03-04"), 1), (d("2024-03-05"), 2), (d("2024-03-06"), 0)],
    ),
    # 1,000 cents over 4 orders.
    Case(
        "a ratio is exact",
        _WEEK,
        ask_for(s.AOV, "2024-03-04", "2024-03-06"),
        [(d("2024-03-04"), Fraction(250))],
        "CNY",
    ),
    Case(
        "a third stays a third",
        (paid("2024-03-04", 100), paid("2024-03-04", 100), paid("2024-03-04", -100)),
        ask_for(s.AOV, "2024-03-04"),
        [(d("2024-03-04"), Fraction(100, 3))],
    ),
    Case(
        "a ratio over zero is nothing, not zero", (), ask_for(s.AOV, "2024-03-04"), [(d("2024-03-04"), None)]
    ),
    Case(
        "empty days of a ratio are nothing",
        _WEEK[:1],
        ask_for(s.AOV, "2024-03-04", "2024-03-05", grain="day"),
        [(d("2024-03-04"), Fraction(100)), (d("2024-03-05"), None)],
    ),
    # 1,000 − (−150)
    Case(
        "a derived metric subtracts",
        (*_WEEK, refunded("2024-03-06 02:00", -150, "2024-03-04")),
        ask_for(s.LESS, "2024-03-04", "2024-03-06"),
        [(d("2024-03-04"), 1_150)],
    ),
    # 100; 100 + 500; the same; and 400 more.
    Case(
        "a running total runs on over empty days",
        (*_WEEK[:3], paid("2024-03-07 02:00", 400)),
        ask_for(s.RUNNING, "2024-03-04", "2024-03-07", grain="day"),
        [(d("2024-03-04"), 100), (d("2024-03-05"), 600), (d("2024-03-06"), 600), (d("2024-03-07"), 1_000)],
    ),
    Case(
        "a metric's own filter is part of it",
        (paid("2024-03-04", 9_999), paid("2024-03-04", 10_000), paid("2024-03-04", 10_001)),
        ask_for(s.LARGE, "2024-03-04"),
        [(d("2024-03-04"), 2)],
    ),
    # Beyond 32 bits and beyond what a float holds exactly.
    Case(
        "large amounts stay exact",
        (paid("2024-03-04", 9_007_199_254_740_993), paid("2024-03-04", 2)),
        ask_for(s.GMV, "2024-03-04"),
        [(d("2024-03-04"), 9_007_199_254_740_995)],
    ),
    # A field that is null adds nothing: 3 of 3 + null.
    Case(
        "a sum leaves nulls out",
        (paid("2024-03-04", pieces=3), paid("2024-03-04")),
        ask_for(s.PIECES, "2024-03-04"),
        [(d("2024-03-04"), 3)],
    ),
    # Shop a: 2 orders of 10 visitors. Shop b has 3 orders and no count of visitors: left out of both.
    Case(
        "a shop whose visitors nobody counted does not raise the conversion",
        (
            *(paid("2024-03-04", shop="a") for _ in range(2)),
            *(paid("2024-03-04", shop="b") for _ in range(3)),
            counted("2024-03-04", 10, "a"),
        ),
        ask_for(s.CONVERSION, "2024-03-04"),
        [(d("2024-03-04"), Fraction(2, 10))],
    ),
    # Both are known in the period, though not on the same day: 2 orders of 10 and then 3 of 5.
    Case(
        "a shop is known when it is known anywhere in the period",
        (
            *(paid("2024-03-04", shop="a") for _ in range(2)),
            *(paid("2024-03-04", shop="b") for _ in range(3)),
            counted("2024-03-04", 10, "a"),
            counted("2024-03-05", 5, "b"),
        ),
        ask_for(s.CONVERSION, "2024-03-04", "2024-03-05"),
        [(d("2024-03-04"), Fraction(5, 15))],
    ),
    Case(
        "a conversion of which no visitor is known is nothing",
        (paid("2024-03-04", shop="a"), counted("2024-03-03", 10, "a")),
        ask_for(s.CONVERSION, "2024-03-04"),
        [(d("2024-03-04"), None)],
    ),
]
