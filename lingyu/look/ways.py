"""Links that rooms add to every page's frame: a registry, so that the frame knows none of them.

Holds the registry. Places: `nav`, beside the name of the site; `menu`, of a signed-in member, in both
shells; `foot`, at the end of a page of the site. A room declares its links in its `ways.py`.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse

Place = Literal["nav", "menu", "foot"]
# In a menu, a line is drawn where the hundreds change.
GROUP = 100


@dataclass(frozen=True)
class Way:
    """One link: the name of its address, its words (lazily translated), an icon for menus.

    Lower `order` stands first. With a `permission` only who has it sees the link.
    """

    name: str
    place: Place
    words: str
    order: int
    icon: str = ""
    permission: str = ""

    @property
    def href(self) -> str:
        """Where it leads."""
        return reverse(self.name)


WAYS: dict[tuple[Place, str], Way] = {}


def way(name: str, place: Place, words: str, *, order: int, icon: str = "", permission: str = "") -> Way:
    """Add a link to the frame; again for the same place and address, it is the later one."""
    WAYS[place, name] = Way(name, place, words, order, icon, permission)
    return WAYS[place, name]


def ways(place: Place, user) -> list[Way]:
    """The links of a place that this reader may follow, in order."""
    found = [w for w in WAYS.values() if w.place == place and (not w.permission or _may(user, w))]
    return sorted(found, key=lambda w: (w.order, w.name))


def grouped(place: Place, user) -> list[list[Way]]:
    """`ways`, in the groups of a menu."""
    return [list(group) for _, group in groupby(ways(place, user), key=lambda w: w.order // GROUP)]


def here(request: HttpRequest, way: Way) -> bool:
    """Whether a page lies on this way: at it, or below it (the front page has nothing below it)."""
    return request.path == way.href or (way.href != "/" and request.path.startswith(way.href))


def _may(user, way: Way) -> bool:
    return bool(user) and user.may(way.permission)
