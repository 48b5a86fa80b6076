"""Who is meant: conditions on people, nested, and the segment that they make.

Holds no counting. A condition is about what a person did, in which order, and what was last said of them.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Union

import msgspec

from .. import filters
from ..query import Period
from ..text import N_
from .parts import QuestionError, Step, needed, whole, within

DEEPEST = 20


class _Condition(msgspec.Struct, frozen=True, kw_only=True, tag_field="is", forbid_unknown_fields=True):
    """One condition; `is` tells which."""


class Did(_Condition, tag="did"):
    """Did `step` at least `at_least` times (and at most `at_most`), in `period` or the `last` days of the
    history.

    "Did not" is at most 0 times. Without period and `last` it is about all history.
    """

    step: Step
    at_least: int = 1
    at_most: int | None = None
    period: Period | None = None
    last: int | None = None

    def __post_init__(self):
        within("at_least", self.at_least, 0, 2**31 - 1)
        if self.at_most is not None:
            within("at_most", self.at_most, 0, 2**31 - 1)
            if self.at_most < self.at_least:
                raise QuestionError("at_most", N_("%(field)s: is below at_least, so nobody could meet it."))
        _one_window(self)


class Sequence(_Condition, tag="sequence"):
    """Did `steps` in this order, the last at most `within` after the first; ties go by the order of the
    steps.
    """

    steps: tuple[Step, ...]
    within: timedelta = timedelta(days=7)
    period: Period | None = None
    last: int | None = None

    def __post_init__(self):
        within("steps", len(self.steps), 2, 20)
        whole("within", self.within)
        _one_window(self)


class Latest(_Condition, tag="latest"):
    """The latest known values of properties meet `where`: each property by the last event that carries it."""

    where: str

    def __post_init__(self):
        needed("where", self.where.strip())
        filters.parse(self.where)


class Saved(_Condition, tag="saved"):
    """Belongs to the segment that is saved under `name`, as it is defined now."""

    name: str

    def __post_init__(self):
        needed("name", self.name)


class And(_Condition, tag="and"):
    """Meets every one of `items`; of none: everybody."""

    items: tuple["Condition", ...]


class Or(_Condition, tag="or"):
    """Meets at least one of `items`; of none: nobody."""

    items: tuple["Condition", ...]


class Not(_Condition, tag="not"):
    """Does not meet `item`. Everybody is whoever has any event at all."""

    item: "Condition"


Condition = Union[Did, Sequence, Latest, Saved, And, Or, Not]  # noqa: UP007 - the members refer to it by name


class Segment(msgspec.Struct, frozen=True, kw_only=True, tag="segment", tag_field="kind"):
    """The people who meet `condition`."""

    condition: Condition

    def __post_init__(self):
        if depth(self.condition) > DEEPEST:
            raise QuestionError(
                "condition", N_("%(field)s: is nested deeper than %(deepest)s levels."), deepest=DEEPEST
            )


def depth(condition: Condition) -> int:
    """How many conditions lie one in the other."""
    return 1 + max((depth(item) for item in parts(condition)), default=0)


def parts(condition: Condition) -> tuple[Condition, ...]:
    """What a condition is composed of; of a leaf, nothing."""
    match condition:
        case And(items=items) | Or(items=items):
            return items
        case Not(item=item):
            return (item,)
    return ()


def saved_names(condition: Condition) -> Iterator[str]:
    """The names of the saved segments that a condition refers to."""
    if isinstance(condition, Saved):
        yield condition.name
    for item in parts(condition):
        yield from saved_names(item)


def _one_window(condition: Did | Sequence) -> None:
    if condition.last is not None:
        within("last", condition.last, 1, 36_600)
        if condition.period:
            raise QuestionError("last", N_("%(field)s: give a period or the last days, not both."))
