"""Drafting the next version of the pact: edited clause by clause, seen as a diff, then announced."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingyu.kernel.access import KEEP_PACT, access

from .. import actions, comparing, drafting, names, versions
from ..clauses import Pact


@dataclass
class Draft:
    """What was sent, and what came of it: the pact as drafted, the changes, the errors."""

    pact: Pact
    note_zh: str = ""
    note_en: str = ""
    day: str = ""
    errors: list[str] = field(default_factory=list)
    changes: list[comparing.Changed] | None = None


@access(KEEP_PACT)
@require_http_methods(["GET", "POST"])
def draft_pact(request: HttpRequest) -> HttpResponse:
    """Edit the latest version; look at what would change; announce it."""
    latest = versions.numbered(versions.numbers()[-1])
    draft = _read(request, latest) if request.method == "POST" else Draft(latest)
    if "announce" in request.POST and not draft.errors and _announced(request, draft):
        return redirect("pact_versions")
    return render(request, "pact/draft.html", _shown(draft, latest), status=422 if draft.errors else 200)


def _read(request: HttpRequest, latest: Pact) -> Draft:
    notes = (request.POST.get(name, "")[:300] for name in ("note_zh", "note_en"))
    sent = Draft(latest, *notes, request.POST.get("day", "")[:10])
    try:
        sent.pact = drafting.drafted(latest, request.POST)
        sent.changes = comparing.compared(latest, sent.pact)
    except ValidationError as error:
        sent.errors = error.messages
    return sent


def _announced(request: HttpRequest, draft: Draft) -> bool:
    """Announce it; False with the reason on the draft."""
    try:
        moment = drafting.first_moment(draft.day)
        notes = {"note_zh": draft.note_zh, "note_en": draft.note_en}
        row = actions.announce(actor=request.user, pact=draft.pact, in_force_at=moment, **notes)
    except ValidationError as error:
        draft.errors = error.messages
        return False
    messages.success(
        request, _("Version %(number)d is announced. Members are told.") % {"number": row.number}
    )
    return True


def _shown(draft: Draft, latest: Pact) -> dict:
    return {
        "draft": draft,
        "latest": latest,
        "earliest": drafting.earliest(timezone.now()),
        "notice": versions.NOTICE.days,
        "names": names,
        "limit": drafting.WORDS_LIMIT,
    }
