"""The columns of facts in the log, and how a fact becomes a row of them.

Hot properties have columns of their own, of the type that questions want; all others lie in `props`, a
VARIANT: typed and shredded, 20 times faster to read than JSON text (`bench/engine.py`). Money is minor
units of its currency. Times are whole milliseconds, for every engine. Holds no file.
"""

import math
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import msgspec
import numpy as np

from lingyu.kernel.facts import Fact

# Name → DuckDB's type. `person` is the number of the name that came with the fact, nought for nobody.
COLUMNS = {
    "event": "USMALLINT",
    "person": "UINTEGER",
    "time": "TIMESTAMP_MS",
    "source": "USMALLINT",
    "bot": "BOOLEAN",
    "host": "VARCHAR",
    "path": "VARCHAR",
    "title": "VARCHAR",
    "referrer": "VARCHAR",
    "utm_source": "VARCHAR",
    "utm_medium": "VARCHAR",
    "utm_campaign": "VARCHAR",
    "locale": "VARCHAR",
    "screen": "VARCHAR",
    "agent": "VARCHAR",
    "library": "VARCHAR",
    "session": "VARCHAR",
    "amount": "BIGINT",
    "currency": "VARCHAR",
    "order_ref": "VARCHAR",
    "props": "VARIANT",
}
TEXTS = tuple(name for name, kind in COLUMNS.items() if kind == "VARCHAR")
CURRENCY, ORDER = TEXTS.index("currency"), TEXTS.index("order_ref")
# Minor units: ISO 4217's currencies that have not two places.
_PLACES = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "OMR": 3, "TND": 3, "JOD": 3}
_AMOUNTS = ("revenue", "$revenue", "total", "value", "amount")
_ORDERS = ("order_id", "orderId", "order_no", "transaction_id", "$order_id")
_MONEY = {"currency", "$currency", *_ORDERS}
_UTM = ("utm_source", "utm_medium", "utm_campaign")
# What is said of the device and the SDK, kept as it is.
_AS_SAID = ("locale", "screen", "agent", "library")
LONG = 500
_json = msgspec.json.Encoder().encode


class Row(NamedTuple):
    """One fact, ready to be kept: numbers that the catalog gave, and its texts."""

    event: int
    person: int
    time: int
    source: int
    bot: bool
    texts: tuple
    amount: int | None
    props: str


@lru_cache(maxsize=65_536)
def _page(url: str) -> tuple:
    """Host, path and campaign of an address; never its query, which may name people."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None, url[:LONG] or None, None, None, None
    query = dict(parse_qsl(parts.query[:4_000]))
    utm = (query[name][:LONG] if query.get(name) else None for name in _UTM)
    return (parts.hostname or None, parts.path[:LONG] or ("/" if parts.hostname else None), *utm)


@lru_cache(maxsize=16_384)
def _referrer(url: str, host: str | None) -> str | None:
    """The host that somebody came from; none from a page of the same one."""
    found = _page(url)[0]
    return found if found != host else None


def texts(fact: Fact) -> tuple:
    """The text columns of a fact, in the order of `TEXTS`; None for what was not said."""
    said, properties = fact.context, fact.properties
    host, path, *utm = _page(said.url) if said.url else (None,) * 5
    for place, name in enumerate(_UTM):
        given = properties.get(name)
        utm[place] = given[:LONG] if isinstance(given, str) and given else utm[place]
    return (
        host,
        path,
        said.title[:LONG] or None,
        _referrer(said.referrer, host) if said.referrer else None,
        *utm,
        *(getattr(said, name) or None for name in _AS_SAID),
        fact.session or None,
        *_order(properties),
    )


def _order(properties: dict[str, Any]) -> tuple[str | None, str | None]:
    """Currency and order's number, as far as they are said."""
    if properties.keys().isdisjoint(_MONEY):
        return None, None
    currency, reference = properties.get("currency") or properties.get("$currency"), None
    # What is just called `order` is one only beside a currency: elsewhere it says how something is sorted.
    for name in (*_ORDERS, "order") if currency else _ORDERS:
        given = properties.get(name)
        if isinstance(given, str | int) and not isinstance(given, bool) and given != "":
            reference = str(given)[:LONG]
            break
    is_code = isinstance(currency, str) and len(currency.strip()) == 3
    return currency.strip().upper() if is_code else None, reference


def amount(properties: dict[str, Any], currency: str | None, order: str | None) -> int | None:
    """Money that a fact speaks of, in minor units: `revenue`; other names with a currency or order."""
    if properties.keys().isdisjoint(_AMOUNTS):
        return None
    for name in _AMOUNTS:
        if name in properties and (name.endswith("revenue") or currency or order):
            return minor(properties[name], currency)
    return None


def own_amount(properties: dict[str, Any]) -> int | None:
    """The same of the house's own facts, which hold minor units."""
    value = properties.get("amount")
    return value if isinstance(value, int) and "currency" in properties else None


def minor(value: Any, currency: str | None) -> int | None:
    """A sum as whole minor units, half to even; None for what is no sum that fits."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        exact = Decimal(str(value).strip().replace(",", "")) * 10 ** _PLACES.get(currency or "", 2)
        return int(exact.to_integral_value()) if exact.is_finite() and abs(exact) < 2**62 else None
    except (InvalidOperation, ValueError, OverflowError):
        return None


def props(properties: dict[str, Any]) -> str:
    """All that was said, as JSON that DuckDB takes: no number that is none."""
    try:
        return _json(properties).decode()
    except (msgspec.EncodeError, UnicodeEncodeError):
        return _json(_clean(properties)).decode()


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name).encode("utf-8", "replace").decode(): _clean(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def arrays(rows: list[Row]) -> dict[str, np.ndarray]:
    """Rows as columns for DuckDB; `time` in milliseconds since 1970."""
    columns = {
        "event": np.array([row.event for row in rows], dtype=np.uint16),
        "person": np.array([row.person for row in rows], dtype=np.uint32),
        "time": np.array([row.time for row in rows], dtype=np.int64),
        "source": np.array([row.source for row in rows], dtype=np.uint16),
        "bot": np.array([row.bot for row in rows], dtype=bool),
    }
    for place, name in enumerate(TEXTS):
        columns[name] = np.array([row.texts[place] for row in rows], dtype=object)
    columns["amount"] = np.ma.array(
        [row.amount or 0 for row in rows], dtype=np.int64, mask=[row.amount is None for row in rows]
    )
    columns["props"] = np.array([row.props for row in rows], dtype=object)
    return columns
