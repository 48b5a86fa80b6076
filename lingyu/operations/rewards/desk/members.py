"""Why did somebody (not) get feathers? A member is looked up, with balance, receipts and statement.

Holds the views, which only read, and the asking for an adjustment; another person decides it.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers import explaining
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rewards import BY_HAND
from lingyu.community.feathers.rules import PURPOSES, RULES, named
from lingyu.community.ledger.reads import balance, lots, statement
from lingyu.desk.board import shell

from .. import actions
from ..models import Adjustment

PAGE, FOUND = 30, 20


def _why() -> forms.CharField:
    read = gettext_lazy("The member reads it on the receipt.")
    return forms.CharField(label=gettext_lazy("Why"), max_length=200, help_text=read)


class GiveForm(forms.Form):
    """How many feathers, and why."""

    amount = forms.IntegerField(label=gettext_lazy("Feathers"), min_value=1)
    why = _why()


class TakeForm(forms.Form):
    """Which receipt's reward is taken back, and why."""

    receipt = forms.UUIDField(widget=forms.HiddenInput)
    why = _why()


def members(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """The search, and below the id of a member what became of their attempts."""
    if not rest.strip("/"):
        # PostgreSQL takes no text with a nought in it.
        asked = request.GET.get("q", "").replace("\0", "").strip()
        found = matching(asked)[:FOUND] if asked else None
        context = {"operation": operation, "asked": asked, "found": found}
        return render(request, "rewards/members.html", shell() | context)
    try:
        id = UUID(rest.strip("/"))
    except ValueError:
        raise Http404(_("There is no such member.")) from None
    return _one(request, operation, get_object_or_404(Member, id=id))


def matching(asked: str) -> QuerySet[Member]:
    """By name or address, from how it begins; by the id of a member or of a receipt, as a whole."""
    try:
        id = UUID(asked)
    except ValueError:
        begins = Q(username__istartswith=asked) | Q(pen_name__istartswith=asked) | Q(email__iexact=asked)
        return Member.objects.filter(begins).order_by("username")
    return Member.objects.filter(Q(id=id) | Q(id__in=Receipt.objects.filter(id=id).values("member")))


def _one(request: HttpRequest, operation, member: Member) -> HttpResponse:
    form = _form(request)
    if form.is_bound and form.is_valid() and _asked(request, form, member):
        return redirect("desk_page", operation.code, "adjustments")
    shown = {key: request.GET.get(key, "") for key in ("outcome", "cause")}
    page = Paginator(_receipts(member, **shown), PAGE).get_page(request.GET.get("page"))
    context = {
        "operation": operation,
        "member": member,
        "balance": balance(member.id),
        "lots": lots(member.id)[:6],
        "statement": statement(member.id)[:PAGE],
        "page": page,
        "shown": shown,
        "form": form,
        "taking": isinstance(form, TakeForm),
        "most": feathers.version_in_force(BY_HAND).terms,
        "waiting": Adjustment.objects.waiting().filter(member=member).count(),
        "named": named,
        "causes": [*RULES.values(), *PURPOSES.values()],
        "words": {"outcomes": explaining.OUTCOMES, "labelled": explaining.labelled, "why": explaining.why},
    }
    return render(request, "rewards/member.html", shell() | context)


def _receipts(member: Member, outcome: str, cause: str) -> QuerySet[Receipt]:
    rows = Receipt.objects.of(member).joined()
    if outcome in explaining.OUTCOMES:
        rows = rows.filter(outcome=outcome)
    return rows.filter(cause=cause) if named(cause) else rows


def _form(request: HttpRequest) -> forms.Form:
    """What is being asked for: to take back one receipt's reward, or to give."""
    data = request.POST if request.method == "POST" else None
    taking = request.POST.get("receipt") or request.GET.get("take")
    return TakeForm(data, initial={"receipt": taking}) if taking else GiveForm(data)


def _asked(request: HttpRequest, form: forms.Form, member: Member) -> Adjustment | None:
    """The adjustment that waits now; the form says why there is none."""
    data = form.cleaned_data
    try:
        if isinstance(form, TakeForm):
            receipt = get_object_or_404(Receipt, id=data["receipt"], member=member)
            made = actions.ask_to_take(actor=request.user, receipt=receipt, why=data["why"])
        else:
            made = actions.ask_to_give(
                actor=request.user, member=member, amount=data["amount"], why=data["why"]
            )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    messages.success(request, _("Asked for. It is done as soon as a second operator approves it."))
    return made
