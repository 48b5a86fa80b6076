"""Sixteen ways in which people write a word so that it isn't found, for tests, benches and trials of a bank.

Holds no detection. Every operator is a function of a term and a seeded source of chance, and answers with
the written form, or with nothing where the term can't be written so.
"""

from collections.abc import Callable
from functools import cache
from random import Random

from .normalise.folding import components, readings, shapes
from .normalise.tables import EMOJI

Operator = Callable[[str, Random], str | None]
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SYMBOLS = "*·.-_~|+★☆♡/"
_MARKS = "\u0336\u0337\u0334\u0301\u0323\u0489"


def zero_width(term: str, chance: Random) -> str:
    """An invisible sign between each two characters."""
    return "".join(c + chance.choice(_INVISIBLE) for c in term[:-1]) + term[-1]


def symbols(term: str, chance: Random) -> str:
    """One symbol between each two characters."""
    return chance.choice(_SYMBOLS).join(term)


def spaces(term: str, chance: Random) -> str:
    """One space between each two characters, plain or ideographic."""
    return chance.choice(" \u3000").join(term)


def traditional(term: str, _chance: Random) -> str | None:
    """Traditional characters."""
    import opencc

    written = _converter(opencc).convert(term)
    return written if written != term else None


def combining(term: str, chance: Random) -> str:
    """A mark over or through each character."""
    return "".join(c + chance.choice(_MARKS) for c in term)


def full_width(term: str, chance: Random) -> str | None:
    """One syllable in full-width letters."""
    place = _any(term, chance)
    letters = readings()[term[place]] if place is not None else ""
    return _with(term, place, "".join(chr(ord(c) + 0xFEE0) for c in letters)) if letters else None


def repeated(term: str, _chance: Random) -> str:
    """Every character twice."""
    return "".join(c * 2 for c in term)


def pinyin_one(term: str, chance: Random) -> str | None:
    """One character as its syllable."""
    place = _any(term, chance)
    return None if place is None else _with(term, place, readings()[term[place]])


def pinyin_all(term: str, chance: Random) -> str:
    """All characters as their syllables, joined or apart."""
    return chance.choice(("", " ")).join(readings().get(c, c) for c in term)


def initial_one(term: str, chance: Random) -> str | None:
    """One character as the first letter of its syllable."""
    place = _any(term, chance)
    return None if place is None else _with(term, place, readings()[term[place]][0])


def initials_all(term: str, _chance: Random) -> str:
    """All characters as first letters."""
    return "".join(readings().get(c, c)[0] for c in term)


def split_one(term: str, chance: Random) -> str | None:
    """One character taken apart."""
    places = [n for n, c in enumerate(term) if c in components()]
    place = chance.choice(places) if places else None
    return None if place is None else _with(term, place, "".join(components()[term[place]]))


def homophone_one(term: str, chance: Random) -> str | None:
    """One character as another of the same syllable, one that is in common use."""
    return _other(term, chance, lambda c: _sounding().get(readings().get(c, ""), ()))


def lookalike_one(term: str, chance: Random) -> str | None:
    """One character as another that shares its main component, one that is in common use."""
    return _other(term, chance, lambda c: _looking().get(shapes().get(ord(c), ""), ()))


def backwards(term: str, _chance: Random) -> str | None:
    """From the last character to the first."""
    return term[::-1] if term[::-1] != term else None


def emoji(term: str, chance: Random) -> str | None:
    """One character as a picture of what it says, or of what sounds like it."""
    places = [(n, e) for n, c in enumerate(term) for e in _pictures().get(readings().get(c, ""), ())]
    if not places:
        return None
    place, picture = chance.choice(places)
    return _with(term, place, picture)


OPERATORS: dict[str, Operator] = {
    "zero-width": zero_width,
    "symbols": symbols,
    "spaces": spaces,
    "traditional": traditional,
    "combining": combining,
    "full-width": full_width,
    "repeated": repeated,
    "pinyin-1": pinyin_one,
    "pinyin-all": pinyin_all,
    "initial-1": initial_one,
    "initials-all": initials_all,
    "split": split_one,
    "homophone-1": homophone_one,
    "look-alike-1": lookalike_one,
    "reversed": backwards,
    "emoji": emoji,
}


@cache
def _converter(opencc):
    return opencc.OpenCC("s2t")


def _any(term: str, chance: Random) -> int | None:
    places = [n for n, c in enumerate(term) if c in readings()]
    return chance.choice(places) if places else None


def _with(term: str, place: int, written: str) -> str:
    return term[:place] + written + term[place + 1 :]


def _other(term: str, chance: Random, alike: Callable[[str], tuple[str, ...]]) -> str | None:
    places = [(n, o) for n, c in enumerate(term) for o in alike(c) if o != c]
    if not places:
        return None
    number = chance.choice(sorted({n for n, _ in places}))
    return _with(term, number, chance.choice([o for n, o in places if n == number]))


def _is_common(character: str) -> bool:
    """Whether it is of the first level of GB 2312: the 3,755 characters in everyday use."""
    try:
        return character.encode("gb2312")[0] < 0xD8
    except UnicodeEncodeError:
        return False


@cache
def _sounding() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for character, syllable in readings().items():
        if _is_common(character):
            groups.setdefault(syllable, []).append(character)
    return {syllable: tuple(found) for syllable, found in groups.items()}


@cache
def _looking() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for point, key in shapes().items():
        if _is_common(chr(point)):
            groups.setdefault(key, []).append(chr(point))
    return {key: tuple(found) for key, found in groups.items()}


@cache
def _pictures() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for picture, word in EMOJI.items():
        if len(word) == 1 and word in readings():
            groups.setdefault(readings()[word], []).append(picture)
    return {syllable: tuple(found) for syllable, found in groups.items()}
