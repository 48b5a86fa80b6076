"""What others know of a waiting comment: a registry, so that comments know no screening and no cases.

Holds the registry. A note is a few words beside the comment; one that `holds` leads elsewhere, and until
it is settled there nobody approves the comment here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from .models import Comment


@dataclass(frozen=True)
class Note:
    """A few words of a tone (of `ui.tag`), and where they lead."""

    words: str
    tone: str = ""
    icon: str = ""
    href: str = ""
    holds: bool = False


_KNOWING: list[Callable[[list[UUID]], dict[UUID, Note]]] = []


def knows(note: Callable[[list[UUID]], dict[UUID, Note]]) -> Callable:
    """Register a function of the ids of comments that answers with its notes about them."""
    _KNOWING.append(note)
    return note


def beside(comments: Iterable[Comment]) -> dict[UUID, list[Note]]:
    """The notes about each of `comments`, in the order of their registration."""
    ids = [comment.id for comment in comments]
    found: dict[UUID, list[Note]] = {id: [] for id in ids}
    for note in _KNOWING if ids else ():
        for id, words in note(ids).items():
            found[id].append(words)
    return found


def held(comments: Iterable[Comment]) -> set[UUID]:
    """Those of `comments` that are settled elsewhere."""
    return {id for id, notes in beside(comments).items() if any(note.holds for note in notes)}
