"""From hits to signals: every view is scanned, and what a hit is worth depends on how it was written.

Holds no term and no decision.
"""

from collections.abc import Iterator, Sequence

from ..normalise import View, Views
from ..steps import Scene, Signal
from . import context
from .disguises import Disguise, disguise
from .lexicon import ALLOWED, LONGEST, Lexicon, Matcher

# What a term is worth in the ways that are looked up as words, and the most it may then lead to.
WORTH: dict[str, tuple[float, str]] = {
    "": (1.0, "block"),
    "spaced": (0.98, "block"),
    "repeated": (0.95, "block"),
    "pictured": (0.9, "review"),
    "split": (0.95, "block"),
    "initial": (0.8, "review"),
    "initials": (0.6, "review"),
    "reversed": (0.7, "review"),
}
_RANK = {"block": 0, "review": 1, "hint": 2}
HITS = 5_000  # of one view that are looked at: 50,000 characters of people's writing hold some hundreds
DEPTH = 6


class TooDense(ValueError):
    """A text full of terms and of what sounds like them: more than is looked at, so it may not pass."""


class Banks:
    """The step `banks`: signals of all terms of a lexicon in all views of all fields."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, scene: Scene) -> Iterator[Signal]:
        """Signals by field, in the order of the views.

        Raises:
            TooDense: There are more than `HITS` of one view.
        """
        for field, views in scene.views.items():
            yield from _Reading(self.lexicon, scene.post.kind, field, views).signals()


class _Reading:
    """One field being read: what is allowed there, and what has been found."""

    def __init__(self, lexicon: Lexicon, kind: str, field: str, views: Views) -> None:
        self.lexicon, self.field, self.views = lexicon, field, views
        self.place = "title" if field == "title" else kind
        self.allowed: list[tuple[int, int]] = []
        self.found: dict[tuple[str, tuple[int, int]], Signal] = {}

    def signals(self) -> list[Signal]:
        """All signals of the field, the plain ones first."""
        views = self.views
        self._words(views.clean, "")
        if len(views.compact.text) != len(views.clean.text):
            self._words(views.compact, "spaced")
        if views.pictured:
            self._words(views.pictured, "pictured")
        if views.squeezed:
            self._words(views.squeezed, "repeated")
        self._keys(views.pinyin, views.spelt, self.lexicon.sounds)
        self._keys(views.shape, views.lettered.text, self.lexicon.shapes)
        return list(self.found.values())

    def _words(self, view: View, how: str) -> None:
        for pattern, start, end in _few(self.lexicon.words.matches(view.text)):
            self._hit(view, how, pattern, start, end, DEPTH)

    def _hit(self, view: View, how: str, pattern: int, start: int, end: int, depth: int) -> None:
        settled = False
        for number, way in self.lexicon.words.meant(pattern):
            if number == ALLOWED:
                self.allowed.append(view.span(start, end))
                return
            settled |= self._taken(view, how, number, way, start, end)
        # A term hides the shorter ones in it and those that begin in it; where it doesn't count, they may.
        if not settled and depth:
            for left, right in ((start, end - 1), (start + 1, end + LONGEST)):
                if right - left < 2 or not self.lexicon.words.begins(view.text, left, min(right, end)):
                    continue
                for inner, a, b in self.lexicon.words.matches(view.text[left:right]):
                    if left + a < end:
                        self._hit(view, how, inner, left + a, left + b, depth - 1)

    def _taken(self, view: View, how: str, number: int, way: str, start: int, end: int) -> bool:
        """Keep a hit if it counts; whether it does so by more than a hint."""
        term = self.lexicon.terms[number]
        if term.places and self.place not in term.places:
            return False
        # Who hides a word does not report it: what calls off a hit speaks of the open word.
        hidden = self._hidden(view, start, end, how, way)
        unless = () if hidden else term.unless
        if not self._in_context((view.text, start, end), view.span(start, end), term.near, unless):
            return False
        if context.cuts_latin(view, start, end):
            return False
        # One character twice is how many words are written; in a long one it may be a slip.
        if how == "repeated" and not hidden and end - start < 4:
            return False
        if how and not self._together(view, start, end, way):
            return False
        if way.startswith("initial") and context.touches_digit(view.text, start, end):
            return False
        # Backwards, two characters are often a word of their own; three or more are never, but may cut one.
        if way == "reversed":
            changed = range(end - start) if end - start == 2 else ()
            if not context.stands_free(view.text, start, end, changed):
                return False
        worth, most = WORTH[way or how]
        if how == "repeated" and not hidden:
            worth, most = 0.7, "review"
        if way == "initials" and not context.is_code(self.views.original, *view.span(start, end)):
            worth, most = 0.4, "hint"
        self._keep(number, view.span(start, end), way or how, worth, most)
        return max(most, term.act, key=_RANK.__getitem__) != "hint"

    def _in_context(
        self, place: tuple[str, int, int], span: tuple[int, int], near: Sequence[str], unless: Sequence[str]
    ) -> bool:
        """Whether what calls a hit off is not there, and its company is: at `place`, or in letters."""
        if context.in_context(*place, near, unless):
            return True
        return context.in_context(*place, (), unless) and context.is_near_in_letters(self.views, span, near)

    def _hidden(self, view: View, start: int, end: int, how: str, way: str) -> bool:
        """Whether the writer took pains: signs in every gap, each character twice, what is unseen within."""
        if how == "spaced":
            return end - start > 2 and all(context.gaps(self.views.original, view, start, end))
        if how == "repeated":
            return self._repeats(view, start, end)
        if how or way:
            return way == "split" or end - start > 2
        return view.last[end - 1] - view.first[start] >= end - start

    def _together(self, view: View, start: int, end: int, way: str) -> bool:
        """Whether what stands between the characters of a hit leaves it one word."""
        between = context.gaps(self.views.original, view, start, end)
        # Two disguises at once are one too many to be sure of.
        if way == "initials" and context.evenly(between):
            return True
        if way in ("initial", "initials", "reversed") and any(between):
            return False
        return context.hangs_together(between, view, start)

    def _repeats(self, view: View, start: int, end: int) -> bool:
        """Whether characters were doubled to hide: one thrice, or each twice."""
        written = [self.views.original[view.first[n] : view.last[n] + 1] for n in range(start, end)]
        runs = [sum(map(str.isalnum, run)) for run in written]
        return max(runs) > 2 or min(runs) > 1

    def _keys(self, view: View, written: Sequence[str], matcher: Matcher) -> None:
        plain, bare = self.lexicon.plain, self.lexicon.bare
        common = context.COMMON
        for pattern, start, end in _few(matcher.matches(view.text)):
            pieces = written[start:end]
            # Nearly all hits are two characters, one of them in every text: no disguise (`disguise`).
            everyday = end - start == 2 and (pieces[0] in common or pieces[1] in common)
            if everyday and not any(map(str.isascii, pieces)):
                continue
            if pieces in plain if isinstance(pieces, str) else "".join(pieces) in plain:
                continue  # the term itself, or a word with a meaning of its own in another bank
            for number, _way in matcher.meant(pattern):
                term = self.lexicon.terms[number]
                if term.places and self.place not in term.places:
                    continue
                seen = disguise(self.views, view, pieces, bare[number], start, end)
                unless = term.unless if seen and seen.altered and seen.most == "hint" else ()
                place = seen and (seen.text, seen.start, seen.end)
                if place and self._in_context(place, view.span(start, end), term.near, unless):
                    self._disguised(number, view, start, pieces, seen)

    def _disguised(self, number: int, view: View, start: int, pieces: Sequence[str], seen: Disguise) -> None:
        end = start + len(pieces)
        between = context.gaps(self.views.original, view, start, end)
        # Two disguises at once are one too many to be sure of: changed characters stand together.
        if seen.altered and any(between):
            return
        if context.hangs_together(context.beside_letters(between, pieces), view, start):
            self._keep(number, view.span(start, end), seen.way, seen.worth, seen.most)

    def _keep(self, number: int, span: tuple[int, int], way: str, worth: float, most: str) -> None:
        term = self.lexicon.terms[number]
        if way and any(a <= span[0] and span[1] <= b for a, b in self.allowed):
            return
        key = (term.clause, span)
        strength = max(most, term.act, key=_RANK.__getitem__)
        signal = Signal(term.clause, span, term.score * worth, term.by, strength, self.field, way)
        if key not in self.found or self.found[key].score < signal.score:
            self.found[key] = signal


def _few(matches: list) -> list:
    if len(matches) > HITS:
        raise TooDense
    return matches
