"""What a change has shown, and what is missing before it may go live.

Holds reads and the rule; the values are in `limits`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from lingyu.community.pact import versions

from . import contents
from .editions import current_key
from .limits import LIMITS
from .models import Difference, RuleChange, Specimen, Trial
from .proportions import Share, fewest, wilson

STRATA = ("block", "review", "lost")


@dataclass(frozen=True)
class Gate:
    """One step: whether it is done, and if not, what is missing in a sentence."""

    code: str
    label: str
    missing: str = ""

    @property
    def done(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True)
class Labelled:
    """One stratum: how many differ, how many were drawn, and how many of the labelled are right."""

    stratum: str
    population: int
    drawn: int
    right: Share
    limit: float

    @property
    def passes(self) -> bool:
        """Whether the lower bound of precision reaches the limit."""
        return self.right.n > 0 and self.right.low >= self.limit


def gates(change: RuleChange, at: datetime) -> list[Gate]:
    """The steps before going live, in their order."""
    trials = {trial.phase: trial for trial in change.trials.all()}
    replay = trials.get(Trial.Phase.REPLAY)
    shadow = Gate("shadow", _("Shadow"), _shadow(trials.get(Trial.Phase.SHADOW), at))
    golden = Gate("golden", _("Examples of the clauses"), _golden(replay))
    sample = Gate("sample", _("Labelled sample"), _sample(change))
    return [shadow, Gate("replay", _("Replay"), _replay(replay)), golden, sample]


def missing(change: RuleChange, at: datetime) -> list[str]:
    """What is missing before `change` may go live, in sentences; empty when it may."""
    return [gate.missing for gate in gates(change, at) if not gate.done]


def labelled(change: RuleChange) -> list[Labelled]:
    """How the sample stands, stratum by stratum."""
    tried = Difference.objects.tried().filter(change=change)
    sizes = _counted(tried.values_list("stratum", flat=True))
    drawn: dict[str, list[bool | None]] = {stratum: [] for stratum in STRATA}
    for specimen in Specimen.objects.filter(sample__change=change).select_related("difference"):
        drawn[specimen.difference.stratum].append(specimen.right)
    return [
        Labelled(
            stratum,
            sizes.get(stratum, 0),
            len(drawn[stratum]),
            wilson(drawn[stratum].count(True), len(drawn[stratum]) - drawn[stratum].count(None)),
            LIMITS.precision[stratum],
        )
        for stratum in STRATA
    ]


def needed(change: RuleChange) -> frozenset[str]:
    """The strata of which a sample has to be labelled: all that differ, and what it is meant to find."""
    differing = {row.stratum for row in labelled(change) if row.population}
    meant = contents.reaches(change.content, versions.in_force())
    # A term that is to block may have been found only where a person looks; that alone proves no blocking.
    return frozenset(differing | (meant & {"block"}) | (meant & {"review"} if not differing else set()))


def _counted(values) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for value in values.iterator(2_000):
        found[value] = found.get(value, 0) + 1
    return found


def _shadow(trial: Trial | None, at: datetime) -> str:
    if trial is None:
        return _("The shadow run has not begun.")
    left = trial.since + LIMITS.shadow - at
    if left > timedelta(0):
        hours = max(1, round(left.total_seconds() / 3600))
        return _("The shadow run lasts %(hours)d more hours at least.") % {"hours": hours}
    return ""


def _replay(trial: Trial | None) -> str:
    if trial is None or trial.ended_at is None:
        done, total = (trial.done, trial.total) if trial else (0, 0)
        return _("The replay is not complete: %(done)d of %(total)d texts.") % {"done": done, "total": total}
    return ""


def _golden(trial: Trial | None) -> str:
    if trial is None or not trial.golden:
        return _("The examples of the clauses have not been run.")
    if wrong := trial.golden["regressions"]:
        codes = ", ".join(sorted({row["clause"] for row in wrong}))
        return _("%(count)d examples of the pact would be decided wrongly (%(codes)s).") % {
            "count": len(wrong),
            "codes": codes,
        }
    if trial.golden["key"] != current_key():
        return _("Another edition is in force since: the examples are being run again.")
    return ""


def _sample(change: RuleChange) -> str:
    wanted = needed(change)
    wrong = [words for row in labelled(change) if row.stratum in wanted and (words := _short_of(row))]
    return " ".join(wrong)


def _short_of(row: Labelled) -> str:
    names = {"block": _("what it would block"), "review": _("what it would send to review")}
    name = names.get(row.stratum) or _("what it would let go")
    if not row.population:
        return _("No text of the trial shows %(what)s: nothing tells how often it would be right.") % {
            "what": name
        }
    if not row.drawn or row.right.n < row.drawn:
        left = row.drawn - row.right.n
        words = _("Of %(what)s %(left)d texts are drawn and not labelled.")
        # Whoever stops at the first good figure has not drawn by chance: what is drawn is labelled whole.
        return (words if row.drawn else _("Of %(what)s no sample is drawn.")) % {"what": name, "left": left}
    if row.passes:
        return ""
    figures = {"what": name, "low": 100 * row.right.low, "limit": 100 * row.limit, "n": row.right.n}
    words = _("Of %(what)s at least %(low).1f %% is right (%(n)d labelled); %(limit).0f %% is asked for.")
    if row.right.hits == row.right.n and row.right.n < fewest(row.limit):
        figures["fewest"] = fewest(row.limit)
        words += " " + _("All were right, but %(fewest)d would be needed.")
    return words % figures
