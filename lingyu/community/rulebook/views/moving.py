"""Going live, withdrawing, rolling back, undoing: each says first what it does."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingyu.kernel.access import KEEP_PACT, access

from .. import actions, effects
from ..forms import WhyForm
from .changing import found

NAMED = 50


@access(KEEP_PACT)
@require_POST
def go_live(request: HttpRequest, number: int) -> HttpResponse:
    """Put a change into force, or say what is missing."""
    row = found(number)
    words = _("Change %(number)d is live. Every process takes it up within seconds.") % {"number": number}
    return _done(request, number, words, lambda: actions.go_live(actor=request.user, change=row))


@access(KEEP_PACT)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Give up a change that is on trial."""
    row, why = found(number), request.POST.get("why", "")
    words = _("The change is withdrawn.")
    return _done(request, number, words, lambda: actions.withdraw(actor=request.user, change=row, why=why))


@access(KEEP_PACT)
@require_http_methods(["GET", "POST"])
def roll_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take a live change out of force, after a look at what it did."""
    row, form = found(number), WhyForm(request.POST or None)
    if not form.is_valid():
        shown = {"change": row, "form": form, "share": effects.overturned(row)["all"], **_preview(row)}
        return render(request, "rulebook/roll_back.html", shown)
    why, words = form.cleaned_data["why"], _("The change is rolled back. What it did can be undone below.")
    return _done(request, number, words, lambda: actions.roll_back(actor=request.user, change=row, why=why))


@access(KEEP_PACT)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo all that a rolled back change did by itself, after a look at what that is."""
    row = found(number)
    if request.method != "POST":
        return render(request, "rulebook/undo.html", {"change": row, **_preview(row)})
    words = _("It is being undone; this page says when it is done.")
    return _done(request, number, words, lambda: actions.undo(actor=request.user, change=row))


def _preview(row) -> dict:
    what = effects.undoing(row)
    return {
        "release": what.release.select_related("member").order_by("opened_at")[:NAMED],
        "released": what.release.count(),
        "reversed": what.reverse.count(),
        "kept": what.kept,
        "refused": what.refused.values("screening__member").distinct().count(),
    }


def _done(request: HttpRequest, number: int, words: str, act: Callable[[], object]) -> HttpResponse:
    """Act, and go to the change's page with what came of it."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("rule_change", number)
