"""The ladder in sentences: its rules, and why a penalty is what it is.

Holds words only; what they say was computed by `ladder`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lingyu.look.jinja import clock

from .ladder import AGGRAVATORS, RUNGS, Ladder, Reason
from .ladder.rules import BEFORE_PERMANENT


def sentence(reason: Reason) -> str:
    """One reason of `ladder.explain` as a sentence; KeyError for a code that nobody gave words."""
    return _SENTENCES[reason.code](reason.values)


def sentences(reasons: list[Reason]) -> list[str]:
    """All of them, in their order."""
    return [sentence(reason) for reason in reasons]


def rung(level: int) -> str:
    """The name of a rung in the reader's language."""
    return RUNGS[level].label(get_language() or "en")


def days(span: timedelta) -> str:
    """A number of days: “90 days”."""
    return ngettext("%(num)d day", "%(num)d days", span.days) % {"num": span.days}


def memory(ladder: Ladder, severity: int) -> str:
    """How long a finding of this severity raises later ones."""
    span = ladder.memory[severity]
    return _("for ever") if span is None else days(span)


@dataclass(frozen=True)
class Rule:
    """One rule of the ladder: what it is called, and what it says."""

    name: str
    text: str


def rules(ladder: Ladder) -> list[Rule]:
    """The rules by which one gets to a rung and off it, with the values of this version."""
    return [*_upwards(ladder), *_downwards()]


def _upwards(ladder: Ladder):
    first = _("A first confirmed finding comes to the rung that stands beside its clause, never higher.")
    yield Rule(_("The first time"), first)
    again = _(
        "Whoever does it again after being told goes at least one rung further than that finding. "
        "What was done before one was told does not add up, however many findings come of it."
    )
    yield Rule(_("Again, in spite of a notice"), again)
    forgotten = _(
        "A finding raises later ones for %(shortest)s to %(longest)s by its severity; the gravest always."
    )
    spans = {"shortest": memory(ladder, 1), "longest": memory(ladder, 4)}
    yield Rule(_("It is forgotten"), forgotten % spans)
    old = _(
        "What comes to light more than %(days)s after it was written is taken off the site, but moves "
        "nobody up, unless it is grave."
    )
    yield Rule(_("Old posts"), old % {"days": days(ladder.stale)})
    aggravated = ngettext(
        "Each of these raises by %(num)d rung, with evidence and when a second person agrees: %(list)s.",
        "Each of these raises by %(num)d rungs, with evidence and when a second person agrees: %(list)s.",
        ladder.step,
    )
    yield Rule(_("Aggravated"), aggravated % {"num": ladder.step, "list": _listed(AGGRAVATORS)})


def _downwards():
    two = _(
        "What never ends takes effect when a second person has confirmed it; until then it is “%(rung)s”."
    )
    yield Rule(_("For ever needs two"), two % {"rung": rung(BEFORE_PERMANENT)})
    late = _(
        "If an appeal is not ruled on in time, its penalty rests until it is; not for what is unlawful "
        "or harms minors."
    )
    yield Rule(_("When we are late"), late)
    nothing = _(
        "Where you stand is worked out from findings and the clock whenever it is asked. A mute ends at "
        "its second, and an overturned finding is as if it had never been."
    )
    yield Rule(_("Nothing to lift"), nothing)


def _listed(named: dict) -> str:
    language = get_language() or "en"
    return _(", ").join(one.label(language) for one in named.values())


def _first(values: dict) -> str:
    words = _("A first finding of severity %(severity)d comes to “%(rung)s”.")
    return words % {"severity": values["severity"], "rung": rung(values["level"])}


def _raised(values: dict) -> str:
    words = _(
        "It was done after the notice of %(when)s about an earlier finding, so it went one rung further."
    )
    return words % {"when": clock(values["told_at"])}


def _aggravated(values: dict) -> str:
    label = AGGRAVATORS[values["aggravator"]].label(get_language() or "en")
    return _("It was aggravated, which a second person confirmed: %(what)s.") % {"what": label}


def _awaits(values: dict) -> str:
    words = _("It asks for “%(asked)s”, which takes effect only when a second person has confirmed it.")
    return words % {"asked": rung(values["asked"])}


def _in_force(values: dict) -> str:
    if values["until"] is None:
        return _("It is in force, without an end.")
    return _("It is in force until %(when)s.") % {"when": clock(values["until"])}


_SENTENCES: dict[str, Callable[[dict], str]] = {
    "stale": lambda values: (
        _(
            "It came to light more than %(num)d days after it was written: it was taken off the site, and "
            "moves you nowhere."
        )
        % {"num": values["days"]}
    ),
    "first": _first,
    "raised": _raised,
    "aggravated": _aggravated,
    "awaits_second": _awaits,
    "resting": lambda values: _("It rests, because we are late with your appeal."),
    "over": lambda values: _("It ended on %(when)s.") % {"when": clock(values["until"])},
    "in_force": _in_force,
}
