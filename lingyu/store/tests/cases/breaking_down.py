"""Breakdowns by one dimension or several, and what has none."""

from fractions import Fraction

from lingyu.kernel.query import QueryError

from .. import samples as s
from ..samples import counted, moment, paid
from .base import Case, ask_for, d

_DAY = d("2024-03-04")
_SHOPS = (
    paid("2024-03-04", 1, "p", shop="b", country="FR"),
    paid("2024-03-04", 10, "p", shop="a", country="FR"),
    paid("2024-03-05", 100, "q", shop="a", country=None),
    paid("2024-03-05", 1_000, "p", shop=None, country="UK"),
)

CASES = [
    Case(
        "rows come in the order of the dimension, what has none last",
        _SHOPS,
        ask_for(s.GMV, "2024-03-04", "2024-03-05", by=("shop",)),
        [(_DAY, "a", 110), (_DAY, "b", 1), (_DAY, None, 1_000)],
    ),
    Case(
        "two dimensions make every pair that has facts",
        _SHOPS,
        ask_for(s.ORDERS, "2024-03-04", "2024-03-05", by=("country", "shop")),
        [(_DAY, "FR", "a", 1), (_DAY, "FR", "b", 1), (_DAY, "UK", None, 1), (_DAY, None, "a", 1)],
    ),
    # p buys in a and b and elsewhere: once in each row, though only two people are there.
    Case(
        "a person is counted under every value",
        _SHOPS,
        ask_for(s.BUYERS, "2024-03-04", "2024-03-05", by=("shop",)),
        [(_DAY, "a", 2), (_DAY, "b", 1), (_DAY, None, 1)],
    ),
    Case(
        "every value has every day",
        _SHOPS[:3],
        ask_for(s.GMV, "2024-03-04", "2024-03-05", by=("shop",), grain="day"),
        [(_DAY, "a", 10), (_DAY, "b", 1), (d("2024-03-05"), "a", 100), (d("2024-03-05"), "b", 0)],
    ),
    Case("a breakdown of nothing has no rows", (), ask_for(s.GMV, "2024-03-04", by=("shop",)), []),
    # 5 and −5 are facts, and their sum is a number.
    Case(
        "facts that cancel out still have a row",
        (paid("2024-03-04", 5, shop="a"), paid("2024-03-04", -5, shop="a")),
        ask_for(s.GMV, "2024-03-04", by=("shop",)),
        [(_DAY, "a", 0)],
    ),
    Case(
        "a ratio is taken within each value",
        (
            paid("2024-03-04", shop="a"),
            counted("2024-03-04", 4, "a"),
            paid("2024-03-04", shop="b"),
            counted("2024-03-04", 2, "b"),
        ),
        ask_for(s.CONVERSION, "2024-03-04", by=("shop",)),
        [(_DAY, "a", Fraction(1, 4)), (_DAY, "b", Fraction(1, 2))],
    ),
    Case(
        "a person is a dimension too",
        _SHOPS,
        ask_for(s.GMV, "2024-03-04", "2024-03-05", by=("person",)),
        [(_DAY, "p", 1_011), (_DAY, "q", 100)],
    ),
    # 9 before 10, as numbers are ordered and words are not.
    Case(
        "numbers are in the order of numbers",
        (paid("2024-03-04", 1, pieces=10), paid("2024-03-04", 10, pieces=9)),
        ask_for(s.GMV, "2024-03-04", by=("pieces",)),
        [(_DAY, 9, 10), (_DAY, 10, 1)],
    ),
    Case(
        "yes and no",
        (paid("2024-03-04", 1, vip=True), paid("2024-03-04", 10, vip=False), paid("2024-03-04", 100)),
        ask_for(s.GMV, "2024-03-04", by=("vip",)),
        [(_DAY, False, 10), (_DAY, True, 1), (_DAY, None, 100)],
    ),
    Case(
        "days and moments come back as such",
        (paid("2024-03-04", 1, birthday=d("1990-05-06"), promised_at=moment("2024-04-05 06:07")),),
        ask_for(s.GMV, "2024-03-04", by=("birthday", "promised_at")),
        [(_DAY, d("1990-05-06"), moment("2024-04-05 06:07"), 1)],
    ),
    Case(
        "words of any kind are kept as they are",
        (
            paid("2024-03-04", 1, shop="O'Neil \\ 张三“店” \n\t;--"),
            paid("2024-03-04", 10, shop=""),
            paid("2024-03-04", 100),
        ),
        ask_for(s.GMV, "2024-03-04", by=("shop",)),
        [(_DAY, "", 10), (_DAY, "O'Neil \\ 张三“店” \n\t;--", 1), (_DAY, None, 100)],
    ),
    Case(
        "a running total runs within each value",
        (
            paid("2024-03-04", 1, shop="a"),
            paid("2024-03-05", 10, shop="b"),
            paid("2024-03-05", 100, shop="a"),
        ),
        ask_for(s.RUNNING, "2024-03-04", "2024-03-05", by=("shop",), grain="day"),
        [(_DAY, "a", 1), (_DAY, "b", 0), (d("2024-03-05"), "a", 101), (d("2024-03-05"), "b", 10)],
    ),
    Case(
        "a dimension that one side lacks is refused",
        (),
        ask_for(s.CONVERSION, "2024-03-04", by=("country",)),
        QueryError,
    ),
    Case("an unknown dimension is refused", (), ask_for(s.GMV, "2024-03-04", by=("colour",)), QueryError),
    Case(
        "a dimension named twice is refused",
        (),
        ask_for(s.GMV, "2024-03-04", by=("shop", "shop")),
        QueryError,
    ),
]
