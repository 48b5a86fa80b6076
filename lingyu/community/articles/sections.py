"""What other rooms show below an article: a registry they add to, so that articles know none of them.

Holds the registry. A section renders itself: the same template then serves its own fragments.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from .models import Article


@dataclass(frozen=True)
class Section:
    """One block below the body; lower `order` stands higher."""

    code: str
    order: int
    render: Callable[[HttpRequest, Article], str]


SECTIONS: dict[str, Section] = {}


def section(code: str, *, order: int):
    """Register a function of (request, article) that returns the section's safe HTML."""

    def register(render: Callable[[HttpRequest, Article], str]):
        SECTIONS[code] = Section(code, order, render)
        return render

    return register


def below(request: HttpRequest, article: Article) -> list[str]:
    """Every section's HTML, in order."""
    return [s.render(request, article) for s in sorted(SECTIONS.values(), key=lambda s: s.order)]
