"""Views of a text, each with the way back to the writer's own characters.

`original` is what was typed. `clean` is folded: width, case, traditional and look-alike characters, nothing
invisible. `compact` is that without marks and spaces. `pinyin` has one key a syllable, whether it was
written in characters or in letters; `shape` one a look; `squeezed` no character twice in a row; `pictured`
reads emoji as the words they stand for. Holds no word list and takes no decision.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import compress, islice, pairwise
from operator import eq

from .folding import looks, plain, sounds
from .syllabic import Spelling, spelt
from .tables import EMOJI
from .views import View

__all__ = ["View", "Views"]

_RUN, _TONE = re.compile("[a-z]{2,}"), re.compile("[1-5](?![0-9])")


class Views:
    """The views of one text, each made when it is first asked for."""

    def __init__(self, text: str) -> None:
        self.original = text

    @cached_property
    def clean(self) -> View:
        """Folded character by character; marks and spaces stay."""
        table, view = plain(), View.of(self.original)
        text = table.even(self.original)
        return view.mapped(table.__getitem__) if text is None else View(text, view.first, view.last)

    @cached_property
    def compact(self) -> View:
        """Letters, characters and digits only."""
        return _lettered(self.clean)

    @cached_property
    def pictured(self) -> View | None:
        """Like `compact`, with emoji read as words; nothing where the text has none that stands for one."""
        if EMOJI.keys().isdisjoint(self.original):
            return None
        return _lettered(self.clean.mapped(lambda c: EMOJI.get(c, c)))

    @property
    def lettered(self) -> View:
        """What `pinyin` and `shape` are made of: `pictured` where there is one, else `compact`."""
        return self.pictured or self.compact

    @cached_property
    def _sounded(self) -> tuple[View, Sequence[str]]:
        return _sounded(self.lettered)

    @property
    def pinyin(self) -> View:
        """One key a syllable."""
        return self._sounded[0]

    @property
    def spelt(self) -> Sequence[str]:
        """What is written for each key of `pinyin`, folded: a character, or the letters of a syllable."""
        return self._sounded[1]

    @cached_property
    def shape(self) -> View:
        """One key for characters that look alike, for each character of `lettered`."""
        view = self.lettered
        return View(looks().translated(view.text), view.first, view.last)

    @cached_property
    def squeezed(self) -> View | None:
        """`compact` with each run of one character as one; nothing where there is none."""
        view, text = self.compact, self.compact.text
        doubled = list(compress(range(1, len(text)), map(eq, text, islice(text, 1, None))))
        if not doubled:
            return None
        away = set(doubled)
        starts = [n for n in range(len(text)) if n not in away]
        ends = [n - 1 for n in starts[1:]] + [len(text) - 1]
        first, last = view.first, view.last
        return View("".join(text[n] for n in starts), [first[n] for n in starts], [last[n] for n in ends])


def _lettered(view: View) -> View:
    if view.text.isalnum():
        return view
    return view.kept(list(map(str.isalnum, view.text)))


def _sounded(view: View) -> tuple[View, Sequence[str]]:
    text = view.text
    keyed = sounds().translated(text)
    runs = [run for match in _RUN.finditer(text) for run in _syllables(view, match.start(), match.end())]
    if not runs:
        return View(keyed, view.first, view.last), text
    tones = [end for _, end, _ in runs if _TONE.match(text, end)]
    parts, pieces, first, last, done = [], [], [], [], 0
    for start, end, keys in runs:
        parts.append(keyed[done:start])
        pieces.extend(text[done:start])
        first.extend(view.first[done:start])
        last.extend(view.last[done:start])
        for key, size in keys:
            parts.append(key)
            pieces.append(text[start : start + size])
            first.append(view.first[start])
            last.append(view.last[start + size - 1])
            start += size
        done = end
        if len(tones) > 1 and end in tones:  # one may be a version or a model
            last[-1] = view.last[end]
            done += 1
    parts.append(keyed[done:])
    pieces.extend(text[done:])
    return View("".join(parts), [*first, *view.first[done:]], [*last, *view.last[done:]]), pieces


def _syllables(view: View, start: int, end: int) -> Iterator[tuple[int, int, Spelling]]:
    """The stretches of a run of letters that spell syllables, as (start, end, keys).

    Words that were written apart are read apart; where none of them spells any, the letters are read as one.
    """
    cuts = [n for n in range(start + 1, end) if view.first[n] - view.last[n - 1] > 1]
    words = [(a, b, spelt(view.text[a:b])) for a, b in pairwise((start, *cuts, end))]
    if found := [word for word in words if word[2]]:
        yield from found
    elif cuts and (keys := spelt(view.text[start:end])):
        yield start, end, keys
