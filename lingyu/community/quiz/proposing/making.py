"""From a gap to a question: the sentence with what a reader needs around it, and shuffled options.

Holds values, and their writing.
"""

from dataclasses import dataclass
from random import Random

from .sentences import Sentence

GAP = "____"
WRONG = 3
# A question has room for so much; what stands before is left out where there is more.
ROOM = 140


@dataclass(frozen=True)
class Proposal:
    """A sentence with a gap, what may stand in it, and the number of what does."""

    text: str
    options: list[str]
    right: int


@dataclass(frozen=True)
class Gap:
    """What could be asked: the sentence, where in it, the wrong options in order of likeness, its worth."""

    sentence: Sentence
    start: int
    end: int
    wrong: list[str]
    worth: float

    @property
    def said(self) -> str:
        """What stands there."""
        return self.sentence.text[self.start : self.end]


def made(gap: Gap, random: Random) -> Proposal:
    """The question of a gap. A sentence that leans on the one before is asked together with it."""
    text = gap.sentence.text[: gap.start] + GAP + gap.sentence.text[gap.end :]
    before = gap.sentence.before
    if gap.sentence.leans and before and gap.said not in before and len(before) + len(text) <= ROOM:
        text = before + text
    options = [gap.said, *gap.wrong[:WRONG]]
    random.shuffle(options)
    return Proposal(text, options, options.index(gap.said))
