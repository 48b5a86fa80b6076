"""The page of a lever: what it does, its form, a second look before it is pulled; and taking it back."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingyu.kernel.access import OPEN_DESK, access
from lingyu.kernel.operations import OPERATIONS, Lever, Operation

from ..actions import pull_lever, undo_pull
from ..board import shell
from ..models import Pull


@access(OPEN_DESK)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, code: str, lever: str) -> HttpResponse:
    """What the lever does and its form; posted once, what will be done; posted again, done."""
    operation, found = _find(request, code, lever)
    form = (found.form or forms.Form)(request.POST if request.method == "POST" else None)
    ready = form.is_valid() and _allowed(found, form)
    if ready and "sure" in request.POST and _pulled(request, operation, found, form):
        return _to_levers(operation)
    chosen = _chosen(form) if ready and not form.errors else []
    context = {"operation": operation, "lever": found, "form": form, "chosen": chosen}
    return render(request, "desk/lever.html", shell() | context | {"refusal": _refusal(found)})


def _refusal(lever: Lever) -> str | None:
    """Why the lever may not be pulled by anybody now."""
    return lever.guard() if lever.guard else None


@access(OPEN_DESK)
@require_POST
def undo(request: HttpRequest, code: str, lever: str, pull: UUID) -> HttpResponse:
    """Take back what a pull did."""
    operation, found = _find(request, code, lever)
    pulled = get_object_or_404(Pull, id=pull, operation=operation.code, lever=found.code)
    if undo_pull(actor=request.user, lever=found, pull=pulled):
        messages.success(request, _("Taken back."))
    else:
        messages.info(request, _("There was nothing left to take back."))
    return _to_levers(operation)


def _to_levers(operation: Operation) -> HttpResponse:
    """Back to the desk, where its pulls stand."""
    return redirect(f"{reverse('desk_operation', args=[operation.code])}#levers")


def _find(request: HttpRequest, code: str, lever: str) -> tuple[Operation, Lever]:
    operation = OPERATIONS.get(code)
    found = operation.lever(lever) if operation else None
    if found is None:
        raise Http404(_("This desk has no such lever."))
    if not request.user.may(found.permission):
        raise PermissionDenied(found.permission)
    return operation, found


def _allowed(lever: Lever, form: forms.Form) -> bool:
    """Whether the guard lets these fields pass; the form says why it does not."""
    why = lever.guard(**form.cleaned_data) if lever.guard else None
    if why:
        form.add_error(None, _(why))
    return not why


def _pulled(request: HttpRequest, operation: Operation, lever: Lever, form: forms.Form) -> Pull | None:
    """The pull, or None with the reasons on the form."""
    try:
        pull = pull_lever(actor=request.user, operation=operation, lever=lever, fields=form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    name = lever.label(get_language() or "en")
    messages.success(
        request, _("“%(lever)s” is done. “Pulled lately”, below, will show what follows.") % {"lever": name}
    )
    return pull


def _chosen(form: forms.Form) -> list[tuple[str, str]]:
    """(label, what was chosen) of every field that was filled in, as the form itself words it."""
    return [
        (bound.label, _worded(bound.field, value))
        for bound in form.visible_fields()
        if (value := form.cleaned_data.get(bound.name)) not in (None, "")
    ]


def _worded(field: forms.Field, value) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    return str(dict(getattr(field, "choices", ())).get(value, value))
