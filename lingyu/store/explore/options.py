"""Questions said in options of a command line: which there are for each kind, and what they make.

Holds no parser of its own: `lingyu analyse` hands in what it read. A step is written `EVENT`, or
`EVENT where FILTER`; `*any*` is any event.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from lingyu.kernel.query import Period
from lingyu.kernel.questions import ANY, Question, QuestionError, question_from, span
from lingyu.kernel.questions.days import day_of
from lingyu.kernel.text import N_

_EXCLUSION = re.compile(r"(?P<step>.+?)(?:@(?P<after>\d+)(?:-(?P<before>\d+))?)?")


class Option(NamedTuple):
    """One option: its names, what it is about (a msgid), and how argparse reads it."""

    names: tuple[str, ...]
    about: str
    how: dict[str, Any] = {}


class Kind(NamedTuple):
    """One kind of question: what it is about (a msgid), its options."""

    about: str
    options: tuple[Option, ...]


_STEP = Option(("--step",), N_("the event, or: EVENT where FILTER"), {"default": ANY})
_GRAIN = Option(("--grain",), N_("day, week or month"), {"default": "day"})
_BY = Option(("--by",), N_("break down by this property"), {"default": ""})
_TOP = Option(("--top",), N_("how many values are told apart"), {"type": int, "default": 10})

KINDS: dict[str, Kind] = {
    "trend": Kind(
        N_("how much there was in each bucket"),
        (
            _STEP, _BY, _TOP,
            Option(("--grain",), N_("hour, day, week or month"), {"default": "day"}),
            Option(("--measure",), N_("events, people, per_person, sum, mean, median, min, max, p1 … p99"),
                   {"default": "events"}),
            Option(("--property",), N_("the property that is measured"), {"default": ""}),
        ),
    ),
    "funnel": Kind(
        N_("how many get from step to step"),
        (
            Option(("--steps",), N_("events, separated by commas"), {"default": ""}),
            Option(("--step",), N_("one step, repeated; may be: EVENT where FILTER"),
                   {"action": "append", "default": []}),
            Option(("--within",), N_("time from first to last step, its end included: 30m, 12h, 7d"),
                   {"default": "7d"}),
            Option(("--order",), N_("ordered, strict (nothing in between) or any"), {"default": "ordered"}),
            Option(("--exclude",), N_("an event that ends the attempt; EVENT@1-2: between steps 1 and 2"),
                   {"action": "append", "default": []}),
            Option(("--counting",), N_("people or entries"), {"default": "people"}),
            _BY, _TOP,
        ),
    ),
    "retention": Kind(
        N_("how many of each cohort come back"),
        (
            Option(("--start",), N_("what makes a member"), {"default": ANY}),
            Option(("--return",), N_("what counts as coming back"), {"default": ANY, "dest": "back"}),
            Option(("--unit",), N_("day, week or month"), {"default": "day"}),
            Option(("--count",), N_("how many units"), {"type": int, "default": 30}),
            Option(("--mode",), N_("exact, bounded or rolling"), {"default": "exact"}),
            Option(("--cohort",), N_("first_ever, in_window or every"), {"default": "first_ever"}),
            Option(("--windows",), N_("of bounded retention, such as 1-7,8-14"), {"default": ""}),
        ),
    ),
    "lifecycle": Kind(N_("who is new, returning, resurrecting, dormant"), (_STEP, _GRAIN)),
    "stickiness": Kind(N_("on how many days people come"), (_STEP, _GRAIN)),
    "survival": Kind(
        N_("how long people stay"),
        (
            Option(("--start",), N_("what a life begins with"), {"default": ANY}),
            Option(("--step",), N_("what is a sign of life"), {"default": ANY}),
            Option(("--end",), N_("what ends it; without it, silence does"), {"default": ""}),
            Option(("--silence",), N_("days of silence that mean loss"), {"type": int, "default": 30}),
            Option(("--confidence",), N_("of the interval"), {"type": float, "default": 0.95}),
            _BY, _TOP,
        ),
    ),
    "paths": Kind(
        N_("what people do next, or did before"),
        (
            Option(("--after",), N_("follow sessions from this event on"), {"default": ""}),
            Option(("--before",), N_("follow sessions up to this event"), {"default": ""}),
            Option(("--depth",), N_("how many steps"), {"type": int, "default": 5}),
            Option(("--top",), N_("how many nodes are told apart at each step"), {"type": int, "default": 8}),
            Option(("--gap",), N_("silence that ends a session"), {"default": "30m"}),
            Option(("--keep-repeats",), N_("count the same node twice in a row"), {"action": "store_true"}),
            Option(("--by",), N_("nodes are values of this property"), {"default": ""}),
        ),
    ),
    "attribution": Kind(
        N_("which channels conversions go back to"),
        (
            Option(("--conversion",), N_("the event that is worth something"), {"required": True}),
            Option(("--touch",), N_("the event that has the channel"), {"default": ANY}),
            Option(("--property",), N_("the property that is the channel"), {"default": "channel"}),
            Option(("--value",), N_("the property that is the worth"), {"default": ""}),
            Option(("--models",), N_("of first, last, last_non_direct, linear"), {"default": ""}),
            Option(("--lookback",), N_("time before the conversion, its end included"), {"default": "30d"}),
        ),
    ),
    "segment": Kind(
        N_("who meets a condition"),
        (Option(("--condition",), N_("the condition, as JSON"), {"required": True}),),
    ),
}  # fmt: skip

# Options that are steps, lengths of time, or JSON.
_STEPS = ("step", "start", "back", "end", "conversion", "touch")
_SPANS = ("within", "gap", "lookback")


def question_of(kind: str, options: Mapping[str, Any], period: Period | None) -> Question:
    """The question that `options` of `kind` ask. Raises QuestionError or FilterError for what makes no
    sense.
    """
    asked: dict[str, Any] = {}
    for option in KINDS[kind].options:
        name = option.how.get("dest") or option.names[0].lstrip("-").replace("-", "_")
        value = options[name]
        if name in _STEPS and isinstance(value, str):
            value = step(value) if value else None
        elif name in _SPANS:
            value = span(value, name)
        if value not in ("", None):
            asked[name] = value
    _SAID.get(kind, lambda asked: None)(asked)
    if period:
        asked["period"] = {"start": period.start.isoformat(), "end": period.end.isoformat()}
    if options.get("among"):
        asked["among"] = _json("among", options["among"])
    return question_from({"kind": kind, **asked})


def period(start: str | None, end: str | None, first: int | None, last: int | None) -> Period | None:
    """The days from `start` to `end`; one end alone is completed by the history's. Raises QueryError."""
    if not start and not end:
        return None
    begins = _day("from", start) if start else day_of(first or 0)
    ends = _day("to", end) if end else day_of(last or 0)
    return Period(begins, ends)


