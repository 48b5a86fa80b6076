"""Filters: every operator, nulls, words of any kind, and constants of the wrong type."""

from uuid import UUID

from lingyu.kernel.filters import FilterError
from lingyu.kernel.query import QueryError

from .. import samples as s
from ..samples import moment, paid
from .base import Case, ask_for, d

_DAY = d("2024-03-04")
_PHONE = UUID("018f0000-0000-7000-8000-000000000001")
# Amounts are powers of ten, so that a sum says which facts passed.
_FACTS = (
    paid("2024-03-04", 1, shop="a", pieces=1, vip=True, weight=0.5, birthday=d("1990-01-01"), device=_PHONE),
    paid("2024-03-04", 10, shop="b", pieces=2, vip=False, weight=1.5, promised_at=moment("2024-03-04 16:30")),
    paid("2024-03-04", 100, shop="ab", pieces=3, promised_at=moment("2024-03-04 15:30")),
    paid("2024-03-04", 1_000),
)
_ODD = (
    paid("2024-03-04", 1, shop="O'Neil"),
    paid("2024-03-04", 10, shop="back\\slash"),
    paid("2024-03-04", 100, shop="\\"),
    paid("2024-03-04", 1_000, shop="旗舰店 100%_"),
    paid("2024-03-04", 10_000, shop="\\' OR 1=1 --"),
)


def _passes(where: str, total: int | type, facts=_FACTS) -> Case:
    rows = total if isinstance(total, type) else [(_DAY, total)]
    return Case(f"where {where}", facts, ask_for(s.GMV, "2024-03-04", where=where), rows)


CASES = [
    _passes("", 1_111),
    _passes("shop = 'a'", 1),
    _passes("shop = 'A'", 0),
    # What is not known is neither equal nor different: the fourth fact passes neither.
    _passes("shop != 'a'", 110),
    _passes("shop <> 'a'", 110),
    # But it is not among those that are equal.
    _passes("not shop = 'a'", 1_110),
    _passes("shop in ('a', 'b')", 11),
    _passes("shop not in ('a', 'b')", 1_100),
    _passes("shop contains 'b'", 110),
    _passes("shop not contains 'b'", 1_001),
    _passes("shop contains ''", 111),
    _passes("shop is null", 1_000),
    _passes("shop is not null", 111),
    # As bytes are ordered: a, ab, b.
    _passes("shop > 'a'", 110),
    _passes("shop >= 'ab'", 110),
    _passes("shop < 'ab'", 1),
    _passes("pieces = 2", 10),
    _passes("pieces != 2", 101),
    _passes("pieces > 1", 110),
    _passes("pieces >= 1.5", 110),
    _passes("pieces < 2", 1),
    _passes("pieces <= 2.0", 11),
    _passes("pieces in (1, 3)", 101),
    _passes("amount > -5", 1_111),
    _passes("weight > 0.5", 10),
    _passes("weight <= 1.5", 11),
    _passes("weight = 0.5", 1),
    _passes("vip = true", 1),
    _passes("vip = false", 10),
    _passes("not vip = true", 1_110),
    _passes("birthday = '1990-01-01'", 1),
    _passes("birthday < '1990-01-02'", 1),
    # A moment without a zone is one of the query's: 00:00 of the 5th in Shanghai is 16:00 UTC.
    _passes("promised_at >= '2024-03-05'", 10),
    _passes("promised_at < '2024-03-05 00:00'", 100),
    _passes("promised_at = '2024-03-04T16:30:00+00:00'", 10),
    _passes(f"device = '{_PHONE}'", 1),
    _passes(f"device != '{_PHONE}'", 0),
    _passes("shop = 'a' or shop = 'b' and pieces = 1", 1),
    _passes("(shop = 'a' or shop = 'b') and pieces = 2", 10),
    _passes("not (shop = 'a' or pieces > 1)", 1_000),
    # A number is written for text that looks like one.
    _passes("shop = 7", 5, (paid("2024-03-04", 5, shop="7"),)),
    _passes("shop = 'O''Neil'", 1, _ODD),
    _passes("shop = 'back\\slash'", 10, _ODD),
    _passes("shop = '\\'", 100, _ODD),
    _passes("shop contains '\\'", 10_110, _ODD),
    _passes("shop = '旗舰店 100%_'", 1_000, _ODD),
    _passes("shop contains '舰'", 1_000, _ODD),
    # Neither is a wildcard.
    _passes("shop contains '%_'", 1_000, _ODD),
    _passes("shop in ('\\'' OR 1=1 --', '\\')", 10_100, _ODD),
    _passes("pieces = 'two'", FilterError),
    _passes("shop = true", FilterError),
    _passes("vip = 1", FilterError),
    _passes("vip > true", FilterError),
    _passes("pieces contains '1'", FilterError),
    _passes("birthday = 'yesterday'", FilterError),
    _passes("promised_at > 'soon'", FilterError),
    _passes("device = 'mine'", FilterError),
    _passes("colour = 'red'", QueryError),
]
