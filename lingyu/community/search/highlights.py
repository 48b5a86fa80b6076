"""Which characters of a text answer a query, and the piece of a long text around the first of them.

Holds pure functions; a highlighted text is a list of (piece, whether it is a hit), which templates
escape and mark.
"""

from collections.abc import Iterable, Iterator

from .asking import Asked, Chunk, apart
from .words import fold, is_han, readings, syllables, words

Pieces = list[tuple[str, bool]]
SNIPPET = 150
BEFORE = 40
# How far into a text one listens for a sound.
HEARD = 20_000


def highlight(text: str, asked: Asked, sounds: bool = False) -> Pieces:
    """`text` in pieces, what was asked for marked; with `sounds`, pinyin marks what it sounds like."""
    return _pieces(text, _hits(text, asked, sounds))


def snippet(text: str, asked: Asked) -> Pieces:
    """The piece of `text` around its first hit, or its beginning; cut ends have an ellipsis."""
    first = min(_hits(text, asked, sounds=False), default=None)
    start = max(0, (_first_sound(text, asked) if first is None else first) - BEFORE)
    end = min(len(text), start + SNIPPET)
    pieces = highlight(text[start:end], asked, sounds=True)
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    return [(p, hit) for p, hit in ((lead, False), *pieces, (tail, False)) if p]


def _first_sound(text: str, asked: Asked) -> int:
    """Where a long text first sounds like what was asked; 0 where it does not."""
    spoken = [read for chunk in asked.chunks if len(read := syllables(chunk.text) or []) > 1]
    if not spoken:
        return 0
    folded, origins = fold(text[:HEARD])
    heard = [readings(character) for character in folded]
    for read in spoken:
        for letters in ("".join(read), *(apart(read) if len(read) > 3 else ())):
            if span := next(_spelling(heard, letters), None):
                return origins[span[0]]
    return 0


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


def _sounding(folded: str, chunk: Chunk) -> list[tuple[int, int]]:
    """Where characters read aloud, or their first letters, spell the chunk; else the words that it joins."""
    if is_han(chunk.text):
        return []
    read = [readings(character) for character in folded]
    firsts = [frozenset(said[:1] for said in all) for all in read]
    spans = [*_spelling(read, chunk.text)] or [*_spelling(firsts, chunk.text)]
    joined = syllables(chunk.text) or []
    if not spans and len(joined) > 3:
        spans = [span for word in apart(joined) for span in _spelling(read, word)]
    return spans


def _spelling(read: list[frozenset[str]], letters: str) -> Iterator[tuple[int, int]]:
    for start, all in enumerate(read):
        if any(said[0] == letters[0] for said in all) and (end := _spelt(read, start, letters)):
            yield start, end


def _spelt(read: list[frozenset[str]], start: int, letters: str) -> int | None:
    """Where the characters from `start` on have spelt `letters`, the last of them perhaps unfinished."""
    left = {letters}
    for at in range(start, len(read)):
        if any(said.startswith(rest) for said in read[at] for rest in left):
            return at + 1
        left = {rest[len(said) :] for said in read[at] for rest in left if rest.startswith(said)}
        if not left:
            return None
    return None


def _pieces(text: str, hits: set[int]) -> Pieces:
    pieces: Pieces = []
    for index, character in enumerate(text):
        hit = index in hits
        if pieces and pieces[-1][1] == hit:
            pieces[-1] = (pieces[-1][0] + character, hit)
        else:
            pieces.append((character, hit))
    return pieces
