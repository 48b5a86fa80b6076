"""Proposing: gaps in an article's own sentences, with options from the same article.

Holds pure functions of text: the same article gives the same proposals. A person approves, edits or
drops them; nothing proposed is asked by itself.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from random import Random

import rjieba

GAP = "____"
# What a sentence needs to be worth a question, in characters.
SHORT, LONG = 14, 110
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r"</(?:p|li|h[1-6]|td|th|blockquote|pre)>|<br[^>]*>")
NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
TERM = re.compile(r"[\u3400-\u9fff]{2,6}\Z|[A-Za-z][A-Za-z0-9-]{2,}\Z")
OPTIONS = 4


@dataclass(frozen=True)
class Proposal:
    """A sentence with a gap, what may stand in it, and the number of what does."""

    text: str
    options: list[str]
    right: int


def proposals(html: str, seed: str) -> list[Proposal]:
    """Questions about numbers first, then about the terms that the article turns on."""
    random = Random(seed)  # noqa: S311 - the same text gives the same proposals
    sentences = [s for s in _sentences(html) if SHORT <= len(s) <= LONG]
    terms = _terms(sentences)
    found, used = [], set()
    for make in (_about_number, _about_term):
        for sentence in sentences:
            if sentence not in used and (made := make(sentence, terms, random)):
                used.add(sentence)
                found.append(made)
    return found


def _sentences(html: str) -> list[str]:
    plain = unescape(TAG.sub("", BLOCK.sub("\n", html)))
    return [" ".join(s.split()) for s in SENTENCE.findall(plain) if s.strip()]


def _terms(sentences: list[str]) -> list[str]:
    """The words that come back most, long ones first among equals."""
    counted = Counter(w for s in sentences for w in rjieba.cut(s, True) if TERM.match(w))
    return [w for w, n in sorted(counted.items(), key=lambda c: (-c[1], -len(c[0]), c[0])) if n > 1][:24]


def _about_number(sentence: str, terms: list[str], random: Random) -> Proposal | None:
    found = NUMBER.search(sentence)
    if not found:
        return None
    said = found.group()
    value = float(said)
    others = {_like(said, value * f + a) for f, a in ((2, 0), (0.5, 0), (1, 1), (1.5, 0), (1, 3), (3, 0))}
    others -= {said}
    return _made(sentence, found.span(), said, sorted(others), random)


def _like(said: str, value: float) -> str:
    places = len(said.partition(".")[2])
    return f"{value:.{places}f}"


def _about_term(sentence: str, terms: list[str], random: Random) -> Proposal | None:
    said = next((t for t in terms if t in sentence), None)
    others = [t for t in terms if t not in sentence and said and t not in said and said not in t]
    if said is None or len(others) < OPTIONS - 1:
        return None
    at = sentence.index(said)
    near = sorted(others, key=lambda t: abs(len(t) - len(said)))[:8]
    return _made(sentence, (at, at + len(said)), said, near, random)


def _made(sentence: str, span: tuple[int, int], said: str, others: list[str], random: Random):
    options = [said, *random.sample(others, min(OPTIONS - 1, len(others)))]
    random.shuffle(options)
    text = sentence[: span[0]] + GAP + sentence[span[1] :]
    return Proposal(text, options, options.index(said))
