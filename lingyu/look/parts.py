"""What rooms add to every page's frame: a registry, so that the frame knows none of them.

Holds the registry. Places: `header`, beside the switches of every site page, and `account`, the cards
of a member's own page. A part renders itself, and gives nothing where it has nothing to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from markupsafe import Markup

Place = Literal["header", "account"]


@dataclass(frozen=True)
class Part:
    """One part of a place; lower `order` stands first. `render` gives safe HTML, or nothing."""

    code: str
    place: Place
    order: int
    render: Callable[[HttpRequest], str]


PARTS: dict[str, Part] = {}


def part(place: Place, *, order: int):
    """Register a function of the request that returns a part's safe HTML; its name is its code."""

    def register(render: Callable[[HttpRequest], str]):
        code = f"{render.__module__}.{render.__name__}"
        PARTS[code] = Part(code, place, order, render)
        return render

    return register


def parts(place: Place, request: HttpRequest) -> list[Markup]:
    """The HTML of every part of `place` that has something to say, in order."""
    standing = sorted((p for p in PARTS.values() if p.place == place), key=lambda p: (p.order, p.code))
    return [Markup(html) for p in standing if (html := p.render(request))]  # noqa: S704 - rendered by templates
