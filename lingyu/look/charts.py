"""A chart as data: what a template is given, what the browser draws, and the table that says the same.

A spec is a dict: `type` (line, bar, stacked, waterfall, donut, curve, sankey), `labels` (dates or words),
`series` ([{name, data, role?, colour?}] with role current, previous or other, colour 1 to 6), `unit` (count,
number, money in minor units, ratio), and by choice `currency`, `grain` (day, week, month), `horizontal`,
`marks` ([{at: index, text}]), `partial` (indexes of buckets that are not over), `across` (what the axis of
plain numbers counts), `most` (where the axis ends). A curve has the labels' numbers in `at`, and `low` and
`high` in its series; a sankey has in its series `ends` (a pair of nodes for each label), and what nodes are
called in `names`.
Draws nothing: `static/look/charts.js` does.
"""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import dates, numbers
from markupsafe import Markup

from . import formats

TYPES = frozenset({"line", "bar", "stacked", "waterfall", "donut", "curve", "sankey"})


def is_empty(spec: Mapping) -> bool:
    """Whether no series has a value to draw."""
    return not any(v is not None for s in spec["series"] for v in s["data"])


def as_json(spec: Mapping, language: str, currency: str) -> Markup:
    """The spec as the browser reads it: exact numbers as floats, dates as ISO days, safe inside <script>.

    Raises ValueError for a type that is not one of TYPES.
    """
    if spec["type"] not in TYPES:
        raise ValueError(f"no chart is called {spec['type']!r}; known: {', '.join(sorted(TYPES))}")
    currency = spec.get("currency") or currency
    full = {"unit": "count", "grain": "day", **spec, "language": language, "currency": currency}
    full["minor"] = numbers.get_currency_precision(currency)
    full["symbol"] = formats.symbol_of(currency, language)
    text = json.dumps(full, default=_plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028"))  # noqa: S704 - no markup is left


def label(value: date | str, grain: str, language: str) -> str:
    """A bucket as its reader names it: a day, the day a week begins, a month; words as they are."""
    if not isinstance(value, date):
        return str(value)
    if grain == "month":
        return dates.format_skeleton("yMMM", value, locale=formats.locale_of(language))
    return formats.day(value, language, short=True)


def _plain(value):
    if isinstance(value, Decimal | Fraction):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
