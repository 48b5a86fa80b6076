"""What feathers were earned or spent about: a registry, so that a receipt can name it.

Holds the registry, and articles. Other rooms add the kinds of their own: a good, a friend.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from lingyu.community.articles.models import Article


@dataclass(frozen=True)
class Subject:
    """What it is called, and where it stands; no address where there is no page, or none any more."""

    words: str
    address: str = ""


Find = Callable[[list[UUID]], dict[UUID, Subject]]
SUBJECTS: dict[str, Find] = {}


def subject(kind: str):
    """Register a function of ids that finds the subjects called `kind:id`; it asks once for all of them."""

    def register(find: Find) -> Find:
        SUBJECTS[kind] = find
        return find

    return register


def named(subjects: Iterable[str]) -> dict[str, Subject]:
    """The subjects by what receipts call them; those of a kind that nobody names are left out."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for kind, id in {tuple(said.partition(":")[::2]) for said in subjects}:
        if kind in SUBJECTS:
            with suppress(ValueError):
                wanted[kind].append(UUID(id))
    found = {}
    for kind, ids in wanted.items():
        found |= {f"{kind}:{id}": subject for id, subject in SUBJECTS[kind](ids).items()}
    return found


@subject("article")
def articles(ids: list[UUID]) -> dict[UUID, Subject]:
    """Titles; a link as long as the article is on the site."""
    return {
        a.id: Subject(a.title, a.get_absolute_url() if a.is_published else "")
        for a in Article.objects.filter(id__in=ids)
    }
