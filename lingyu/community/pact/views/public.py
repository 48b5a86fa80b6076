"""The pact as everybody reads it: the version in force, all versions, and what changed between two."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingyu.kernel.access import PUBLIC, access

from .. import comparing, ladder, names, standings, versions, words
from ..clauses import Pact
from ..coverage import coverage, whole


@access(PUBLIC)
@require_safe
def pact(request: HttpRequest) -> HttpResponse:
    """The version in force, how each clause is found, and the ladder."""
    now = timezone.now()
    return render(request, "pact/pact.html", _shown(versions.number_at(now), now))


@access(PUBLIC)
@require_safe
def pact_versions(request: HttpRequest) -> HttpResponse:
    """Every version there was or will be."""
    now = timezone.now()
    context = {"editions": versions.editions(), "current": versions.number_at(now), "moment": now}
    return render(request, "pact/versions.html", context)


@access(PUBLIC)
@require_safe
def pact_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version as it was announced."""
    _known(number)
    return render(request, "pact/pact.html", _shown(number, timezone.now()))


@access(PUBLIC)
@require_safe
def pact_changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a version changed of the one before it."""
    after = _known(number)
    if number == versions.FIRST:
        raise Http404
    changes = comparing.compared(versions.numbered(number - 1), after)
    return render(
        request, "pact/changes.html", {"edition": _edition(number), "changes": changes, "names": names}
    )


def _shown(number: int, now: datetime) -> dict:
    """What the page of a version needs."""
    shown, current = versions.numbered(number), versions.number_at(now)
    awaited = versions.awaited(now)
    return {
        "pact": shown,
        "edition": _edition(number),
        "current": current,
        "awaited": awaited,
        "days_left": (awaited.in_force_at - now).days + 1 if awaited else 0,
        "coverage": coverage(shown, get_language() or "en"),
        "total": whole(shown, _("All clauses")),
        "names": names,
        "rungs": ladder.RUNGS.values(),
        "ladder": standings.CURRENT,
        "rules": words.rules(standings.CURRENT),
        "memory": words.memory,
    }


def _known(number: int) -> Pact:
    if number not in versions.numbers():
        raise Http404
    return versions.numbered(number)


def _edition(number: int) -> versions.Edition:
    return next(edition for edition in versions.editions() if edition.number == number)
