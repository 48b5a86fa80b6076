"""How a term is written by those who don't want it found: taken apart, with initials, backwards.

Only what cannot be undone in the text: width, marks, tradition, sounds and looks are read by the views.
"""

from collections.abc import Iterator

from ..normalise.folding import components, plain, readings

# Ways that leave nothing of doubt, and those that ordinary words may look like by chance.
SURE = frozenset({"", "spaced", "pictured", "repeated", "split"})


def variants(text: str, grave: bool = False) -> Iterator[tuple[str, str]]:
    """Every disguised form of a term, with the name of its way; characters only.

    Three letters are so many other things that only `grave` terms are looked for by them.
    """
    if len(text) < 2 or not any(c in readings() for c in text):
        return
    yield from ((form, "split") for form in _split(text))
    yield from ((form, "initial") for form in _initial(text) if not form.isascii())
    letters = "".join(readings().get(c, c)[0] for c in text)
    if len(text) >= 4 - grave:
        yield letters, "initials"
    if text[::-1] != text:
        yield text[::-1], "reversed"


def _split(text: str) -> Iterator[str]:
    table = plain()
    parts = [
        "".join(table[part] for part in components()[c]) if c in components() else ""  # the parts folded, too
        for c in text
    ]
    for place, part in enumerate(parts):
        if part:
            yield text[:place] + part + text[place + 1 :]
    if sum(map(bool, parts)) < 2:
        return
    apart = [part or c for part, c in zip(parts, text, strict=True)]
    yield "".join(apart)
    if 3 <= len(text) <= 5:  # all but one, which is too common to need hiding
        yield from ("".join((*apart[:n], text[n], *apart[n + 1 :])) for n in range(len(text)) if parts[n])


def _initial(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        if character in readings():
            yield text[:place] + readings()[character][0] + text[place + 1 :]
