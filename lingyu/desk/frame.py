"""The frame around a desk: which days, compared with what, filtered by what.

Read from the address, so that every view of a desk can be linked, bookmarked and exported.
Holds no numbers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from lingyu.kernel.events import event_named, own_fields
from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Filter, Operation
from lingyu.kernel.query import COMPARISONS, GRAINS, Period, Query
from lingyu.store.query.answers import Answers

# The periods offered by name: code to days back from the last one; `month` is the calendar month so far.
PRESETS = {"7d": 7, "30d": 30, "90d": 90, "365d": 365, "month": None}
DEFAULT_PRESET = "30d"
DEFAULT_COMPARISON = "previous"
# The longest period drawn by day, and by week: a trend of more points is noise.
DAYS_BY_DAY, DAYS_BY_WEEK = 92, 400
# Days that a desk may be asked for, and for how many at once: the period before it is compared, by day.
FIRST, LAST, LONGEST = date(1970, 1, 1), date(2199, 12, 31), timedelta(days=18_250)
# Values offered in a filter; beyond that a list is no help.
OFFERED = 200


@dataclass(frozen=True)
class Frame:
    """What every number on the desk is asked with."""

    period: Period
    preset: str
    compare: str | None
    grain: str
    tz: str
    currency: str | None = None
    currencies: tuple[str, ...] = ()
    chosen: dict[str, str] = field(default_factory=dict)
    # The desk shows an earlier period than asked, because nothing newer has come in.
    moved_back: bool = False

    def query(
        self, metric: Metric, *, grain: str = "total", by: tuple[str, ...] = (), extra: str = "", compare=True
    ) -> Query:
        """The query for `metric`; filters on dimensions that it lacks do not apply to it."""
        dimensions = metric.dimensions()
        parts = [f"{f} = {quoted(v)}" for f, v in self.chosen.items() if f in dimensions]
        return Query(
            metric=metric.name,
            period=self.period,
            grain=grain,
            by=by,
            where=" and ".join([*parts, *([f"({extra})"] if extra else [])]),
            currency=self.currency if "currency" in dimensions else None,
            compare=self.compare if compare else None,
            tz=self.tz,
        )

    def unfiltered(self, metric: Metric) -> list[str]:
        """The chosen filters that `metric` cannot obey."""
        return [f for f in self.chosen if f not in metric.dimensions()]

    def parts(self) -> list[tuple[str, str]]:
        """What the address says beside the period and the comparison."""
        found = [("grain", self.grain), *self.chosen.items()]
        return [*found, ("currency", self.currency)] if self.currency and len(self.currencies) > 1 else found

    def currency_options(self) -> list[tuple[str, str]]:
        """The currencies as a form offers them."""
        return [(c, c) for c in self.currencies]

    def params(self, **changes) -> str:
        """The frame as an address's query string, with some of it changed."""
        parts = {"period": self.preset, "compare": self.compare or ""}
        if self.preset == "custom":
            parts |= {"from": str(self.period.start), "to": str(self.period.end)}
        return urlencode(parts | dict(self.parts()) | {k: v for k, v in changes.items() if v is not None})


def quoted(value: str) -> str:
    """A text literal of the filter language."""
    return "'" + value.replace("'", "''") + "'"


def read(params: QueryDict, operation: Operation) -> Frame:
    """The frame that an address asks for; anything unreadable falls back to the default."""
    last = last_day(operation)
    today = timezone.localdate()
    period, preset, moved = _period(params, today, last)
    currencies = (
        tuple(Answers().values("currency", money_events(operation))) if money_events(operation) else ()
    )
    asked = params.get("currency", "")
    default = (
        settings.LINGYU_CURRENCY if settings.LINGYU_CURRENCY in currencies else next(iter(currencies), None)
    )
    grain = params.get("grain", "")
    return Frame(
        period=period,
        preset=preset,
        moved_back=moved,
        compare=_compare(params.get("compare", DEFAULT_COMPARISON)),
        grain=grain if grain in GRAINS and grain != "total" else _natural_grain(period),
        tz=settings.TIME_ZONE,
        currency=asked if asked in currencies else default,
        currencies=currencies,
        chosen={f.field: params[f.field] for f in operation.filters if params.get(f.field)},
    )


def choices(operation: Operation) -> list[tuple[Filter, list[tuple[str, str]]]]:
    """What each of the operation's filters offers: (value, what people call it)."""
    events = _events(operation)
    offered = []
    for item in operation.filters:
        values = Answers().values(item.field, events)[:OFFERED]
        names = item.names(values) if item.names else {}
        offered.append((item, [(str(v), names.get(v) or str(v)) for v in values]))
    return offered


def last_day(operation: Operation) -> date | None:
    """The day of the newest fact that the final KPI counts."""
    extent = Answers().extent(_events(operation), "occurred_at")
    return timezone.localtime(extent[1]).date() if extent else None


def money_events(operation: Operation) -> tuple[str, ...]:
    """The events of the final KPI that carry a currency."""
    return tuple(e for e in _events(operation) if "currency" in own_fields(event_named(e)))


def _events(operation: Operation) -> tuple[str, ...]:
    return tuple(sorted({a.event for a in operation.final.aggregates()}))


def _period(params: QueryDict, today: date, last: date | None) -> tuple[Period, str, bool]:
    start, end = _day(params.get("from")), _day(params.get("to"))
    asked = params.get("period", "custom" if start and end else DEFAULT_PRESET)
    if asked == "custom" and start and end and abs(end - start) < LONGEST:
        return Period(min(start, end), max(start, end)), "custom", False
    preset = asked if asked in PRESETS else DEFAULT_PRESET
    if preset == "month":
        return Period(today.replace(day=1), today), preset, False
    days = PRESETS[preset]
    # A shop whose last order is long ago is shown its last days, not an empty month.
    moved = last is not None and last <= today - timedelta(days=days)
    end = last if moved else today
    return Period(end - timedelta(days=days - 1), end), preset, moved


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def _compare(text: str) -> str | None:
    return text if text in COMPARISONS else None


def _natural_grain(period: Period) -> str:
    if period.days <= DAYS_BY_DAY:
        return "day"
    return "week" if period.days <= DAYS_BY_WEEK else "month"
