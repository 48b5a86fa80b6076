"""Differences: two texts side by side, line by line, and word by word where a line was changed.

Chinese is cut into words, so that a changed word shows as one. Pure functions of text; bounded in
time by what is compared word by word.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

import rjieba

Change = Literal["same", "gone", "new"]
Piece = tuple[Change, str]
# Two lines with more words than these together, multiplied, are shown as taken out and put in whole.
WORDS_PRODUCT = 250_000
# Unchanged lines that are shown before and after a change.
AROUND = 2
# Lines that resemble each other less than this have nothing to do with each other.
ALIKE = 0.3
_HAN = r"[\u3400-\u9fff\uf900-\ufaff]+"
_TOKEN = re.compile(_HAN + r"|\w+|\s+|.", re.S)
_WORDS_OF_HAN = re.compile(_HAN)


@dataclass(frozen=True)
class Row:
    """One line of both texts. `left` and `right` are what each says, `both` is the two in one."""

    kind: Literal["same", "changed", "gone", "new", "skipped"]
    left: tuple[Piece, ...] = ()
    right: tuple[Piece, ...] = ()
    both: tuple[Piece, ...] = ()
    skipped: int = 0


def differences(before: str, after: str) -> list[Row]:
    """The rows that show how `after` differs from `before`; long unchanged stretches are skipped."""
    old, new = _lines(before), _lines(after)
    # With very many lines the matcher leaves the commonest out of account, or it would take minutes.
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 3_000)
    rows: list[Row] = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            rows += _unchanged(old[i1:i2], first=i1 == 0, last=i2 == len(old))
        else:
            rows += _changed(old[i1:i2], new[j1:j2])
    return rows


def words_changed(rows: list[Row]) -> tuple[int, int]:
    """How many words and characters were taken out, and put in."""

    def count(pieces, kind):
        return sum(len("".join(text.split())) for change, text in pieces if change == kind)

    return sum(count(r.left, "gone") for r in rows), sum(count(r.right, "new") for r in rows)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _unchanged(lines: list[str], *, first: bool, last: bool) -> list[Row]:
    before, after = 0 if first else AROUND, 0 if last else AROUND
    hidden = len(lines) - before - after
    if hidden < 2:
        return [_same(line) for line in lines]
    tail = lines[len(lines) - after :] if after else []
    return [*map(_same, lines[:before]), Row("skipped", skipped=hidden), *map(_same, tail)]


def _same(line: str) -> Row:
    piece = (("same", line),)
    return Row("same", piece, piece, piece)


def _changed(old: list[str], new: list[str]) -> list[Row]:
    """Lines that stand at the same place in both are compared word by word, if they are at all alike."""
    rows = []
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        if before is not None and after is not None and (row := _by_words(before, after)):
            rows.append(row)
            continue
        if before is not None:
            rows.append(Row("gone", left=(("gone", before),), both=(("gone", before),)))
        if after is not None:
            rows.append(Row("new", right=(("new", after),), both=(("new", after),)))
    return rows


def _by_words(before: str, after: str) -> Row | None:
    old, new = _words(before), _words(after)
    if len(old) * len(new) > WORDS_PRODUCT:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return None
    left, right, both = [], [], []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, put = "".join(old[i1:i2]), "".join(new[j1:j2])
        if what == "equal":
            for side in (left, right, both):
                side.append(("same", gone))
            continue
        if gone:
            left.append(("gone", gone))
            both.append(("gone", gone))
        if put:
            right.append(("new", put))
            both.append(("new", put))
    return Row("changed", tuple(left), tuple(right), tuple(both))


def _words(line: str) -> list[str]:
    found = []
    for token in _TOKEN.findall(line):
        found += rjieba.cut(token, False) if _WORDS_OF_HAN.match(token) else [token]
    return found
