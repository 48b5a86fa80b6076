"""What a view of a text is: the same text as a machine should read it, with the way back to the writer's own.

Every character of a view stands for one character of the writer's, so a place in the view is a place there.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A text as read, and for each of its characters the index of the writer's character behind it.

    `origin` never falls: one character may become several, several become none, but they don't change places.
    """

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the writer's characters behind characters `start` to `end` of this view.

        An empty range stays empty. Raises IndexError outside the view.
        """
        if end <= start:
            here = (
                self.origin[start] if start < len(self.origin) else (self.origin[-1] + 1 if self.text else 0)
            )
            return here, here
        return self.origin[start], self.origin[end - 1] + 1
