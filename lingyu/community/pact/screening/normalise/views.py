"""What a view of a text is: the same text as a machine should read it, with the way back to the writer's own.

Holds no table and no folding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, compress, repeat


@dataclass(frozen=True, slots=True)
class View:
    """A text as read; for each of its characters the first and the last of the writer's characters behind it.

    Neither `first` nor `last` ever falls: one character may become several or none, several may become
    one, but they don't change places.
    """

    text: str
    first: Sequence[int]
    last: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "View":
        """The writer's own text."""
        places = range(len(text))
        return cls(text, places, places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the writer's characters behind characters `start` to `end` of this view.

        Raises:
            IndexError: The range is empty or leaves the view.
        """
        if end <= start:
            raise IndexError("an empty range stands for nothing")
        return self.first[start], self.last[end - 1] + 1

    def mapped(self, becomes: Callable[[str], str]) -> "View":
        """This view with each character as what it `becomes`: one, none or several."""
        parts = list(map(becomes, self.text))
        text, sizes = "".join(parts), list(map(len, parts))
        first = list(chain.from_iterable(map(repeat, self.first, sizes)))
        if self.last is self.first:
            return View(text, first, first)
        return View(text, first, list(chain.from_iterable(map(repeat, self.last, sizes))))

    def kept(self, keep: Sequence[bool]) -> "View":
        """This view without the characters whose `keep` is false."""
        first = list(compress(self.first, keep))
        last = first if self.last is self.first else list(compress(self.last, keep))
        return View("".join(compress(self.text, keep)), first, last)
