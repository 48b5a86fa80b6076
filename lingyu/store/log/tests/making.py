"""Facts and logs for tests: a day of a shop, in few words."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lingyu.kernel.facts import Context, Fact, Key, Link
from lingyu.kernel.ids import fact_id

# Noon in Shanghai on a Monday.
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
_numbers = itertools.count()


def user(name: str) -> Key:
    """A name of one's own."""
    return Key("user", name)


def browser(name: str) -> Key:
    """A name that a browser drew."""
    return Key("anonymous", name)


def fact(
    name: str,
    *keys: Key,
    at: timedelta = timedelta(0),
    source: str = "shop",
    id: UUID | None = None,
    link: Link | None = None,
    kind: str = "event",
    change: str = "",
    bot: bool = False,
    url: str = "",
    **properties,
) -> Fact:
    """Something that happened `at` after noon; each is another one, unless its id says otherwise."""
    return Fact(
        id=id or fact_id("test", str(next(_numbers))),
        source=source,
        protocol="segment",
        name=name,
        kind=kind,
        change=change,
        occurred_at=NOON + at,
        received_at=NOON + at,
        keys=keys,
        link=link,
        properties=properties,
        context=Context(url=url),
        bot=bot,
    )


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)


IDENTIFY = Link("identify")
