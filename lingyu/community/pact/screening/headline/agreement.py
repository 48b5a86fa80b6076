"""How far a text bears out its title: shared pairs of characters, figures, and grave claims.

Holds no style. The overlap of pairs finds a title that belongs to another text; it says nothing about tone.
"""

import re
from dataclasses import dataclass

from .cues import CLAIMS, DOUBTED

# Characters of a text that are compared, and the fewest that can bear anything out.
READ, FEWEST = 30_000, 30
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]{4,}")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?\s?[万亿千百%倍]?|[零一二两三四五六七八九十百千万亿]{2,}")
_COMMON = frozenset(
    [
        "这个",
        "一个",
        "我们",
        "他们",
        "你们",
        "自己",
        "什么",
        "怎么",
        "如何",
        "为什",
        "可以",
        "不是",
        "没有",
        "就是",
        "还是",
        "因为",
        "所以",
        "但是",
        "已经",
        "今天",
        "现在",
        "大家",
        "的人",
        "了一",
        "的一",
        "是一",
        "有一",
        "不要",
        "不能",
        "这样",
        "那个",
        "之后",
        "以后",
        "之前",
        "开始",
        "来自",
        "关于",
        "以及",
        "并且",
        "或者",
        "还有",
        "这些",
        "那些",
        "一次",
        "一种",
        "都是",
        "不会",
    ]
)
_DIGIT = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNIT = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Agreement:
    """`shared` is the part of the title's pairs that stands in the text (None: too little to compare).

    `figures` and `claims` are half-open ranges in the title of what the text does not have.
    """

    shared: float | None
    figures: tuple[tuple[int, int], ...]
    claims: tuple[tuple[int, int], ...]


def agreement(title: str, text: str) -> Agreement:
    """Compare a folded title with a folded text."""
    text = text[:READ]
    if len(text) < FEWEST or DOUBTED.search(title):
        return Agreement(None, (), ())
    pairs = _pairs(title)
    there = _pairs(text)
    shared = len(pairs & there) / len(pairs) if len(pairs) >= 3 else None
    values = {_value(found[0]) for found in _FIGURE.finditer(text)}
    # A figure that the text writes as part of a longer one, such as 18 in 18%, is there.
    figures = [
        f.span() for f in _FIGURE.finditer(title) if _value(f[0]) not in values and f[0].strip() not in text
    ]
    claims = [found.span() for found in CLAIMS.finditer(title) if found[0] not in text]
    return Agreement(shared, tuple(figures), tuple(claims))


def _pairs(text: str) -> set[str]:
    found = {run[0][n : n + 2] for run in _HAN.finditer(text) for n in range(len(run[0]) - 1)}
    return (found - _COMMON) | {word[0] for word in _WORD.finditer(text)}


def _value(figure: str) -> float:
    """What a figure amounts to, so that 三千 and 3000 are one; the figure of `20%` is 20."""
    figure = figure.replace(",", "").replace(" ", "")
    number = re.match(r"\d+(?:\.\d+)?", figure)
    if number:
        return float(number[0]) * _UNIT.get(figure[number.end() :], 1)
    whole = part = digit = 0
    for character in figure:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif (unit := _UNIT[character]) >= 10_000:
            whole, part, digit = (whole + part + digit or 1) * unit, 0, 0
        else:
            part, digit = part + (digit or 1) * unit, 0
    return float(whole + part + digit)