def step(said: str) -> dict[str, str]:
    """`EVENT` or `EVENT where FILTER`."""
    event, _where, filtered = said.partition(" where ")
    return {"event": event.strip(), "where": filtered.strip()}


def _day(field: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise QuestionError(
            field, N_("%(field)s: “%(text)s” is not a day; write it like 2026-11-22."), text=said
        ) from None


def _json(field: str, said: str) -> Any:
    try:
        return msgspec.json.decode(said)
    except msgspec.DecodeError as error:
        raise QuestionError(field, N_("%(field)s: %(reason)s."), reason=str(error)) from None


def _funnel(asked: dict) -> None:
    named = [name.strip() for name in asked.pop("steps", "").split(",") if name.strip()]
    asked["steps"] = [{"event": name} for name in named] + [step(said) for said in asked.pop("step", [])]
    asked["exclusions"] = [_exclusion(said) for said in asked.pop("exclude", [])]


def _exclusion(said: str) -> dict[str, Any]:
    found = _EXCLUSION.fullmatch(said)
    if not found:
        raise QuestionError("exclude", N_("%(field)s: has to be given."))
    after, before = int(found["after"] or 1), int(found["before"] or 0)
    return {"step": step(found["step"]), "after": after, "before": before}


def _retention(asked: dict) -> None:
    windows = []
    for said in filter(None, asked.pop("windows", "").split(",")):
        first, _dash, last = said.partition("-")
        if not first.strip().isdigit() or not (last or first).strip().isdigit():
            raise QuestionError("windows", N_("%(field)s: “%(text)s” is no span; write 1-7,8-14."), text=said)
        windows.append({"first": int(first), "last": int(last or first)})
    asked["windows"] = windows


def _paths(asked: dict) -> None:
    after, before = asked.pop("after", ""), asked.pop("before", "")
    if after and before:
        raise QuestionError("before", N_("%(field)s: paths go after an event or before one, not both."))
    asked |= {"step": step(before or after or ANY), "direction": "before" if before else "after"}
    asked["collapse"] = not asked.pop("keep_repeats", False)


def _attribution(asked: dict) -> None:
    if models := asked.pop("models", ""):
        asked["models"] = [name.strip() for name in models.split(",")]


def _segment(asked: dict) -> None:
    asked["condition"] = _json("condition", asked["condition"])


_SAID = {
    "funnel": _funnel,
    "retention": _retention,
    "paths": _paths,
    "attribution": _attribution,
    "segment": _segment,
}
