"""Beside each waiting comment: that nothing was found in it, or the case in which it is decided.

Holds what is registered with `comments.notes`.
"""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from lingyu.community.comments.notes import Note, knows
from lingyu.community.pact import versions
from lingyu.community.pact.models import Screening

from ..models import Case


@knows
def of_cases(ids: list[UUID]) -> dict[UUID, Note]:
    """The open case about a comment; else what the screening said of it, where it has looked."""
    subjects = {f"comment:{id}": id for id in ids}
    looks = Screening.objects.filter(subject__in=subjects).order_by("at", "id")
    found = {
        subjects[s]: _nothing() for s, said in looks.values_list("subject", "decision") if said == "pass"
    }
    for case in Case.objects.open().filter(subject__in=subjects):
        found[subjects[case.subject]] = _case(case)
    return found


def _nothing() -> Note:
    return Note(_("Nothing found"), "good", "shield-check")


def _case(case: Case) -> Note:
    clause = versions.in_force(case.acted_at).by_code.get(case.suspected)
    words = _("Case: clause %(code)s") % {"code": clause.code} if clause else _("Case")
    return Note(words, "warn", "scale", reverse("review_case", args=[case.id]), holds=True)
