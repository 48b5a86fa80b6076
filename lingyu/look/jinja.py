"""What the look brings into every template: icons, formats in the reader's language, drawings.

`install(env)` is called once by the house's Jinja environment. The functions themselves live in
`formats`, `icons` and `drawings`; here they only learn the reader's language and the site's zone.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django_htmx.jinja import htmx_script
from jinja2 import Environment, pass_context
from markupsafe import Markup, escape

from . import charts, drawings, formats, icons
from . import ways as frame
from .offers import offered
from .parts import parts

# In the order of their layers; each file is one layer, `tokens.css` names them all.
STYLESHEETS = (
    "tokens",
    "base",
    "layout",
    "controls",
    "forms",
    "cards",
    "tiles",
    "tables",
    "feedback",
    "overlays",
    "charts",
    "site",
    "article",
    "desk",
    "style",
    "small",
    "print",
)
THEMES = ("light", "dark")


def install(env: Environment) -> None:
    """Give `env` our globals and filters."""
    env.globals.update(
        icon=icons.icon,
        feather=icons.feather,
        asset=asset,
        stylesheets=STYLESHEETS,
        theme=theme,
        spark=drawings.spark,
        bridge_bars=drawings.bridge_bars,
        network_of=drawings.network,
        htmx_script=htmx_script,
        address=address,
        language_tag=language_tag,
        html_id=html_id,
        measure=measure,
        sorts=sorts,
        chart_is_empty=charts.is_empty,
        chart_json=chart_json,
        chart_label=chart_label,
        mark=icons.mark,
        parts=parts,
        offered=offered,
        frame_ways=frame.ways,
        frame_groups=frame.grouped,
        frame_here=frame.here,
    )
    env.filters |= {"signed": formats.signed, "initial": icons.initial, "share": drawings.share, "tint": tint}
    for read_out in (number, compact, money, percent, signed_percent, in_unit, day, clock):
        env.filters[read_out.__name__] = _at_run_time(read_out)
    env.filters["when"] = _when


def asset(path: str) -> str:
    """The address of one of the look's own static files: asset("charts.js")."""
    return static_address(f"look/{path}")


@lru_cache(maxsize=512)
def static_address(path: str) -> str:
    """The address of a static file. Its hashed name is in a manifest that is read once a process, too."""
    return static(path)


def theme(request=None) -> str:
    """The theme this visitor chose (a cookie that `ui.js` writes), or "" to follow their system."""
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


def language_tag(code: str | None = None) -> str:
    """A language as HTML names it: zh-hans is zh-Hans."""
    head, _, script = (code or _language()).partition("-")
    return f"{head}-{script.title()}" if len(script) == 4 else head + (f"-{script.upper()}" if script else "")


def html_id(prefix: str) -> str:
    """An id of this one element's own: the same words may be explained twice on a page."""
    return f"{prefix}-{secrets.token_hex(4)}"


def address(name: str, *args) -> str:
    """The address called `name`, or "" where the house has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def sorts(value: object) -> str:
    """What a cell is sorted by in the browser: a number or a moment as text, "" for everything else."""
    if isinstance(value, date):
        return value.isoformat()
    found = formats.exact(value) if isinstance(value, int | float | Decimal | Fraction) else None
    return "" if found is None else str(found)


def chart_json(spec: dict) -> Markup:
    """`charts.as_json` in the reader's language and the site's currency."""
    return charts.as_json(spec, _language(), settings.LINGYU_CURRENCY)


def chart_label(value: date | str, grain: str) -> str:
    """`charts.label` in the reader's language."""
    return charts.label(value, grain, _language())


def number(value: formats.Number, digits: int = 0) -> str:
    """`formats.number` in the reader's language."""
    return formats.number(value, _language(), digits)


def compact(value: formats.Number) -> str:
    """`formats.compact` in the reader's language."""
    return formats.compact(value, _language())


def money(minor: formats.Number, currency: str | None = None, short: bool = False) -> str:
    """`formats.money` in the reader's language; the site's currency unless one is given."""
    return formats.money(minor, currency or settings.LINGYU_CURRENCY, _language(), short=short)


def percent(ratio: formats.Number, digits: int = 1) -> str:
    """`formats.percent` in the reader's language."""
    return formats.percent(ratio, _language(), digits)


def signed_percent(ratio: formats.Number, digits: int = 1) -> str:
    """`formats.signed_percent` in the reader's language."""
    return formats.signed_percent(ratio, _language(), digits)


def in_unit(value: formats.Number, unit: str, currency: str | None = None, short: bool = False) -> str:
    """A metric's value by its unit, in the reader's language."""
    return formats.in_unit(value, unit, _language(), currency or settings.LINGYU_CURRENCY, short=short)


def measure(
    value: formats.Number, unit: str, currency: str | None = None, short: bool = False
) -> tuple[str, str]:
    """`in_unit` split for a tile: the digits, and the unit behind them (%, 万, M), which may be ""."""
    text = in_unit(value, unit, currency, short)
    tail = text[len(text.rstrip("%万亿KMBT")) :]
    return text.removesuffix(tail) if tail else text, tail


def day(value: date | None, short: bool = False) -> str:
    """A date, or the day of a moment in the site's zone."""
    return formats.day(value, _language(), timezone.get_current_timezone(), short=short)


def clock(value: datetime | None) -> str:
    """A moment to the minute in the site's zone."""
    return formats.clock(value, _language(), timezone.get_current_timezone())


def when(value: datetime | None, exact: bool = False) -> Markup | str:
    """A moment as <time>: by its distance while it is recent, unless `exact`; absolute on hover."""
    if value is None:
        return formats.NOTHING
    language, zone = _language(), timezone.get_current_timezone()
    clock = formats.clock(value, language, zone)
    shown = clock if exact else formats.ago(value, language, zone, timezone.now())
    # Numbers and the words of a calendar: there is nothing in them to escape, and long threads have many.
    return Markup(f'<time datetime="{value.isoformat(timespec="seconds")}" title="{clock}">{shown}</time>')  # noqa: S704


@pass_context
def _when(context, value: datetime | None) -> Markup | str:
    # The reader's choice is in a cookie, so that showing a time costs no query.
    request = context.get("request")
    return when(value, exact=request is not None and request.COOKIES.get("times") == "exact")


@lru_cache(maxsize=4096)
def tint(name: object) -> int:
    """One of six avatar colours, always the same for the same name."""
    return hashlib.blake2s(str(escape(name)).encode(), digest_size=1).digest()[0] % 6 + 1


def _at_run_time(read_out: Callable) -> Callable:
    """A filter that Jinja does not work out when it compiles a template: it depends on the reader."""

    @pass_context
    def asked(_context, *args, **kwargs):
        return read_out(*args, **kwargs)

    return asked


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
