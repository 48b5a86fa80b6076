"""How text becomes what is looked up: folding, words, pairs of characters, and the sounds of pinyin.

Holds pure functions of text. Chinese is indexed twice: by words, which rank well, and by overlapping
pairs of characters, so that nothing is missed where two texts are cut differently.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import rjieba
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PINYIN_DICT

from .traditional import SIMPLIFIED

HAN = r"\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W{HAN}_]+")
IS_HAN = re.compile(rf"[{HAN}]")
# Sound tokens: longest syllable first, so that "xian" is tried before "xi" and "an".
LETTERS = re.compile(r"[a-z]+\Z")


def fold(text: str) -> tuple[str, list[int]]:
    """`text` with width, case, compatibility forms and traditional characters evened out, and their places.

    The second value has, for each character of the first, its index in `text`.
    """
    folded, origins = [], []
    for index, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character).casefold():
            folded.append(SIMPLIFIED.get(ord(plain), plain))
            origins.append(index)
    return "".join(folded), origins


def runs(text: str) -> Iterator[str]:
    """The runs of Chinese characters, and of letters and digits, in already folded `text`."""
    return (match.group() for match in RUN.finditer(text))


def is_han(run: str) -> bool:
    """Whether a run is of Chinese characters."""
    return bool(IS_HAN.match(run))


def words(text: str) -> list[str]:
    """The words of folded `text`, those inside longer ones too, in their order."""
    found = []
    for run in runs(text):
        found.extend(rjieba.cut_for_search(run, True) if is_han(run) else [run])
    return found


def pairs(run: str) -> list[str]:
    """Overlapping pairs of a run of characters, and its last one: `abc` gives ab, bc, c."""
    return [run[i : i + 2] for i in range(len(run))]


def grams(text: str) -> list[str]:
    """The pairs of every Chinese run of folded `text`."""
    return [pair for run in runs(text) if is_han(run) for pair in pairs(run)]


def sounds(text: str) -> list[str]:
    """What folded `text` sounds like, for the index: pairs of syllables, and of their first letters.

    `运营周报` gives pyunying, pyingzhou, pzhoubao, pbao and iyy, iyz, izb, ib: the first letter tells
    sounds from words. A query that stops in the middle of a syllable finds them as a prefix.
    """
    found = []
    for syllables in _read(text):
        firsts = [syllable[:1] for syllable in syllables]
        found += ["p" + pair for pair in _neighbours(syllables)]
        found += ["i" + pair for pair in _neighbours(firsts)]
    return found


def undertones(text: str) -> list[str]:
    """What a long folded `text` sounds like: pairs of syllables, marked q, and no first letters.

    Two first letters occur in every text; apart from those of titles, sounds rank as lower as they should.
    """
    return ["q" + pair for syllables in _read(text) for pair in _neighbours(syllables)]


def _read(text: str) -> Iterator[list[str]]:
    for run in filter(is_han, runs(text)):
        yield [syllable for word in rjieba.cut(run, True) for syllable in _said(word)]


@lru_cache(maxsize=50_000)
def _said(word: str) -> tuple[str, ...]:
    """The syllables of a word: how a character is read depends on it, and a text has few words many times."""
    return tuple(lazy_pinyin(word, style=Style.NORMAL))


def _neighbours(parts: list[str]) -> list[str]:
    return ["".join(parts[i : i + 2]) for i in range(len(parts))]


@cache
def readings(character: str) -> frozenset[str]:
    """Every way in which one folded character is read, without tones; itself when it is no Chinese one."""
    if not is_han(character):
        return frozenset((character,))
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@cache
def _syllables() -> frozenset[str]:
    """Every syllable of pinyin without tones."""
    plain = set()
    for readings in PINYIN_DICT.values():
        for reading in readings.split(","):
            bare = unicodedata.normalize("NFD", reading.replace("ü", "v"))
            plain.add("".join(c for c in bare if not unicodedata.combining(c)))
    return frozenset(s for s in plain if s.isascii() and s.isalpha() and (len(s) > 1 or s in "aoe"))


def syllables(letters: str) -> list[str] | None:
    """`letters` read as pinyin, the last syllable possibly unfinished; None when they are none.

    The fewest syllables win: `xian` is one.
    """
    if not LETTERS.match(letters) or len(letters) > 60:
        return None
    known = _syllables()
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 6), end):
            piece, before = letters[start:end], best[start]
            if before is None or not (piece in known or (end == len(letters) and _begins(piece))):
                continue
            if best[end] is None or len(before) + 1 < len(best[end]):
                best[end] = [*before, piece]
    return best[-1]


@cache
def _begins(piece: str) -> bool:
    return any(syllable.startswith(piece) for syllable in _syllables())
