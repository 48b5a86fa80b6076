"""Who is found: by a name, whole or begun, or because they were here lately."""

from datetime import UTC, datetime
from typing import NamedTuple

from lingyu.store.log import LogSequences

MANY = 50
# Days that are looked through for who was here last, one after the other until there are enough.
WINDOWS = (2, 30, 400, 40_000)


class Found(NamedTuple):
    """A person by number, by what they are called, and by which name they were found."""

    number: int
    called: str
    by: str = ""


class Lately(NamedTuple):
    """A person who was here: when last, doing what, how often within the days looked through."""

    number: int
    called: str
    at: datetime
    event: str
    times: int


def search(seen: LogSequences, text: str) -> list[Found]:
    """Who goes by `text`, then who has a name that begins so; each person once."""
    wanted, found = text.strip(), {}
    if not wanted:
        return []
    db = seen.log.catalog.db()
    exact = db.execute("select person, value from key where value = ? limit ?", (wanted, MANY)).fetchall()
    begun = db.execute(
        "select person, value from key where value > ? and value < ? order by value limit ?",
        (wanted, f"{wanted}\U0010ffff", MANY),
    ).fetchall()
    for number, value in [*exact, *begun]:
        found.setdefault(seen.joins.root(number), value)
    numbers = list(found)[:MANY]
    called = seen.keys(numbers)
    return [Found(n, name, found[n]) for n, name in zip(numbers, called, strict=True)]


def lately(seen: LogSequences) -> list[Lately]:
    """Who was here last, the latest first."""
    if seen.last_day is None:
        return []
    rows: list[tuple] = []
    for days in WINDOWS:
        first = max(seen.first_day, seen.last_day - days + 1)
        rows = seen.ask(
            "SELECT person, epoch_ms(max(time)), arg_max(event, time), count(*) "
            f"FROM {seen.relation({'event', 'person', 'time'}, first, seen.last_day)} "
            f"WHERE person > 0 GROUP BY person ORDER BY 2 DESC, person LIMIT {MANY}"
        )
        if len(rows) == MANY or first == seen.first_day:
            break
    called = seen.keys([row[0] for row in rows])
    return [
        Lately(row[0], name, datetime.fromtimestamp(row[1] / 1000, UTC), row[2], row[3])
        for row, name in zip(rows, called, strict=True)
    ]
