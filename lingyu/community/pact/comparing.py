"""Two versions of the pact beside each other, clause by clause, as a page shows them.

Holds values for a template: which words went and came, and which properties changed. Decides nothing.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.look.differences import Row, differences

from . import versions
from .clauses import Clause, Pact
from .names import DETECTIONS, STRENGTHS, first_rung


@dataclass(frozen=True)
class Property:
    """A value of a clause that is another one now, both in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """What became of one clause. `texts` holds (language, rows of words) for those whose words changed."""

    code: str
    kind: str
    before: Clause | None
    after: Clause | None
    properties: tuple[Property, ...] = ()
    texts: tuple[tuple[str, list[Row]], ...] = ()

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or as it last was."""
        return self.after or self.before


def compared(before: Pact, after: Pact) -> list[Changed]:
    """Every clause that differs, in the order of the pact."""
    return [_changed(change) for change in versions.differences(before, after)]


def _changed(change: versions.Change) -> Changed:
    old, new = change.before, change.after
    if old is None or new is None:
        return Changed(change.code, change.kind, old, new)
    return Changed(change.code, change.kind, old, new, tuple(_properties(old, new)), tuple(_texts(old, new)))


def _properties(old: Clause, new: Clause):
    language = get_language() or "en"
    pairs = (
        (_("Name"), old.label(language), new.label(language)),
        (_("First time"), first_rung(old.severity).label(language), first_rung(new.severity).label(language)),
        (_("How it is found"), *(DETECTIONS[c.detection].label(language) for c in (old, new))),
        (_("A machine"), *(STRENGTHS[c.strongest].label(language) for c in (old, new))),
        (_("Harms minors"), _yes(old.minors), _yes(new.minors)),
        (_("Unlawful as such"), _yes(old.illegal), _yes(new.illegal)),
    )
    return (Property(*pair) for pair in pairs if pair[1] != pair[2])


def _texts(old: Clause, new: Clause):
    """The reader's language first."""
    mine = get_language() or "en"
    for code, name in sorted(settings.LANGUAGES, key=lambda pair: pair[0][:2] != mine[:2]):
        if old.words(code) != new.words(code):
            yield name, differences(old.words(code), new.words(code))


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
