"""Reactions: what follows from a fact, declared by whoever follows.

Holds the registry. Does not run anything: `lingyu.store.deliver` calls each reaction once per
event, in one transaction with the row that says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .events import DeclarationError, Event


@dataclass(frozen=True)
class Reaction:
    """One follower of one kind of event; `code` is its identity in the record of what was handled."""

    code: str
    event: type[Event]
    run: Callable[[Event], None]


REACTIONS: dict[str, Reaction] = {}


def reaction(*, on: type[Event]):
    """Register a function of one event; its code is `package.function`, so it may move within its room.

    The function runs inside a transaction, may call actions, and must not talk to the outside.
    """

    def register(run: Callable[[Event], None]) -> Callable[[Event], None]:
        code = f"{run.__module__.removeprefix('lingyu.').split('.reactions')[0]}.{run.__name__}"
        if code in REACTIONS and REACTIONS[code].run.__module__ != run.__module__:
            raise DeclarationError(f"reaction {code!r} is declared twice")
        REACTIONS[code] = Reaction(code, on, run)
        return run

    return register


def reactions_to(event: type[Event]) -> list[Reaction]:
    """The reactions that follow `event`, in the order of their codes."""
    return [r for code, r in sorted(REACTIONS.items()) if r.event is event]
