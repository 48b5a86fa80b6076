"""Whether a hit in the view of sounds or of looks is a term in disguise, or just words that sound or look so.

A dictionary decides: written as other characters, a term is no word, and cuts through none.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..normalise import View, Views
from ..normalise.syllabic import ENGLISH, spelt
from . import context

_RUN = re.compile("[a-z]{1,30}")
_WORD_BEFORE, _WORD_AFTER = re.compile("([a-z]{2,30}) $"), re.compile(" ([a-z]{2,30})")


@dataclass(frozen=True, slots=True)
class Disguise:
    """How a term was written: the way, what that is worth, and the most it may lead to.

    `text` is folded text with the hit from `start` to `end`; `altered` says that characters were changed.
    """

    way: str
    worth: float
    most: str
    text: str
    start: int
    end: int
    altered: bool = False


def disguise(
    views: Views, view: View, pieces: Sequence[str], term: str, start: int, end: int
) -> Disguise | None:
    """What a hit of the keys of `term` is, or nothing where it is the term itself or plain words.

    `pieces` is what was written from `start` to `end`, folded: a character or the letters of a syllable each.
    """
    size = end - start
    if size != len(term):
        return None
    differ = [n for n in range(size) if pieces[n] != term[n]]
    if not differ:
        return None
    altered = [n for n in differ if not pieces[n].isascii()]
    # Quick ways out first: of what sounds like two characters, nearly all is everyday words.
    if altered and size == 2 and not context.COMMON.isdisjoint("".join(pieces)):
        return None
    latin = len(differ) - len(altered)
    # As many changed as there are is another word; changed and spelt at once is one disguise too many.
    if len(altered) == size or (latin and len(altered) > 1):
        return None
    text, left, right = _folded_place(views, view, start, end)
    if not altered:
        return _in_letters(size, latin, text, left, right)
    way = "homophone" if view is views.pinyin else "lookalike"
    if size == 2 and not context.is_lonely(text, left, right):
        return None
    if right - left == size and not context.stands_free(text, left, right, altered):
        return None
    # Of three characters, one so common is likelier the next word.
    common = size == 3 and not context.COMMON.isdisjoint(pieces[n] for n in altered)
    if common or len(altered) * 2 > size:
        return Disguise(way, 0.5, "hint", text, left, right, True)
    return Disguise(way, 0.75, "review", text, left, right, True)


def _in_letters(size: int, latin: int, text: str, start: int, end: int) -> Disguise | None:
    if latin < size:
        return Disguise("pinyin", 0.95, "block", text, start, end)
    english = [run in ENGLISH for run in _RUN.findall(text[start:end])]
    if all(english) or (size == 2 and (any(english) or _among_words(text, start, end))):
        return None
    if size == 2:
        return Disguise("pinyin", 0.75, "review", text, start, end)
    return Disguise("pinyin", 0.95, "block", text, start, end)


def _among_words(text: str, start: int, end: int) -> bool:
    """Whether a word beside these letters spells no syllables: a sentence in another language."""
    before, after = _WORD_BEFORE.search(text[max(0, start - 32) : start]), _WORD_AFTER.match(text, end)
    return any(word and not spelt(word[1]) for word in (before, after))


def _folded_place(views: Views, view: View, start: int, end: int) -> tuple[str, int, int]:
    """The folded text with its marks, and where the hit lies in it."""
    clean, (first, after) = views.clean, view.span(start, end)
    if isinstance(clean.first, range):
        return clean.text, first, after
    return clean.text, bisect_left(clean.first, first), bisect_left(clean.first, after)
