"""Feathers that go round: short closed ways of who earned by whom.

Holds no Django. An arrow from A to B says that A earned by what B did (read A's link, came by A's
invitation). Friends read one another, so a way back counts only where most of what its members earned
runs in such circles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

LONGEST = 4
# Accounts from whose arrows circles are looked for; arrows of one account that are followed.
MOST, ARROWS = 5_000, 50
# So much of what all accounts of a circle earned has to come from within it.
SHARE = 0.5


def circles(arrows: Iterable[tuple[str, str, int]]) -> Iterator[tuple[tuple[str, ...], float]]:
    """Closed ways of two to `LONGEST` accounts with the share of their earnings that ran inside, 0…1.

    `arrows` are (who earned, by whom, how often). Each circle comes once, beginning with its least account.
    """
    earned: dict[str, dict[str, int]] = defaultdict(dict)
    for one, other, times in arrows:
        if one != other:
            earned[one][other] = earned[one].get(other, 0) + times
    # An account that brought nobody, or that nobody brought anything by, is on no way back.
    bringers = {other for ways in earned.values() for other in ways}
    for start in sorted(earned.keys() & bringers)[:MOST]:
        for way in _ways(earned, start, (start,)):
            share = _inside(earned, way)
            if share >= SHARE:
                yield way, share


def _ways(earned: dict, start: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    following = sorted(earned.get(way[-1], {}), key=lambda m: (-earned[way[-1]][m], m))[:ARROWS]
    for other in following:
        if other == start and len(way) > 1:
            yield way
        elif other > start and other not in way and len(way) < LONGEST:
            yield from _ways(earned, start, (*way, other))


def _inside(earned: dict, way: tuple[str, ...]) -> float:
    members = set(way)
    inside = sum(times for m in way for other, times in earned[m].items() if other in members)
    return inside / sum(times for m in way for times in earned[m].values())
