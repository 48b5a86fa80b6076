"""Terms, allow-words and disguised forms in one leftmost-longest automaton a view.

The implementation is chosen by hand: a contiguous NFA of 97,000 patterns takes 15 MB, the DFA that the
library would choose for few patterns 735 MB. Built once, swapped as a whole, never changed.
"""

from array import array
from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ..normalise.folding import looks, sounds, sounds_also
from .banks import Term
from .variants import variants

ALLOWED = -1
LONGEST = 12  # characters of a term that is looked for in disguise
WAYS = ("", "split", "initial", "initials", "reversed", "sound", "shape")


class Matcher:
    """Patterns, each with the terms that it stands for and the way in which."""

    def __init__(self, overlapping: bool = False) -> None:
        self.overlapping = overlapping
        self._places: dict[str, int] = {}
        self._beginnings: set[str] = set()
        self._terms, self._ways = array("i"), bytearray()
        self._more: dict[int, list[tuple[int, str]]] = {}
        self._automaton: AhoCorasick | None = None

    def add(self, pattern: str, term: int, way: str = "") -> None:
        """One more pattern, of two characters or more.

        What is allowed stays allowed, and what is written plainly is no disguise.
        """
        place = self._places.setdefault(pattern, len(self._terms))
        if place == len(self._terms):
            self._terms.append(term)
            self._ways.append(WAYS.index(way))
        elif self._terms[place] != ALLOWED and (not way or self._ways[place]):
            self._more.setdefault(place, []).append((term, way))

    def close(self) -> None:
        """Build the automaton; nothing can be added after."""
        if self._places:
            patterns = list(self._places)
            self._beginnings = {pattern[:2] for pattern in patterns}
            self._automaton = AhoCorasick(
                patterns,
                matchkind=MatchKind.Standard if self.overlapping else MatchKind.LeftmostLongest,
                store_patterns=False,
                implementation=Implementation.ContiguousNFA,
            )
        self._places = {}

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """(pattern, start, end) of what is found from left to right, one over another if `overlapping`."""
        if not self._automaton:
            return []
        return self._automaton.find_matches_as_indexes(text, overlapping=self.overlapping)

    def begins(self, text: str, start: int, end: int) -> bool:
        """Whether a pattern may begin at a place from `start` on before `end`: a look, no search."""
        return any(text[place : place + 2] in self._beginnings for place in range(start, end))

    def meant(self, pattern: int) -> Iterator[tuple[int, str]]:
        """The terms of a pattern, as (number, way); `ALLOWED` for an allow-word."""
        yield self._terms[pattern], WAYS[self._ways[pattern]]
        yield from self._more.get(pattern, ())

    def __len__(self) -> int:
        return len(self._terms)


class Lexicon:
    """All that is looked for: `words` in folded text, `sounds` and `shapes` in the views of those names."""

    def __init__(self, terms: Iterable[Term], allowed: Iterable[str] = ()) -> None:
        self.terms, self.allowed = tuple(terms), frozenset(allowed)
        # Most hits of sounds and looks are plain words, and must not hide a term that begins within.
        self.words, self.sounds, self.shapes = (
            Matcher(),
            Matcher(overlapping=True),
            Matcher(overlapping=True),
        )
        for word in sorted(self.allowed):
            for form in {word, "".join(filter(str.isalnum, word))} - {""}:
                self.words.add(form, ALLOWED)
        # Plain forms first: a term in its own right is not another one in disguise.
        self.bare = ["".join(filter(str.isalnum, term.text)) for term in self.terms]
        self.plain = frozenset(self.bare)
        for number, term in enumerate(self.terms):
            for form in {term.text, self.bare[number]} - {""}:
                self.words.add(form, number)
        for number, form in enumerate(self.bare):
            self._disguised(number, form)
        for matcher in (self.words, self.sounds, self.shapes):
            matcher.close()

    def _disguised(self, number: int, form: str) -> None:
        if len(form) <= LONGEST:
            for pattern, way in variants(form):
                self.words.add(pattern, number, way)
            for matcher, table, way in ((self.sounds, sounds(), "sound"), (self.shapes, looks(), "shape")):
                keys = table.translated(form)
                if keys != form:
                    matcher.add(keys, number, way)
            if (other := sounds_also().translated(form)) != form:
                self.sounds.add(sounds().translated(other), number, "sound")
