"""Whether a hit in the view of sounds or of looks is a term in disguise, or just words that sound or look so.

A dictionary decides: written as other characters, a term is no word, and cuts through none.
"""

import re
from dataclasses import dataclass

from ..normalise import View, Views
from ..normalise.folding import plain
from ..normalise.syllabic import ENGLISH
from ..normalise.tables import EMOJI
from . import context

_RUN = re.compile("[a-z]{1,30}")


@dataclass(frozen=True, slots=True)
class Disguise:
    """How a term was written: the way, what that is worth, and the most it may lead to.

    `text` is folded text with the hit from `start` to `end`; `altered` are the places of changed characters.
    """

    way: str
    worth: float
    most: str
    text: str
    start: int
    end: int
    altered: tuple[int, ...] = ()


def disguise(views: Views, view: View, term: str, start: int, end: int) -> Disguise | None:
    """What a hit of the keys of `term` is, or nothing where it is the term itself or plain words."""
    pieces = [_folded(views.original[view.first[n] : view.last[n] + 1]) for n in range(start, end)]
    if len(pieces) != len(term):
        return None
    differ = [n for n, piece in enumerate(pieces) if piece != term[n]]
    if not differ:
        return None
    latin = [n for n in differ if pieces[n].isascii()]
    altered = tuple(n for n in differ if not pieces[n].isascii())
    text, left, right = _surroundings(views, view, start, end)
    if not altered:
        return _in_letters(len(pieces), len(latin), text, left, right)
    if latin and len(altered) > 1:
        return None
    way = "homophone" if view is views.pinyin else "lookalike"
    return _altered(way, pieces, altered, text, left, right)


def _in_letters(size: int, latin: int, text: str, start: int, end: int) -> Disguise | None:
    if latin == size:
        english = [run in ENGLISH for run in _RUN.findall(text[start:end])]
        if all(english) or (size == 2 and any(english)):
            return None
    if latin == size == 2:
        return Disguise("pinyin", 0.75, "review", text, start, end)
    return Disguise("pinyin", 0.95, "block", text, start, end)


def _altered(
    way: str, pieces: list[str], altered: tuple[int, ...], text: str, start: int, end: int
) -> Disguise | None:
    size, changed = len(pieces), len(altered)
    if changed == size:
        return None
    if all(len(piece) == 1 for piece in pieces) and not context.stands_free(text, start, end, altered):
        return None
    if size == 2 and not context.is_lonely(text, start, end):
        return None
    # Of three characters, one so common is likelier the next word.
    common = size == 3 and not context.COMMON.isdisjoint(pieces[n] for n in altered)
    if common or changed * 2 > size:
        return Disguise(way, 0.5, "hint", text, start, end, altered)
    return Disguise(way, 0.75, "review", text, start, end, altered)


def _folded(piece: str) -> str:
    table = plain()
    return "".join(EMOJI.get(c, table[c]) for c in piece)


def _surroundings(views: Views, view: View, start: int, end: int) -> tuple[str, int, int]:
    """Folded text around a hit, and where the hit lies in it."""
    first, after = view.span(start, end)
    left = _folded(views.original[max(0, first - context.AROUND) : first])
    middle = _folded(views.original[first:after])
    right = _folded(views.original[after : after + context.AROUND])
    return left + middle + right, len(left), len(left) + len(middle)
