"""The queue as a moderator asks for it: filters, counts, and each priority taken apart in words.

Holds reads. The order is the model's (`CaseQuerySet.ranked`), the points are `priorities`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import versions
from lingyu.community.pact.clauses import Pact

from ..models import Case
from ..surfaces import SURFACES
from ..weighing import priorities

# What one may do with at once: more than a person looks at, less than a hostile form could ask for.
MOST = 200
# What each part of a priority is called, and what it means: one click away wherever a number is shown.
PARTS = {
    "minors": (
        _("Minors"),
        _(
            "It may harm a minor, says the screening, a moderator, or a member whose word weighs enough: "
            "such cases stand before all others. What only new accounts say is due as soon, and stands by "
            "its points."
        ),
    ),
    "harm": (
        _("Harm"),
        _(
            "20 points for each step of severity of the suspected clause; the least where none is suspected. "
            "Where only new accounts report it, in the measure of the confidence."
        ),
    ),
    "reach": (_("Reach"), _("5 points for each doubling of readers of the article.")),
    "confidence": (
        _("Confidence"),
        _("Up to 40 points: how sure the screening, or the reporters' record, makes it that it is so."),
    ),
    "reports": (
        _("Reports"),
        _(
            "8 points for each doubling of the number of members who report it; accounts younger than a week "
            "are one voice, however many."
        ),
    ),
}


@dataclass(frozen=True)
class Asked:
    """What of the queue is asked for; empty strings ask for everything."""

    kind: str = ""
    category: str = ""
    origin: str = ""
    late: bool = False
    mine: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """From an address; what it does not know, it does not ask for."""
        categories = {c.code for c in versions.in_force().categories}
        return cls(
            kind=_known(query.get("kind"), SURFACES),
            category=_known(query.get("category"), categories),
            origin=_known(query.get("origin"), Case.Origin.values),
            late=bool(query.get("late")),
            mine=bool(query.get("mine")),
        )

    def of_queue(self, member: Member, now: datetime) -> QuerySet[Case]:
        """The open cases asked for, the most pressing first, with who is looking at them."""
        found = Case.objects.open().select_related("member", "lease__holder")
        found = found.annotate(number_of_reports=Count("reports"))
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.category:
            found = found.filter(suspected__startswith=f"{self.category}.")
        if self.origin:
            found = found.filter(origin=self.origin)
        if self.late:
            found = found.filter(due_at__lte=now)
        if self.mine:
            found = found.filter(lease__holder=member, lease__until__gt=now)
        return found.ranked()


@dataclass(frozen=True)
class Counts:
    """How many cases are open, and of those: free, late, about minors, and the reader's."""

    open: int
    free: int
    late: int
    minors: int
    mine: int


def counts(member: Member, now: datetime) -> Counts:
    """The counts above the queue, in one query."""
    taken = Q(lease__until__gt=now)
    return Counts(
        **Case.objects.open().aggregate(
            open=Count("id"),
            free=Count("id", filter=~taken),
            late=Count("id", filter=Q(due_at__lte=now)),
            minors=Count("id", filter=Q(minors=True)),
            mine=Count("id", filter=taken & Q(lease__holder=member)),
        )
    )


def reasons(case: Case) -> list[tuple[str, str, int]]:
    """(name, meaning, points) of each part of a case's priority."""
    return [(*PARTS[code], points) for code, points in case.why if code in PARTS]


def in_a_sentence(case: Case) -> str:
    """The priority of a case as one line: its points, and what made them."""
    parts = " + ".join(f"{name} {points}" for name, _meaning, points in reasons(case))
    said = ngettext("%(points)d point: %(parts)s", "%(points)d points: %(parts)s", case.weight)
    return said % {"points": case.weight, "parts": parts}


def chosen(ids: list[str]) -> list[Case]:
    """Open cases by the ids of a form, in the queue's order; ValueError for more than `MOST`."""
    if len(ids) > MOST:
        raise ValueError(len(ids))
    known = [found for text in ids if (found := _uuid(text))]
    return list(Case.objects.open().filter(id__in=known).select_related("member", "lease__holder").ranked())


def choices(pact: Pact) -> dict[str, list[tuple[str, str]]]:
    """The kinds and the categories that one may ask for, each with its name."""
    language = get_language() or "en"
    return {
        "kinds": [(code, surface.label(language)) for code, surface in SURFACES.items()],
        "categories": [(c.code, f"{c.code} {c.label(language)}") for c in pact.categories],
    }


def formula() -> str:
    """How the points are computed, as it stands in the code."""
    p = priorities
    return (
        f"{p.MINORS}·minors + {p.HARM}·severity + {p.REACH}·log₂(1 + readers) "
        f"+ {p.CONFIDENCE}·confidence + {p.REPORTS}·log₂(1 + reports)"
    )


def _known(text: str | None, values) -> str:
    return text if text in values else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
