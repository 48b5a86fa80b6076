"""The pages of exploring: each finds, calls and renders."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingyu.kernel.access import EXPORT_DATA, OPEN_DESK, PUBLIC, access
from lingyu.kernel.operations import OPERATIONS, Operation

from .. import board
from . import actions, asking, exports, keeping, pages
from .kinds import KINDS, Kind
from .models import Embed, SavedQuestion
from .source import Source


@access(OPEN_DESK)
@require_GET
def hub(request, code):
    """What can be asked, with examples; what was saved."""
    return render(
        request, "desk/explore/hub.html", pages.hub(_operation(code), _uuid(request.GET.get("deleted")))
    )


@access(OPEN_DESK)
@require_GET
def question(request, code, kind):
    """One question, all of it in the address; an HTMX request gets the part that changes."""
    operation, chosen = _operation(code), _kind(kind)
    if "do" in request.GET and not request.htmx:
        address = reverse("desk_explore_question", args=[code, kind])
        return redirect(f"{address}?{asking.plain(asking.edited(request.GET))}")
    context = pages.question(operation, chosen, request)
    return _fragment(request, context) if context["part"] else _page(request, context)


@access(EXPORT_DATA)
@require_GET
def export(request, code, kind, ext):
    """The answer as a CSV or Excel file."""
    operation, chosen, source = _operation(code), _kind(kind), Source()
    asked = asking.read(chosen, request.GET, source.known, source.today)
    if asked.question is None:
        return HttpResponse(
            "\n".join(asked.errors.values()), status=400, content_type="text/plain; charset=utf-8"
        )
    found = source.ask(asked.question, asked.before)
    if found.answer is None:
        return HttpResponse(found.refused, status=503, content_type="text/plain; charset=utf-8")
    return exports.file(operation, asked, found, ext)


@access(OPEN_DESK)
@require_POST
def save(request, code, kind):
    """Keep the question under a title."""
    operation, asked = _operation(code), _posted(request, kind)
    try:
        actions.save_question(
            actor=request.user, operation=operation, asked=asked, title=request.POST.get("title", "")
        )
        messages.success(request, _("The question is saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{reverse('desk_explore_question', args=[code, kind])}?{asked.address}")


@access(OPEN_DESK)
@require_POST
def rename(request, code, saved):
    """Give a saved question another title."""
    found = get_object_or_404(SavedQuestion.objects.standing(), operation=code, pk=saved)
    try:
        actions.rename_question(actor=request.user, saved=found, title=request.POST.get("title", ""))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("desk_explore", code)


@access(OPEN_DESK)
@require_POST
def delete(request, code, saved):
    """Take a saved question off the desk; the hub offers to take that back."""
    found = get_object_or_404(SavedQuestion, operation=code, pk=saved)
    actions.delete_question(actor=request.user, saved=found)
    return redirect(f"{reverse('desk_explore', args=[code])}?deleted={found.pk}")


@access(OPEN_DESK)
@require_POST
def restore(request, code, saved):
    """Take a deletion back."""
    found = get_object_or_404(SavedQuestion, operation=code, pk=saved)
    actions.restore_question(actor=request.user, saved=found)
    return redirect("desk_explore", code)


@access(EXPORT_DATA)
@require_POST
def embed(request, code, kind):
    """Make an address under which the answer is seen without signing in; it stands on the hub."""
    operation, asked = _operation(code), _posted(request, kind)
    try:
        actions.embed_answer(
            actor=request.user, operation=operation, asked=asked, title=request.POST.get("title", "")
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(f"{reverse('desk_explore_question', args=[code, kind])}?{asked.address}")
    messages.success(request, _("Whoever has its address can see it now, until you revoke it."))
    return redirect(f"{reverse('desk_explore', args=[code])}#embeds")


@access(EXPORT_DATA)
@require_POST
def revoke(request, code, embed):
    """Let the address of an embedded answer show nothing any more."""
    found = get_object_or_404(Embed, operation=code, pk=embed)
    actions.revoke_embed(actor=request.user, embed=found)
    messages.success(request, _("The address shows nothing any more."))
    return redirect("desk_explore", code)


@access(PUBLIC)
@require_GET
def embedded(request, token):
    """The chart and the table of one answer, for whoever has the address."""
    context = pages.embedded(keeping.embed_of(token), request)
    return keeping.framed_by_others(render(request, "desk/explore/embed.html", context))


def _page(request, context: dict) -> HttpResponse:
    answer = render(request, "desk/explore/question.html", board.shell() | context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _fragment(request, context: dict) -> HttpResponse:
    """The answer alone; the form, too, where a row of it changed or a field has to say what is wrong."""
    whole = request.htmx.target == "explore" or context["asked"].errors
    answer = render(request, f"desk/explore/_{'explore' if whole else 'answer'}.html", context)
    answer["HX-Push-Url"] = f"{request.path}?{context['asked'].address}"
    if whole:
        answer["HX-Retarget"] = "#explore"
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _posted(request, kind: str) -> asking.Asked:
    """The question whose address was posted."""
    source = Source()
    return asking.read(_kind(kind), QueryDict(request.POST.get("address", "")), source.known, source.today)


def _operation(code: str) -> Operation:
    try:
        return OPERATIONS[code]
    except KeyError:
        raise Http404(_("There is no such desk.")) from None


def _kind(code: str) -> Kind:
    try:
        return KINDS[code]
    except KeyError:
        raise Http404(_("There is no such question.")) from None


def _uuid(text: str | None) -> str:
    return text if text and len(text) == 36 and text.count("-") == 4 else ""
