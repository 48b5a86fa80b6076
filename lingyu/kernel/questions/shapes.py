"""The kinds of questions over events and periods, one frozen struct each.

Every one carries `period` (days, both ends included; None: all history) and `among` (only people who meet
this condition). Holds what each word of a question means; how it is counted stands with
`lingyu.store.explore`.
"""

import re
from datetime import timedelta
from typing import Literal, get_args

import msgspec

from ..query import Period
from ..text import N_
from .parts import Exclusion, Grain, QuestionError, Span, Step, Unit, needed, whole, within
from .people import Condition

Model = Literal["first", "last", "last_non_direct", "linear"]
MODELS: tuple[str, ...] = get_args(Model)
MEASURES = "events, people, per_person, sum, mean, median, min, max, p1 … p99"
_MEASURE = re.compile(r"events|people|per_person|sum|mean|median|min|max|p[1-9]\d?")


class _Asked(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """What all questions have."""

    period: Period | None = None
    among: Condition | None = None


class Trend(_Asked, tag="trend"):
    """How much of `step` there was in each bucket of `grain`, altogether or `by` a property.

    `measure`: events, people, per_person (events of each), or sum, mean, median, min, max, p1…p99 of the
    numeric `property`. Of a breakdown the `top` values are told apart, by the measure over the whole
    period.
    """

    step: Step = Step()
    measure: str = "events"
    property: str = ""
    grain: Grain = "day"
    by: str = ""
    top: int = 10

    def __post_init__(self):
        if not _MEASURE.fullmatch(self.measure):
            raise QuestionError(
                "measure",
                N_("%(field)s: there is no measure “%(measure)s”; use one of %(measures)s."),
                measure=self.measure,
                measures=MEASURES,
            )
        if self.measure not in ("events", "people", "per_person"):
            needed("property", self.property)
        within("top", self.top, 1, 1_000)


class Funnel(_Asked, tag="funnel"):
    """How many get from step to step, the last at most `within` (inclusive) after the first, inside the
    period.

    `order`: `ordered`, others may lie between; `strict`, the person's events follow one another directly;
    `any`, all within the window in whatever order. Ties in time go by the order of the steps. `counting`
    people, each at the farthest step ever reached, or `entries`: each first step is one, and what follows
    belongs to the latest before it (ClickHouse's windowFunnel). `by` breaks down by a property of the first
    step's event.
    """

    steps: tuple[Step, ...]
    within: timedelta = timedelta(days=7)
    order: Literal["ordered", "any", "strict"] = "ordered"
    exclusions: tuple[Exclusion, ...] = ()
    by: str = ""
    top: int = 10
    counting: Literal["people", "entries"] = "people"

    def __post_init__(self):
        within("steps", len(self.steps), 1, 20)
        whole("within", self.within)
        within("top", self.top, 1, 1_000)
        within("exclusions", len(self.exclusions), 0, 8)
        for exclusion in self.exclusions:
            within("exclusions.after", exclusion.after, 1, len(self.steps) - 1)
            if exclusion.before:
                within("exclusions.before", exclusion.before, exclusion.after + 1, len(self.steps))
        if self.order == "any" and (self.counting == "entries" or self.by):
            raise QuestionError(
                "order", N_("%(field)s: in any order there is no first step to count or break by.")
            )


class Retention(_Asked, tag="retention"):
    """Of those who did `start` in a unit, how many did `back` in the units after it: a triangle of cohorts.

    The period bounds the cohorts; what comes back is counted to the end of the history. `cohort`:
    `first_ever`, members at their first `start` of all history; `in_window`, at their first in the period;
    `every`, in each unit in which they do it. `mode` says what column n counts: `exact`, back in unit n;
    `bounded`, back within units 1 to n (or the given `windows`); `rolling`, back in unit n or any later. In
    unit 0 a return counts if it is not before the start. A cell whose units are not over is null, not 0.
    """

    start: Step = Step()
    back: Step = Step()
    unit: Unit = "day"
    count: int = 30
    mode: Literal["exact", "bounded", "rolling"] = "exact"
    cohort: Literal["first_ever", "in_window", "every"] = "first_ever"
    windows: tuple[Span, ...] = ()

    def __post_init__(self):
        within("count", self.count, 1, 1_000)
        if self.windows and self.mode != "bounded":
            raise QuestionError("windows", N_("%(field)s: only bounded retention has windows."))


class Lifecycle(_Asked, tag="lifecycle"):
    """Who is active in each bucket, and why: new (never before), returning (also in the bucket before),
    resurrecting (not in it, but earlier); and dormant, active in the bucket before and not in this one.

    Always: active = active before + new + resurrecting − dormant.
    """

    step: Step = Step()
    grain: Unit = "day"


class Stickiness(_Asked, tag="stickiness"):
    """How many people did `step` in exactly n, and in at least n, of the period's units."""

    step: Step = Step()
    grain: Unit = "day"


class Paths(_Asked, tag="paths"):
    """What follows (`direction` after) or leads to (before) `step` within a session, `depth` events deep.

    A session ends where nothing happens for longer than `gap`; each counts once, from its first `step` (to
    its last). Nodes are names of events, or values of the property `by`. Repeats in a row are one when
    `collapse`; at each depth the `top` nodes are told apart, the others are one.
    """

    step: Step = Step()
    direction: Literal["after", "before"] = "after"
    depth: int = 5
    top: int = 8
    gap: timedelta = timedelta(minutes=30)
    collapse: bool = True
    by: str = ""

    def __post_init__(self):
        within("depth", self.depth, 1, 20)
        within("top", self.top, 1, 100)
        whole("gap", self.gap)


class Survival(_Asked, tag="survival"):
    """How long people stay: the Kaplan-Meier curve of days since their first `start` of all history, if in
    the period.

    They are lost at their first `end`; without one, at their last `step` if nothing followed for `silence`
    days up to the end of the history. Whoever is not lost is censored, not counted as staying for ever.
    `confidence` is that of the interval (Greenwood's variance, log-log scale). `by` a property of the event
    that starts it.
    """

    start: Step = Step()
    step: Step = Step()
    end: Step | None = None
    silence: int = 30
    confidence: float = 0.95
    by: str = ""
    top: int = 10

    def __post_init__(self):
        within("silence", self.silence, 1, 3_660)
        within("top", self.top, 1, 1_000)
        if not 0.5 <= self.confidence < 1:
            raise QuestionError("confidence", N_("%(field)s: has to be at least 0.5 and below 1."))


class Attribution(_Asked, tag="attribution"):
    """Which values of a touch's property conversions go back to: by the first or last touch at most
    `lookback` (inclusive) before, by the last that is not direct, or to equal parts.

    `value` is a numeric property of the conversion, summed; without it a conversion is worth 1. `direct`
    lists the values that are no channel (none at all is one, too); where there are no others, direct has
    it.
    """

    conversion: Step
    touch: Step = Step()
    property: str = "channel"
    value: str = ""
    models: tuple[Model, ...] = MODELS
    lookback: timedelta = timedelta(days=30)
    direct: tuple[str, ...] = ("direct", "(direct)", "(none)")

    def __post_init__(self):
        needed("property", self.property)
        needed("models", self.models)
        whole("lookback", self.lookback)
