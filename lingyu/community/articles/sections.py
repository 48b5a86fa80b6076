"""What other rooms show around an article: a registry they add to, so that articles know none of them.

Holds the registry. A section renders itself: the same template then serves its own fragments.
Places: `below` the body, the `bar` under the title, the `aside` beside the text, counts in the `byline`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from django.http import HttpRequest

from .models import Article

Place = Literal["below", "bar", "aside", "byline"]


@dataclass(frozen=True)
class Section:
    """One block around the body; in its place, lower `order` stands first."""

    code: str
    place: Place
    order: int
    render: Callable[[HttpRequest, Article], str]


SECTIONS: dict[tuple[Place, str], Section] = {}


def section(code: str, *, order: int, place: Place = "below"):
    """Register a function of (request, article) that returns the section's safe HTML, or nothing."""

    def register(render: Callable[[HttpRequest, Article], str]):
        SECTIONS[place, code] = Section(code, place, order, render)
        return render

    return register


Badges = Callable[[list[Article]], dict]

BADGES: dict[str, Badges] = {}


def badge(code: str):
    """Register a function of the articles of a list that gives safe HTML by the id of some of them."""

    def register(render: Badges) -> Badges:
        BADGES[code] = render
        return render

    return register


def badges(articles: list[Article]) -> dict:
    """What rooms mark the articles of a list with: HTML by id, all of it in a few queries."""
    found: dict = {}
    for render in BADGES.values():
        for id, html in render(articles).items():
            found[id] = found.get(id, "") + html
    return found


def around(request: HttpRequest, article: Article) -> dict[Place, list[str]]:
    """The HTML of every section that has something to show, in order, by place."""
    shown: dict[Place, list[str]] = {place: [] for place in get_args(Place)}
    for s in sorted(SECTIONS.values(), key=lambda s: (s.order, s.code)):
        if html := s.render(request, article):
            shown[s.place].append(html)
    return shown
