"""Gaps at terms: what the article turns on, in sentences that claim something of it.

Holds which words are terms (nouns, and what is made of two words, said more than once), and the
wrong ones: other terms of the same article, as near as they come in kind and length.
"""

import re
from collections import Counter
from collections.abc import Iterator

import rjieba

from .making import WRONG, Gap
from .sentences import Sentence

_NOUN = {"n", "nz", "vn", "nt", "j", "an", "eng"}
# May stand before a noun and make one term with it: 有效 + 阅读, 新增 + 用户.
_BEFORE = _NOUN | {"a", "b"}
_HAN = re.compile(r"[\u3400-\u9fff]+\Z")
_LATIN = re.compile(r"[A-Za-z][A-Za-z-]{3,}\Z")
# Nouns that name nothing of the matter.
_EMPTY = (
    "时候 东西 事情 地方 情况 时间 问题 大家 人们 方面 样子 感觉 办法 结果 原因 部分 同事 朋友 现在 今天 "
    "之后 之前 意思 话 事 人 数字 内容 方式 过程 关系 机会 目的 方法 一点 一下 有人 别人 每个 文章 作者 "
    "读者 句话 句 老板 第二 理由 全部 "
    "about after again also because before being between could every first from have into more most other "
    "over should some such than that their them then there these they thing things this those through very "
    "what when where which while will with would your"
)
EMPTY = frozenset(_EMPTY.split())
SEVERAL, POOL = 2, 60


def about_terms(sentences: list[Sentence]) -> Iterator[Gap]:
    """A gap for the last term of each sentence that claims something."""
    words = {s: _words(s.text) for s in sentences}
    terms = _terms([w for found in words.values() for w in found])
    for sentence, found in words.items():
        if sentence.claim < 1:
            continue
        said = [(w, at) for w, at, _ in found if _telling(w, terms) and sentence.text.count(w) == 1]
        if not said or len(found) < 2 or (sentence.leans and not sentence.before):
            continue
        term, at = said[-1]
        wrong = _wrong(term, sentence, terms)
        if len(wrong) == WRONG:
            yield Gap(sentence, at, at + len(term), wrong, sentence.claim + min(1.0, terms[term] / 6))


def _words(text: str) -> list[tuple[str, int, str]]:
    """(word, where, kind) of each noun; of two words that make one term, that."""
    found, at, before = [], 0, ("", 0, "")
    for word, tag in rjieba.tag(text, True):
        here = (word, at, tag)
        at += len(word)
        if tag in _NOUN and word not in EMPTY and _is_term(word):
            if _joins(before, here):
                if found and found[-1][:2] == before[:2]:
                    found.pop()
                found.append((before[0] + word, before[1], "two"))
            else:
                found.append((word, here[1], "one"))
        before = here
    return found


def _joins(before: tuple, here: tuple) -> bool:
    word, at, tag = before
    alone = tag in _NOUN or (tag in _BEFORE and len(word) == 2 and here[2] != "eng")
    return alone and at + len(word) == here[1] and _HAN.match(word) and word not in EMPTY and len(word) > 1


def _is_term(word: str) -> bool:
    return bool(_HAN.match(word) and len(word) > 1) or bool(_LATIN.match(word))


def _terms(found: list[tuple[str, int, str]]) -> dict[str, int]:
    """The terms with how often they come, the most frequent first; two words count for more."""
    counted = Counter(w for w, _, _ in found)
    return dict(sorted(counted.items(), key=lambda c: (-c[1] - len(c[0]) / 4, c[0]))[:POOL])


def _telling(word: str, terms: dict[str, int]) -> bool:
    """Whether the article turns on it: it comes back, or is made of two words."""
    return terms.get(word, 0) >= SEVERAL or (word in terms and len(word) >= 4)


def _wrong(term: str, sentence: Sentence, terms: dict[str, int]) -> list[str]:
    around = sentence.text + (sentence.before if sentence.leans else "")
    others = [t for t in terms if t not in around and t not in term and term not in t]
    others = [t for t in others if t.isascii() == term.isascii()]
    # None that contains another: they would be told apart by their looks.
    others.sort(key=lambda t: abs(len(t) - len(term)))
    found: list[str] = []
    for other in others:
        if not any(other in f or f in other for f in found):
            found.append(other)
    return found[:WRONG]
