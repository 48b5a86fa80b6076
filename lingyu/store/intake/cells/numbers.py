"""Numbers and amounts, exactly: integers, decimals, and money in minor units. No floats anywhere.

Holds no currency list: the caller says the exponent of its currency (2 for CNY, 0 for JPY).
"""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from django.utils.translation import gettext as _

from ..errors import CellError
from .texts import clean, formula

# The largest magnitude kept: whole in a float's 53 bits, so exact in every engine and in JSON.
LARGEST = 9_000_000_000_000_000

_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,2})?", re.ASCII)
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d+|\d{1,3}(?:,\d{3})+)?(?P<fraction>\.\d*)?(?P<power>[eE][+-]?\d{1,3})?",
    re.ASCII,
)
_NOT_FINITE = re.compile(r"[+-]?(?:s?nan\d*|inf(?:inity)?|#num!|#div/0!|#n/a|#value!|#ref!)", re.IGNORECASE)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-"})

# Signs an amount may carry, and the currencies each may stand for.
_SIGNS = {
    "¥": ("CNY", "JPY"),
    "$": ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN"),
    "£": ("GBP",),
    "€": ("EUR",),
}
_YUAN = "\u5143"  # the character that closes an amount in yuan
_AMOUNT = re.compile(
    rf"(?P<before>[+-]?)\s*(?P<symbol>[A-Z]{{3}}(?=\s*[-+.\d])|[¥$£€]?)\s*(?P<number>.*?)\s*(?P<yuan>{_YUAN}?)"
)


def decimal_(raw: str, *, signed: bool = False) -> Decimal:
    """An exact number: thousands separators, full-width digits and (1.5) for −1.5 are understood.

    Raises CellError `not_a_number`, `not_finite`, `overflow`, and `negative` unless `signed`.
    """
    if _PLAIN.fullmatch(raw):
        return Decimal(raw)
    return _within(_number(_ascii(raw), raw), signed)


def integer(raw: str, *, signed: bool = False) -> int:
    """A whole number; "6.0" counts as 6. Raises as `decimal_` does, and `not_whole`."""
    if raw.isdecimal() and raw.isascii() and len(raw) < 16:
        return int(raw)
    value = decimal_(raw, signed=signed)
    if value != value.to_integral_value():
        raise CellError("not_whole", _("This must be a whole number."))
    return int(value)


def money(
    raw: str, exponent: int = 2, *, currency: str = "", signed: bool = False, rounding: bool = False
) -> int:
    """An amount in minor units (cents for exponent 2).

    Raises as `decimal_` does; `other_currency` when the cell's sign is not that of `currency`;
    `too_precise` for more decimals than the currency has, unless `rounding` (half to even) is allowed.
    """
    if _PLAIN.fullmatch(raw):
        return _minor_units(Decimal(raw), exponent, rounding)
    parts = _AMOUNT.fullmatch(_ascii(raw))
    if not parts:
        raise _garbage(raw)
    symbol = "CNY" if parts["yuan"] or parts["symbol"] == "RMB" else parts["symbol"]
    if currency and symbol and currency not in _SIGNS.get(symbol, (symbol,)):
        message = _("The amount is in %(found)s, but this import is in %(currency)s.")
        raise CellError("other_currency", message % {"found": symbol, "currency": currency})
    value = _number(parts["number"], raw)
    if parts["before"] and parts["number"].startswith(("+", "-")):
        raise _garbage(raw)
    value = -value if parts["before"] == "-" else value
    return _minor_units(_within(value, signed), exponent, rounding)


def _ascii(raw: str) -> str:
    """`raw` without wrapping, with half-width digits and signs, and −5 for (5)."""
    value = clean(raw)
    if value.startswith("'"):
        value = value[1:].strip()
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).translate(_MINUS)
    if value.startswith("(") and value.endswith(")") and value[1:2] not in ("-", "+", "("):
        value = "-" + value[1:-1].strip()
    return value


def _number(value: str, raw: str) -> Decimal:
    parts = _NUMBER.fullmatch(value)
    if parts and (parts["whole"] or (parts["fraction"] or ".") != "."):
        if parts["power"] and abs(int(parts["power"][1:])) > 30:
            raise _overflow()
        return Decimal(value.replace(",", ""))
    if _NOT_FINITE.fullmatch(value):
        raise CellError("not_finite", _("This is not a number (NaN, infinity or a spreadsheet error)."))
    raise _garbage(raw)


def _within(value: Decimal, signed: bool) -> Decimal:
    if abs(value) > LARGEST:
        raise _overflow()
    if value < 0 and not signed:
        raise CellError("negative", _("This must not be negative."))
    return value


def _minor_units(value: Decimal, exponent: int, rounding: bool) -> int:
    with localcontext(prec=60):
        shifted = value.scaleb(exponent)
        whole = shifted.to_integral_value(ROUND_HALF_EVEN)
    if whole != shifted and not rounding:
        message = _("The amount has more decimals than its currency (%(digits)d).")
        raise CellError("too_precise", message % {"digits": exponent})
    if abs(whole) > LARGEST:
        raise _overflow()
    return int(whole)


def _overflow() -> CellError:
    message = _("The number is too large: more than %(largest)s of its smallest unit.")
    return CellError("overflow", message % {"largest": f"{LARGEST:,}"})


def _garbage(raw: str) -> CellError:
    if clean(raw).startswith("="):
        return formula()
    return CellError("not_a_number", _("This can't be read as a number."))
