"""From labelled texts to what the classifier learns from: labels understood, hits of the banks looked up.

Holds no file reading and no learning.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lingyu.community.pact.screening import Screener
from lingyu.community.pact.screening.classifier.examples import Example
from lingyu.community.pact.screening.classifier.observing import observed

from .errors import TeachingRefused
from .files import MOST_ROWS, Labelled
from .labels import meanings, unknown

TOLD_EVERY = 50


@dataclass
class Lessons:
    """Examples, how many texts came twice, and how many of those contradicted what they said first."""

    examples: list[Example] = field(default_factory=list)
    twice: int = 0
    contradicted: int = 0


def lessons(
    rows: Iterable[Labelled], mapped: Mapping[str, str], screener: Screener, told: Callable[[int], None]
) -> Lessons:
    """Understand every row. Of a text that comes again, the first label counts.

    Raises:
        TeachingRefused: A label means no clause; the unknown ones are all named, after everything was read.
    """
    found, unknowns, where = Lessons(), Counter(), ""
    codes, seen = frozenset(screener.pact.by_code), {}
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise TeachingRefused(
                _("more than %(most)d texts in all: learn from fewer") % {"most": MOST_ROWS}
            )
        labels = meanings(row.label, mapped, codes)
        if labels is None:
            unknowns[row.label] += 1
            where = where or row.where
            continue
        if row.text in seen:
            found.twice += 1
            found.contradicted += seen[row.text] != labels
            continue
        seen[row.text] = labels
        if not unknowns:
            hits = observed(screener.steps, row.text)
            found.examples.append(Example(row.text, labels, group=row.group, hits=hits))
        if number % TOLD_EVERY == 0:
            told(number)
    if unknowns:
        raise unknown(unknowns, where, mapped)
    if not found.examples:
        raise TeachingRefused(_("there is no text to learn from"))
    return found
