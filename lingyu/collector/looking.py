"""Looking at the events of a request one by one, when a glance was not enough: which can't be taken.

Holds what the adapters share for that. Does not know what a fault is: each protocol says.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from lingyu.kernel.facts import Remark

from .making import sampled
from .wire import Refused

# Events of one request; remarks on one request.
MANY_EVENTS, MANY_REMARKS = 5_000, 20
# What a typed decoder raises for bytes that are not as it wants them.
NOT_SO = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)


def check_number(number: int, field: str = "") -> None:
    """Refuse more events than one request may have."""
    if number > MANY_EVENTS:
        raise Refused(413, "too_many_events", field, f"{number} > {MANY_EVENTS}")


def remarks_on(events: Iterable[Any], fault: Callable[[Any], str], field: str) -> list[Remark]:
    """A remark for each event that has a fault; `field` names the list that they stand in."""
    return [
        Remark("refused", code, f"{field}[{number}]" if field else "", "", sampled(event))
        for number, event in enumerate(events)
        if (code := fault(event))
    ]


def as_list(value: Any, field: str = "") -> list:
    """A list as it is, one object as a list. Raises Refused."""
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise Refused(400, "list_expected", field)
    return value


def as_object(value: Any, field: str = "") -> dict:
    """An object. Raises Refused."""
    if not isinstance(value, dict):
        raise Refused(400, "object_expected", field)
    return value


def text_at(value: Any, *names: str) -> str:
    """The first of these members that is a text with something in it."""
    if isinstance(value, dict):
        for name in names:
            if isinstance(value.get(name), str) and value[name]:
                return value[name]
    return ""
