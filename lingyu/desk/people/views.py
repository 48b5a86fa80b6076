"""The pages of people: the search and who was here last, and one person."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingyu.kernel.access import ADMINISTER, MANAGE_SOURCES, SEE_PEOPLE, access
from lingyu.store.engines.base import EngineError
from lingyu.store.log import sequences

from .. import board
from ..views import _operation
from . import actions, finding
from .telling import Person


@access(SEE_PEOPLE)
@require_GET
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Who goes by a name; without one, who was here last."""
    seen, words = sequences(), request.GET.get("q", "")[:200]
    found = finding.search(seen, words) if words.strip() else None
    shown = {"operation": _operation(code), "words": words, "found": found}
    shown |= {"lately": finding.lately(seen) if found is None else []}
    return render(request, "desk/people/list.html", board.shell() | shown)


@access(SEE_PEOPLE)
@require_GET
def person(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One person: all that is known, and one day of the time line."""
    one = Person(sequences(), number)
    if not one.is_there:
        raise Http404(_("There is nobody of this number."))
    if one.number != number:
        return redirect("person", code, one.number)
    actions.note_seen(actor=request.user, number=number)
    shown = {"operation": _operation(code), "person": one} | line(request, one)
    return render(request, "desk/people/person.html", board.shell() | shown)


@access(MANAGE_SOURCES)
@require_POST
def part(request: HttpRequest, code: str, number: int, join: int) -> HttpResponse:
    """Take back that two numbers are one person's."""
    try:
        if actions.part(actor=request.user, join=join, reason=request.POST.get("reason", "")):
            messages.success(request, _("They are counted as two again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", _operation(code).code, number)


@access(ADMINISTER)
@require_POST
def forget(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Forget a person."""
    try:
        gone = actions.forget(actor=request.user, number=number, reason=request.POST.get("reason", ""))
        messages.success(request, _("Forgotten, with %(number)s facts.") % {"number": gone})
        return redirect("people", _operation(code).code)
    except (ValidationError, EngineError) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect("person", _operation(code).code, number)


def line(request: HttpRequest, one: Person) -> dict:
    """The day of the time line that is asked for, else the last one, with the days beside it."""
    event = request.GET.get("event", "")
    days = one.days(event)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = days[0] if days else None
    earlier = next((d for d in days if day and d < day), None)
    later = next((d for d in reversed(days) if day and d > day), None)
    happened = one.on(day, event) if day else []
    return {"day": day, "event": event, "earlier": earlier, "later": later, "happened": happened}
