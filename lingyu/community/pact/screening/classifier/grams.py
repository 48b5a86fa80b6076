"""What the classifier sees of a text: n-grams of characters and of syllables, and hits of the word banks.

Holds no weight. A text is read in windows, so that one bad sentence is not thinned out by a long article
around it; the number of windows is bounded.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from operator import add
from typing import NamedTuple

from ..normalise import Views
from ..normalise.views import View
from ..steps import Signal

LONGEST = 3
# Up to ONE characters are one window; longer texts are read by WINDOW, every STRIDE, at most MOST times.
ONE, WINDOW, STRIDE, MOST = 280, 200, 150, 64
# Hits start with a character that no folded text holds.
HIT = "\x01"

_SPACE = re.compile(r"\s+")
DIGITS = str.maketrans("123456789", "000000000")


class Window(NamedTuple):
    """A stretch of a text as read: `text` of characters, `sounds` of syllable keys."""

    text: str
    sounds: str

    def read(self) -> tuple[str, str]:
        """The two texts whose n-grams count, before digits are made one; they differ by their alphabet."""
        return f"\x02{_SPACE.sub(' ', self.text).strip()}\x03", self.sounds

    def grams(self) -> set[str]:
        """Every distinct n-gram, of characters and of syllables. Of numbers only the length counts.

        A mark at each end: openings and closings differ from the rest.
        """
        text, sounds = self.read()
        return _grams(text.translate(DIGITS)) | _grams(sounds.translate(DIGITS))


def windows(views: Views) -> list[Window]:
    """The windows of one text: one of a comment, several of an article, none of an empty text."""
    clean, sounds = views.clean, views.pinyin
    size = len(clean.text)
    if size <= ONE:
        return [Window(clean.text, sounds.text)] if clean.text.strip() else []
    starts = range(0, max(size - WINDOW, 0) + STRIDE, STRIDE)
    if len(starts) > MOST:
        starts = range(0, size, -(-size // MOST))
    return [_cut(clean, sounds, start, min(start + WINDOW, size)) for start in starts if start < size]


def hits(signals: Iterable[Signal]) -> list[str]:
    """The features of what earlier steps found: who, of which clause, how strong; each once."""
    return sorted({f"{HIT}{s.by.partition(':')[0]} {s.clause} {s.strength}" for s in signals})


def is_sound(gram: str) -> bool:
    """Whether an n-gram is one of syllables: it has a key of the pinyin view in it."""
    return any("\ue000" <= character < "\ue400" for character in gram)


def readable(gram: str, syllables: dict[str, str]) -> str:
    """An n-gram as a person reads it: syllable keys spelt out by `syllables` (key to letters)."""
    if gram.startswith(HIT):
        return "⟨" + gram[1:] + "⟩"
    return "".join(f"‹{syllables[c]}›" if c in syllables else c for c in gram)


def _cut(clean: View, sounds: View, start: int, end: int) -> Window:
    first, last = clean.first[start], clean.last[end - 1]
    return Window(
        clean.text[start:end],
        sounds.text[bisect_left(sounds.first, first) : bisect_left(sounds.first, last + 1)],
    )


def _grams(text: str) -> set[str]:
    pairs = list(map(add, text, text[1:]))
    return {*text, *pairs, *map(add, pairs, text[2:])}
