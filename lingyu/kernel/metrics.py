"""Metrics: numbers declared once, and the closed registry of them.

Holds the kinds (count, sum, distinct, ratio, derived, cumulative; `conversion` has another), their
formula in words, the hash of their definition, and how a value follows from what an engine found.
Holds no SQL: engines (`lingyu.store.engines`) turn `Aggregate` into theirs.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import Literal, TypeVar
from uuid import UUID

from .aggregates import Aggregate, Value
from .events import DeclarationError, Event, event_named, own_fields
from .filters import fields_of, parse
from .text import Named

Unit = Literal["count", "money", "ratio", "number"]
Good = Literal["up", "down", "neither"]


@dataclass(frozen=True, kw_only=True)
class Metric(Named):
    """What every metric carries. `about` is a msgid: what it means and what it leaves out."""

    name: str
    zh: str
    en: str
    unit: Unit
    about: str
    good: Good = "up"

    empty: Value = 0
    additive = True

    @property
    def parts(self) -> tuple["Metric", ...]:
        """The metrics this one is made of."""
        return ()

    def aggregates(self) -> tuple[Aggregate, ...]:
        """What an engine has to compute for it."""
        return tuple(dict.fromkeys(a for p in self.parts for a in p.aggregates()))

    def value(self, found: Callable[[Aggregate], Value]) -> Value:
        """The number, from the aggregates that were found for one bucket."""
        raise NotImplementedError

    def formula(self) -> str:
        """The definition in one line, in the names of events, fields and metrics."""
        raise NotImplementedError

    @property
    def definition(self) -> str:
        """Twelve hexadecimal digits that change when, and only when, the definition does."""
        text = json.dumps([self.name, self.unit, self.full_formula()], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def full_formula(self) -> str:
        """The formula, followed by those of all its parts."""
        return "; ".join([self.formula(), *(f"{p.name} = {p.full_formula()}" for p in self.parts)])

    def dimensions(self) -> tuple[str, ...]:
        """The fields by which it can be broken down: those that all its events have."""
        each = [{*own_fields(event_named(a.event)), "person", "actor"} for a in self.aggregates()]
        return tuple(sorted(set.intersection(*each))) if each else ()


@dataclass(frozen=True, kw_only=True)
class _OverEvent(Metric):
    """A metric read straight from the rows of one event."""

    event: type[Event]
    where: str = ""
    at: str = "occurred_at"
    kind = ""

    def __post_init__(self):
        types = own_fields(self.event) | {"occurred_at": datetime, "person": str, "actor": str, "id": UUID}
        field = getattr(self, "field", None)
        if unknown := {*fields_of(parse(self.where)), self.at, field or self.at} - types.keys():
            raise self._fault(f"{self.event.name} has no field {', '.join(sorted(unknown))}")
        if types[self.at] is not datetime:
            raise self._fault(f"{self.at} is {types[self.at].__name__}, not a moment to count at")
        if self.kind == "sum" and types[field] is not int:
            raise self._fault(f"{field} is {types[field].__name__}, not whole numbers to add up")

    def _fault(self, what: str) -> DeclarationError:
        return DeclarationError(f"metric {self.name!r}: {what}")

    def aggregates(self) -> tuple[Aggregate, ...]:
        return (
            Aggregate(self.kind, self.event.name, getattr(self, "field", None), parse(self.where), self.at),
        )

    def value(self, found):
        return found(self.aggregates()[0])

    def formula(self) -> str:
        inside = f"{self.event.name}.{self.field}" if getattr(self, "field", None) else self.event.name
        where = f" where {self.where}" if self.where else ""
        at = f" at {self.at}" if self.at != "occurred_at" else ""
        return f"{self.kind}({inside}){where}{at}"


@dataclass(frozen=True, kw_only=True)
class Count(_OverEvent):
    """How many facts."""

    unit: Unit = "count"
    kind = "count"


@dataclass(frozen=True, kw_only=True)
class Sum(_OverEvent):
    """The sum of a whole-number field; money in minor units."""

    field: str
    kind = "sum"


@dataclass(frozen=True, kw_only=True)
class Distinct(_OverEvent):
    """How many different values of a field: exact over any period, so never added up from days."""

    field: str
    unit: Unit = "count"
    kind = "distinct"
    additive = False


@dataclass(frozen=True, kw_only=True)
class Ratio(Metric):
    """One metric over another; nothing (not zero) when the denominator is zero.

    `known_by` names a dimension, such as the shop: both sides then count only those values of it
    for which the denominator is known at all in the period, so that a shop without visitor
    counts does not inflate a conversion rate.
    """

    numerator: Metric
    denominator: Metric
    unit: Unit = "ratio"
    known_by: str | None = None
    empty: Value = None
    additive = False

    @property
    def parts(self):
        return (self.numerator, self.denominator)

    def value(self, found):
        over, under = self.numerator.value(found), self.denominator.value(found)
        return None if not under or over is None else Fraction(over) / under

    def formula(self) -> str:
        known = f" where {self.known_by} is counted by {self.denominator.name}" if self.known_by else ""
        return f"{self.numerator.name} ÷ {self.denominator.name}{known}"


@dataclass(frozen=True, kw_only=True)
class Derived(Metric):
    """Metrics added and subtracted."""

    plus: tuple[Metric, ...]
    minus: tuple[Metric, ...] = ()

    def __post_init__(self):
        if any(p.unit != self.unit for p in self.parts):
            raise DeclarationError(f"metric {self.name!r} adds numbers of different units")
        object.__setattr__(self, "additive", all(p.additive for p in self.parts))

    @property
    def parts(self):
        return (*self.plus, *self.minus)

    def value(self, found):
        return sum(p.value(found) or 0 for p in self.plus) - sum(m.value(found) or 0 for m in self.minus)

    def formula(self) -> str:
        return " + ".join(p.name for p in self.plus) + "".join(f" − {m.name}" for m in self.minus)


@dataclass(frozen=True, kw_only=True)
class Cumulative(Metric):
    """The running total of an additive metric since the first day of the period asked for."""

    of: Metric
    additive = False

    def __post_init__(self):
        if not self.of.additive:
            raise DeclarationError(
                f"metric {self.name!r} accumulates {self.of.name!r}, which cannot be added up"
            )

    @property
    def parts(self):
        return (self.of,)

    def value(self, found):
        return self.of.value(found)

    def formula(self) -> str:
        return f"running total of {self.of.name}"


METRICS: dict[str, Metric] = {}
M = TypeVar("M", bound=Metric)


def declare(metric: M) -> M:
    """Enter a metric into the registry and return it; a name is given once."""
    known = METRICS.get(metric.name)
    if known is not None and known != metric:
        raise DeclarationError(f"metric {metric.name!r} is declared twice, with different definitions")
    if not metric.about.strip():
        raise DeclarationError(f"metric {metric.name!r} does not say what it means")
    METRICS[metric.name] = metric
    return metric


class UnknownMetric(KeyError):
    """No metric has this name; `near` holds the known names that come closest."""

    def __init__(self, name: str):
        self.name, self.near = name, get_close_matches(name, METRICS, n=3, cutoff=0.4)
        super().__init__(name)


def metric_named(name: str) -> Metric:
    """The registered metric `name`; raises UnknownMetric."""
    try:
        return METRICS[name]
    except KeyError:
        raise UnknownMetric(name) from None
