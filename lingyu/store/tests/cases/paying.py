"""Money in one currency, and in several."""

from fractions import Fraction

from lingyu.kernel.query import QueryError

from .. import samples as s
from ..samples import counted, paid
from .base import Case, ask_for, d

_DAY = d("2024-03-04")
_MIXED = (
    paid("2024-03-04", 1, shop="a"),
    paid("2024-03-04", 10, shop="b", currency="USD"),
    paid("2024-03-05", 100, shop="b", currency="USD"),
)

CASES = [
    Case(
        "money is in the currency of its facts", _MIXED[1:], ask_for(s.GMV, "2024-03-04"), [(_DAY, 10)], "USD"
    ),
    Case("nothing is in the house's currency", (), ask_for(s.GMV, "2024-03-04"), [(_DAY, 0)], "CNY"),
    Case("currencies are not added up", _MIXED, ask_for(s.GMV, "2024-03-04", "2024-03-05"), QueryError),
    Case("nor averaged", _MIXED, ask_for(s.AOV, "2024-03-04"), QueryError),
    Case(
        "nor compared", _MIXED[:1] + _MIXED[2:], ask_for(s.GMV, "2024-03-05", compare="previous"), QueryError
    ),
    Case(
        "a period with one of them is answered",
        _MIXED,
        ask_for(s.GMV, "2024-03-05"),
        [(d("2024-03-05"), 100)],
        "USD",
    ),
    # Visitors have no currency; the money per visitor has.
    Case(
        "nor added up beneath a ratio whose other side has none",
        (*_MIXED, counted("2024-03-04", 5)),
        ask_for(s.PER_VISITOR, "2024-03-04"),
        QueryError,
    ),
    Case(
        "money per visitor in one currency",
        (*_MIXED, counted("2024-03-04", 5)),
        ask_for(s.PER_VISITOR, "2024-03-04", currency="USD"),
        [(_DAY, Fraction(10, 5))],
        "USD",
    ),
    Case(
        "one may be chosen",
        _MIXED,
        ask_for(s.GMV, "2024-03-04", "2024-03-05", currency="USD"),
        [(_DAY, 110)],
        "USD",
    ),
    Case(
        "or filtered for", _MIXED, ask_for(s.GMV, "2024-03-04", where="currency = 'CNY'"), [(_DAY, 1)], "CNY"
    ),
    Case(
        "or by the shop that has it",
        _MIXED,
        ask_for(s.GMV, "2024-03-04", where="shop = 'b'"),
        [(_DAY, 10)],
        "USD",
    ),
    Case(
        "or looked at side by side",
        _MIXED,
        ask_for(s.GMV, "2024-03-04", by=("currency",)),
        [(_DAY, "CNY", 1), (_DAY, "USD", 10)],
    ),
    Case("counts may mix", _MIXED, ask_for(s.ORDERS, "2024-03-04"), [(_DAY, 2)], "count"),
    Case(
        "counts in one currency",
        _MIXED,
        ask_for(s.ORDERS, "2024-03-04", currency="USD"),
        [(_DAY, 1)],
        "count",
    ),
]
