"""How a term is written by those who don't want it found: taken apart, with initials, backwards.

Only what cannot be undone in the text: width, marks, tradition, sounds and looks are read by the views.
"""

from collections.abc import Iterator

from ..normalise.folding import readings, splits

# Ways that leave nothing of doubt, and those that ordinary words may look like by chance.
SURE = frozenset({"", "spaced", "pictured", "repeated", "split"})


def variants(text: str) -> Iterator[tuple[str, str]]:
    """Every disguised form of a term, with the name of its way; characters only.

    By first letters from three characters on: two letters are everything and nothing.
    """
    if len(text) < 2 or not any(c in readings() for c in text):
        return
    yield from ((form, "split") for form in _split(text))
    yield from ((form, "initial") for form in _initial(text) if not form.isascii())
    letters = "".join(readings().get(c, c)[0] for c in text)
    if len(text) >= 3:
        yield letters, "initials"
    if text[::-1] != text:
        yield text[::-1], "reversed"


def _split(text: str) -> Iterator[str]:
    forms = [splits().get(c, ()) for c in text]
    for place, ways in enumerate(forms):
        yield from (text[:place] + way + text[place + 1 :] for way in ways)
    if sum(map(bool, forms)) < 2:
        return
    apart = [ways[0] if ways else c for ways, c in zip(forms, text, strict=True)]
    yield "".join(apart)
    if 3 <= len(text) <= 5:  # all but one, which is too common to need hiding
        yield from ("".join((*apart[:n], text[n], *apart[n + 1 :])) for n in range(len(text)) if forms[n])


def _initial(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        if character in readings():
            yield text[:place] + readings()[character][0] + text[place + 1 :]
