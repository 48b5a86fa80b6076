"""Gaps at numbers: how many, how long, how much, with other amounts that could be meant.

Holds what is counted (units), which number is worth asking for, and the wrong ones: first those that
the article itself says of the same unit, then some of the same size and manner.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import rjieba

from .making import WRONG, Gap
from .numerals import ARABIC, HAN, value_of, write
from .sentences import Sentence

UNITS = (
    "个百分点|个小时|个月|小时|分钟|公里|毫秒|百分点|[%％]|个人|星期|元|块|天|周|年|月|日|秒|点|倍|成|次|个|人|条|张|份|件|单|"
    "字|页|组|群|家|位|名|封|篇|期|格|列|段|步|轮|屏|道|场|项|种|遍|句|户|岁|米|级|档|行|层|处|门|台|本|集"
)
_QUANTITY = re.compile(
    rf"(?P<nth>第\s?)?(?P<number>{ARABIC}|{HAN})\s?(?P<unit>{UNITS}|[A-Za-z]+)(?P<half>半)?"
)
# The most that a unit can be, where there is one.
MOST = {"%": 100, "％": 100, "点": 12, "月": 12, "日": 31, "成": 9}
# These are named before and not told: 这两个, 前三名, 另外五个.
_POINTED = re.compile(r"[这那前后每另几数同某]外?$")
# What changes nothing when it is another number.
_IDLE = re.compile(r"一(?:个|种|条|次|句|张|件|样|份|位|段|下|些|天|遍|处|步)")
TIMES = {"天", "周", "年", "个月", "月", "小时", "个小时", "分钟", "秒", "星期", "成", "倍", "点", "元", "块"}
FACTORS = (0.5, 1.5, 0.7, 2, 1.25, 0.6, 3, 0.8)
STEPS = (1, -1, 2, -2, 3, 4)


@dataclass(frozen=True)
class Quantity:
    """A number that a sentence says of a unit."""

    sentence: Sentence
    start: int
    end: int
    number: str
    value: float
    unit: str
    nth: bool


def about_quantities(sentences: list[Sentence]) -> Iterator[Gap]:
    """A gap for the telling number of each sentence that has one."""
    found = [q for s in sentences for q in _quantities(s)]
    said = defaultdict(list)
    for q in found:
        said[q.unit, q.nth].append(q)
    for q in found:
        wrong = _wrong(q, said[q.unit, q.nth])
        if len(wrong) == WRONG and (worth := _worth(q)) > 0:
            yield Gap(q.sentence, q.start, q.end, wrong, worth)


def _quantities(sentence: Sentence) -> Iterator[Quantity]:
    text, borders = sentence.text, _borders(sentence.text)
    for m in _QUANTITY.finditer(text):
        start, end = m.span("number")
        value = value_of(m["number"])
        if value is None or value < 2 or _IDLE.match(m["number"] + m["unit"]):
            continue
        # 十分努力, 统一: where the words do not end, there is no number.
        if not {m.start(), m.end("unit")} <= borders and not m["number"][0].isdigit():
            continue
        if _POINTED.search(text[: m.start()]):
            continue
        yield Quantity(sentence, start, end, m["number"], value, m["unit"], bool(m["nth"]))


def _borders(text: str) -> set[int]:
    borders, at = {0}, 0
    for word in rjieba.cut(text, True):
        at += len(word)
        borders.add(at)
    return borders


def _worth(q: Quantity) -> float:
    """Results are worth more than how many of something there were."""
    worth = 1.5 + q.sentence.claim
    worth += 1.5 if q.unit in {"%", "％", "倍", "成", "元", "百分点", "个百分点"} else 0
    worth += 0.5 if q.value >= 10 else 0
    # 第三天 is told; 第三条, and that there are two or three of something, anybody guesses.
    worth -= 2 if q.nth and (q.unit not in TIMES or q.value < 3) else 0
    worth -= 1.5 if q.value <= 3 and not q.nth and q.unit not in TIMES else 0
    # What is said twice in one sentence gives itself away.
    return 0 if q.sentence.text.count(q.number) > 1 else worth


def _wrong(q: Quantity, alike: list[Quantity]) -> list[str]:
    """Three others: near amounts that the article says, then made ones, none of which the sentence says."""
    told = [
        o.number
        for o in alike
        if 0.2 <= o.value / q.value <= 5 and o.number[0].isdigit() == q.number[0].isdigit()
    ]
    made = [write(v, q.number, nth=q.nth) for v in _others(q)]
    spoken = {o.number for o in _quantities(q.sentence)} | {q.number}
    found = [n for n in dict.fromkeys([*told[:2], *made]) if n not in spoken and value_of(n) != q.value]
    return found[:WRONG]


def _others(q: Quantity) -> Iterator[float]:
    if q.value <= 10 and q.value == int(q.value):
        near = [q.value + step for step in STEPS]
    else:
        grain = _grain(q)
        near = [round(q.value * factor / grain) * grain for factor in FACTORS]
    most = MOST.get(q.unit)
    least = 2 if not q.number[0].isdigit() else 1
    for value in near:
        if value >= min(least, q.value) and value > 0 and (most is None or q.value > most or value <= most):
            yield value


def _grain(q: Quantity) -> float:
    """What the number is rounded to: 68,000 to thousands, 21 to ones, 4.4 to tenths."""
    places = len(q.number.partition(".")[2]) if "." in q.number else 0
    if places:
        return 10.0**-places
    grain = 1.0
    while q.value % (grain * 10) == 0 and grain * 10 < q.value:
        grain *= 10
    return 5.0 if grain == 1 and q.value % 5 == 0 and q.value > 20 else grain
