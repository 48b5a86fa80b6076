"""A text with the places marked that were found, cut to what stands around them.

Holds cutting, no markup: pieces are (characters, whether they are marked).
"""

from collections.abc import Iterable, Sequence

AROUND = 60

Piece = tuple[str, bool]


def excerpt(text: str, spans: Iterable[Sequence[int]], around: int = AROUND) -> list[Piece]:
    """The text from a little before the first span to a little after the last that is near it.

    Spans are half-open; those that overlap are one, those outside of the text are left out.
    """
    places = sorted((max(0, a), min(b, len(text))) for a, b in spans if 0 <= a < min(b, len(text)))
    if not places:
        return [(text[: around * 3], False)] + ([("…", False)] if len(text) > around * 3 else [])
    start = max(0, places[0][0] - around)
    pieces, at = [("…", False)] if start else [], start
    for a, b in places:
        if a - at > around * 2:
            pieces += [(text[at : at + around], False), (" … ", False)]
            at = a - around
        pieces += [(text[at:a], False), (text[max(a, at) : b], True)]
        at = max(at, b)
    pieces += [(text[at : at + around], False)] + ([("…", False)] if at + around < len(text) else [])
    return [piece for piece in pieces if piece[0]]


def of_difference(difference) -> dict[str, list[Piece]]:
    """What a page shows of a difference: excerpts of `title` and `text`, as far as they are still kept."""
    row, spans = difference.screening, difference.spans
    by_field = {f: [(a, b) for where, a, b, _by in spans if where == f] for f in ("title", "text")}
    shown = {"text": excerpt(row.text, by_field["text"])} if row.text else {}
    return shown | ({"title": excerpt(row.title, by_field["title"])} if row.title else {})
