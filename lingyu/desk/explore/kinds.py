"""The kinds of questions that have a page: what each answers, and its form.

Holds words and fields. What a word of a question means exactly stands with `lingyu.kernel.questions`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lingyu.kernel.questions import (
    Attribution,
    Funnel,
    Lifecycle,
    Paths,
    Retention,
    Stickiness,
    Survival,
    Trend,
)
from lingyu.kernel.text import N_

from . import examples
from .fields import (
    Among,
    Choice,
    Field,
    Length,
    Number,
    Pairs,
    Property,
    Several,
    Windows,
    Words,
    YesNo,
)
from .source import Known
from .steps import Exclusions, OneStep, Steps

UNITS = (("day", N_("By day")), ("week", N_("By week")), ("month", N_("By month")))
MEASURES = (
    ("events", N_("Events")),
    ("people", N_("People")),
    ("per_person", N_("Events per person")),
    ("sum", N_("Sum of a property")),
    ("mean", N_("Mean of a property")),
    ("median", N_("Median of a property")),
    ("min", N_("Least of a property")),
    ("max", N_("Greatest of a property")),
    *((f"p{n}", f"p{n}") for n in (75, 90, 95, 99)),
)
MODELS = (
    ("first", N_("First touch")),
    ("last", N_("Last touch")),
    ("last_non_direct", N_("Last touch that is not direct")),
    ("linear", N_("Equal parts")),
)
_EVENT = OneStep(name="step", label=N_("Event"))
_BY = Property(
    name="by", label=N_("Broken down by"), help=N_("A property of the event, such as its channel.")
)
_AMONG = Among(name="among", label=N_("Only people of the segment"), more=True)
_TOP = Number(
    name="top", label=N_("Values told apart"), help=N_("All further ones are one group."), more=True
)


@dataclass(frozen=True)
class Kind:
    """One kind: its code, what it is called and asks, an icon, its form, and an example's parameters."""

    code: str
    question: type
    title: str
    about: str
    icon: str
    fields: tuple[Field, ...]
    example: Callable[[Known], tuple[str, dict[str, str], Pairs]]
    compares: bool = False

    def field(self, name: str) -> Field | None:
        """The field called so."""
        return next((f for f in self.fields if f.name == name), None)


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "trend", Trend, N_("Trend"),
            N_("How much of something there was, day by day, and of which kind."), "chart-spline",
            (
                _EVENT,
                Choice(name="measure", label=N_("Measure"), options=MEASURES),
                Property(
                    name="property", label=N_("Property measured"), numeric=True,
                    help=N_("Needed for sums, means and the like."),
                ),
                Choice(name="grain", label=N_("Grain"), options=(("hour", N_("By hour")), *UNITS)),
                _BY,
                _TOP,
            ),
            examples.trend,
            compares=True,
        ),
        Kind(
            "funnel", Funnel, N_("Funnel"),
            N_("How many get from step to step, how fast, and where they are lost."), "funnel",
            (
                Steps(name="steps", label=N_("Steps")),
                Length(
                    name="within", label=N_("Within"),
                    help=N_("From the first step to the last: 30m, 36h, 7d or 2w."),
                ),
                Choice(
                    name="order", label=N_("In which order"),
                    options=(
                        ("ordered", N_("In this order; others may lie between")),
                        ("strict", N_("Directly one after the other")),
                        ("any", N_("In any order")),
                    ),
                ),
                Choice(
                    name="counting", label=N_("Counting"), more=True,
                    options=(
                        ("people", N_("People, each once")),
                        ("entries", N_("Every entry into the first step")),
                    ),
                ),
                Exclusions(
                    name="exclusions", label=N_("Must not happen between"), more=True,
                    help=N_("An attempt with such an event between the two steps does not count."),
                ),
                Property(
                    name="by", label=N_("Broken down by"), help=N_("A property of the first step's event.")
                ),
                _TOP,
            ),
            examples.funnel,
        ),
        Kind(
            "retention", Retention, N_("Retention"),
            N_("Of those who started together, how many came back later: a triangle of cohorts."), "table-2",
            (
                OneStep(name="start", label=N_("They start with")),
                OneStep(name="back", label=N_("They are back with")),
                Choice(name="unit", label=N_("Unit"), options=UNITS),
                Number(name="count", label=N_("How many columns"), high=1_000),
                Choice(
                    name="mode", label=N_("Counted as back"),
                    options=(
                        ("exact", N_("In exactly that unit")),
                        ("bounded", N_("In any unit up to it")),
                        ("rolling", N_("In that unit or any later one")),
                    ),
                ),
                Choice(
                    name="cohort", label=N_("Who is in a cohort"),
                    options=(
                        ("first_ever", N_("Who starts for the first time ever")),
                        ("in_window", N_("Who starts for the first time in the period")),
                        ("every", N_("Who starts in that unit, each time anew")),
                    ),
                ),
                Windows(
                    name="windows", label=N_("Spans"), more=True,
                    help=N_("Instead of single columns, for “in any unit up to it”: 1-7, 8-14."),
                ),
            ),
            examples.retention,
        ),
        Kind(
            "lifecycle", Lifecycle, N_("Life-cycle"),
            N_("Who is active, and why: new, returning, resurrecting; and who has gone dormant."), "repeat",
            (_EVENT, Choice(name="grain", label=N_("Grain"), options=UNITS)),
            examples.of_one(N_("Who does “%(one)s” for the first time, again, after a pause, or no more?")),
        ),
        Kind(
            "stickiness", Stickiness, N_("Stickiness"), N_("On how many of the days people come."), "magnet",
            (_EVENT, Choice(name="grain", label=N_("Grain"), options=UNITS)),
            examples.of_one(N_("On how many days of the month do people do “%(one)s”?")),
        ),
        Kind(
            "paths", Paths, N_("Paths"), N_("What people do next, or did before, within a session."), "route",
            (
                OneStep(name="step", label=N_("From or to")),
                Choice(
                    name="direction", label=N_("Direction"),
                    options=(("after", N_("What comes after")), ("before", N_("What leads to it"))),
                ),
                Number(name="depth", label=N_("Steps deep"), high=20),
                Number(
                    name="top", label=N_("Nodes at each step"), high=100, help=N_("All further ones are one.")
                ),
                Length(
                    name="gap", label=N_("A session ends after"), more=True,
                    help=N_("So long without any event: 30m."),
                ),
                YesNo(name="collapse", label=N_("Repeats are one"), more=True),
                Property(
                    name="by", label=N_("Nodes are values of"), more=True,
                    help=N_("A property such as path; without one, nodes are events."),
                ),
            ),
            examples.of_one(N_("What do people do after “%(one)s”, and where do they leave?")),
        ),
        Kind(
            "survival", Survival, N_("Survival"),
            N_("How long people stay, with those who are still there counted as what they are: unknown."),
            "activity",
            (
                OneStep(name="start", label=N_("They start with")),
                OneStep(name="step", label=N_("Sign of life")),
                Number(
                    name="silence", label=N_("Lost after days of silence"), high=3_660,
                    help=N_("Counts where there is no event that ends it."),
                ),
                OneStep(name="end", label=N_("It ends with"), optional=True, more=True),
                Number(
                    name="confidence", label=N_("Interval, in percent"), low=50, high=99, share=True,
                    more=True,
                ),
                _BY,
                _TOP,
            ),
            examples.survival,
        ),
        Kind(
            "attribution", Attribution, N_("Attribution"),
            N_("Which channels conversions go back to, by several models side by side."), "split",
            (
                OneStep(name="conversion", label=N_("Conversion event")),
                OneStep(name="touch", label=N_("Touch")),
                Property(name="property", label=N_("Channel is the property")),
                Property(
                    name="value", label=N_("Worth of each"), numeric=True,
                    help=N_("A numeric property of the conversion; without one each is worth 1."),
                ),
                Length(name="lookback", label=N_("Look back"), help=N_("Touches so long before count: 30d.")),
                Several(name="models", label=N_("Models"), options=MODELS, more=True),
                Words(
                    name="direct", label=N_("Counts as direct"), more=True,
                    help=N_("Values that are no channel, parted by commas."),
                ),
            ),
            examples.attribution,
        ),
    )
}  # fmt: skip
KINDS = {code: replace(kind, fields=(*kind.fields, _AMONG)) for code, kind in KINDS.items()}
