"""Which characters of a text answer a query, and the piece of a long text around the first of them.

Holds pure functions; a highlighted text is a list of (piece, whether it is a hit), which templates
escape and mark.
"""

from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from .asking import Asked, Chunk
from .words import fold, is_han, words

Pieces = list[tuple[str, bool]]
SNIPPET = 150
BEFORE = 40


def highlight(text: str, asked: Asked, sounds: bool = False) -> Pieces:
    """`text` in pieces, what was asked for marked; with `sounds`, pinyin marks what it sounds like."""
    return _pieces(text, _hits(text, asked, sounds))


def snippet(text: str, asked: Asked) -> Pieces:
    """The piece of `text` around its first hit, or its beginning; cut ends have an ellipsis."""
    hits = _hits(text, asked, sounds=False)
    start = max(0, min(hits, default=0) - BEFORE)
    end = min(len(text), start + SNIPPET)
    pieces = _pieces(text[start:end], {i - start for i in hits if start <= i < end})
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    return [(p, hit) for p, hit in ((lead, False), *pieces, (tail, False)) if p]


def _hits(text: str, asked: Asked, sounds: bool) -> set[int]:
    folded, origins = fold(text)
    found: set[int] = set()
    for chunk in asked.chunks:
        spans = list(_spans(folded, [chunk.text]))
        if not spans and is_han(chunk.text):
            # Met by its words, which stand apart; those of one character would mark half the page.
            spans = list(_spans(folded, [w for w in words(chunk.text) if len(w) > 1]))
        if not spans and sounds:
            spans = list(_sounding(folded, chunk))
        found.update(origins[i] for start, end in spans for i in range(start, end))
    return found


def _spans(folded: str, needles: Iterable[str]) -> Iterable[tuple[int, int]]:
    for needle in needles:
        at = folded.find(needle)
        while at >= 0:
            yield at, at + len(needle)
            at = folded.find(needle, at + len(needle))


def _sounding(folded: str, chunk: Chunk) -> Iterable[tuple[int, int]]:
    """Where characters read aloud, or their first letters, spell the chunk."""
    if is_han(chunk.text):
        return
    read = [lazy_pinyin(c, style=Style.NORMAL)[0] if is_han(c) else c for c in folded]
    for spelt in (read, [syllable[:1] for syllable in read]):
        for start in range(len(spelt)):
            said, end = "", start
            while end < len(spelt) and len(said) < len(chunk.text) and is_han(folded[end]):
                said, end = said + spelt[end], end + 1
            if said and said.startswith(chunk.text):
                yield start, end


def _pieces(text: str, hits: set[int]) -> Pieces:
    pieces: Pieces = []
    for index, character in enumerate(text):
        hit = index in hits
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces
