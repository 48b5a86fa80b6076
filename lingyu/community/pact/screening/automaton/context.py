"""What stands around a hit and inside it: nearby words, gaps between characters, words that are cut.

Holds no term. The dictionary of words is rjieba's, loaded when it is first asked.
"""

import re
from collections.abc import Sequence

from ..normalise import View
from ..normalise.folding import plain

AROUND = 16  # characters to either side in which `near` and `unless` are looked for
WIDEST = 8  # marks between two characters of one word; a longer row is a break
_BREAK = re.compile(r"[\s。！？!?；;，,、：:“”\"'‘’()（）\[\]【】《》<>…]")


def around(text: str, start: int, end: int) -> str:
    """The hit with what stands to either side of it."""
    return text[max(0, start - AROUND) : end + AROUND]


def in_context(text: str, start: int, end: int, near: Sequence[str], unless: Sequence[str]) -> bool:
    """Whether one of `near` stands there, where any is named, and none of `unless`."""
    if not near and not unless:
        return True
    window = around(text, start, end)
    if any(word in window for word in unless):
        return False
    return not near or any(word in window for word in near)


def cuts_latin(view: View, start: int, end: int) -> bool:
    """Whether a hit begins or ends in the middle of a word of Latin letters."""
    return any(
        _latin(view.text[place - 1])
        and _latin(view.text[place])
        and view.first[place] - view.last[place - 1] <= 1
        for place in (start, end)
        if 0 < place < len(view.text)
    )


def gaps(original: str, view: View, start: int, end: int) -> list[str]:
    """What the writer put between each two characters of a hit, invisible signs left out."""
    first, last = view.first, view.last
    table = plain()
    return [
        "".join(table[c] for c in original[last[n] + 1 : first[n + 1]]) if first[n + 1] - last[n] > 1 else ""
        for n in range(start, end - 1)
    ]


def hangs_together(between: Sequence[str], view: View, start: int) -> bool:
    """Whether characters with these gaps are one word, as against the end of a sentence and the next."""
    filled = [gap for gap in between if gap]
    if not filled:
        return True
    if max(map(len, filled)) > WIDEST:
        return False
    breaks = any(map(_BREAK.search, filled))
    if not breaks:
        return True
    if len(filled) == len(between) > 1:
        return True
    # One break in all: a word cut in two, unless either half belongs to a word outside.
    cut = start + next(n for n, gap in enumerate(between) if gap and _BREAK.search(gap)) + 1
    if "\n" in "".join(filled) or len(filled) > 1:
        return False
    left, right = view.text[max(0, cut - 8) : cut], view.text[cut : cut + 8]
    halves = (cut - start, len(between) + 1 - (cut - start))
    return _cut_at(left, len(left) - halves[0]) and _cut_at(right, halves[1]) and len(between) == 1


def stands_free(text: str, start: int, end: int, altered: Sequence[int]) -> bool:
    """Whether a dictionary cuts the text at both ends of a hit, and knows no word with an altered character.

    `altered` counts from the start of the hit.
    """
    left = max(0, start - 8)
    place, edges = left, {left}
    odd = {start + n for n in altered}
    for word in _words(text[left : end + 8]):
        if len(word) > 1 and not odd.isdisjoint(range(place, place + len(word))):
            return False
        place += len(word)
        edges.add(place)
    return start in edges and end in edges


def _cut_at(text: str, place: int) -> bool:
    done = 0
    for word in _words(text):
        if done >= place:
            break
        done += len(word)
    return done == place


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _words(text: str) -> list[str]:
    import rjieba

    return rjieba.cut(text, False)
