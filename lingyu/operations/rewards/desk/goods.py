"""The goods page: what is in the mall, and below it each good: terms, stock, codes, on and off sale; tiers.

Holds the views: find, call, render.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.community.mall import actions, tiers
from lingyu.community.mall.models import Batch, Good, Order, TierTable, Wish
from lingyu.community.pictures.actions import add_picture
from lingyu.desk.board import shell

from .good_form import GoodForm, TiersForm

KINDS = tuple(Good.Kind.values)


def goods(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All goods; below `new/KIND` the form of a new one, below an id the good, below `tiers` the tiers."""
    head, _slash, more = rest.strip("/").partition("/")
    if not head:
        return _all(request, operation)
    if head == "tiers":
        return _tiers(request, operation)
    if head == "new" and more in KINDS:
        return _new(request, operation, more)
    return _one(request, operation, _found(head))


def _found(text: str) -> Good:
    try:
        id = UUID(text)
    except ValueError:
        raise Http404(_("There is no such good.")) from None
    return get_object_or_404(Good.objects.counted().select_related("supplier"), id=id)


def _all(request: HttpRequest, operation) -> HttpResponse:
    rows = list(Good.objects.counted().select_related("supplier").order_by("-is_open", "position", "-id"))
    sold = {good.id: 0 for good in rows}
    for good in Order.objects.kept().filter(good__in=rows).values_list("good", flat=True):
        sold[good] += 1
    context = {"operation": operation, "goods": rows, "sold": sold, "kinds": Good.Kind.choices}
    return render(request, "rewards/goods.html", shell() | context)


def _new(request: HttpRequest, operation, kind: str) -> HttpResponse:
    form = GoodForm(kind, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (made := _made(request, form, kind)):
        messages.success(request, _("It is there. Put it on sale when it is ready."))
        return redirect("desk_subpage", operation.code, "goods", str(made.id))
    context = {"operation": operation, "form": form, "kind": Good.Kind(kind).label}
    return render(request, "rewards/good_new.html", shell() | context)


def _made(request: HttpRequest, form: GoodForm, kind: str) -> Good | None:
    try:
        stock = form.cleaned_data.get("stock")
        terms = form.terms() | _picture(request, form)
        return actions.make_good(actor=request.user, kind=kind, stock=stock, **terms)
    except ValidationError as error:
        form.complain(error)
        return None


def _picture(request: HttpRequest, form: GoodForm) -> dict:
    """The name of a picture that was sent with the form, or none where it is to go."""
    if form.cleaned_data.get("without"):
        return {"picture": ""}
    sent = form.cleaned_data.get("image")
    if not sent:
        return {}
    try:
        return {
            "picture": add_picture(actor=request.user, data=sent.read(), alt=form.cleaned_data["zh"]).name
        }
    except ValidationError as error:
        raise ValidationError({"image": error.messages}) from None


def _one(request: HttpRequest, operation, good: Good) -> HttpResponse:
    form, imported = GoodForm(good.kind, good=good), None
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what == "save":
            form = GoodForm(good.kind, request.POST, request.FILES, good=good)
            if form.is_valid() and _saved(request, form, good):
                return redirect(request.path)
        elif what == "codes":
            imported = _imported(request, good)
        elif what in DOINGS:
            _done(request, good, what)
            return redirect(request.path)
        good = _found(str(good.id))
    context = {
        "operation": operation,
        "good": good,
        "form": form,
        "imported": imported,
        "versions": good.versions.select_related("by")[:10],
        "openings": good.openings.select_related("opened_by", "closed_by").order_by("-opened_at")[:5],
        "batches": _batches(good),
        "waiting": Wish.objects.filter(good=good, told_at__isnull=True).count(),
        "orders": good.orders.count(),
    }
    return render(request, "rewards/good.html", shell() | context)


def _batches(good: Good) -> list[tuple[Batch, int]]:
    rows = good.batches.select_related("by").order_by("-at")[:20]
    return [(batch, batch.codes.free().count()) for batch in rows]


def _saved(request: HttpRequest, form: GoodForm, good: Good) -> bool:
    try:
        terms = form.terms() | _picture(request, form)
        expected = form.cleaned_data["expected"] or 0
        made = actions.change_good(actor=request.user, good=good, expected=expected, **terms)
    except ValidationError as error:
        form.complain(error)
        return False
    messages.success(request, _("Version %(number)d is in force.") % {"number": made.version})
    return True


def _imported(request: HttpRequest, good: Good):
    """What came of pasted codes or a file of them; None with a message when they could not be read."""
    text = request.POST.get("codes", "")
    try:
        if file := request.FILES.get("file"):
            text += "\n" + _read(file)
        return actions.import_codes(actor=request.user, good=good, text=text)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None


def _read(file) -> str:
    if file.size > 2 * 2**20:
        raise ValidationError(_("The file is larger than 2 MB."))
    raw = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("This is no text file."))


def _open(request: HttpRequest, good: Good) -> str:
    return _("It is on sale.") if actions.open_good(actor=request.user, good=good) else ""


def _close(request: HttpRequest, good: Good) -> str:
    return _("It is off sale.") if actions.close_good(actor=request.user, good=good) else ""


def _restock(request: HttpRequest, good: Good) -> str:
    text = request.POST.get("pieces", "").strip()
    pieces = (
        int(text) if text.lstrip("+-").isascii() and text.lstrip("+-").isdecimal() and len(text) < 9 else 0
    )
    actions.restock(actor=request.user, good=good, pieces=pieces)
    return _("The stock has been changed.")


def _withdraw(request: HttpRequest, good: Good) -> str:
    id = request.POST.get("batch", "")
    batch = next((b for b in good.batches.all() if str(b.id) == id), None)
    if batch is None:
        return ""
    number = actions.withdraw_codes(actor=request.user, good=good, batch=batch)
    said = ngettext("%(number)d code was withdrawn.", "%(number)d codes were withdrawn.", number)
    return said % {"number": number}


DOINGS = {"open": _open, "close": _close, "restock": _restock, "withdraw": _withdraw}


def _done(request: HttpRequest, good: Good, what: str) -> None:
    try:
        if said := DOINGS[what](request, good):
            messages.success(request, said)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _tiers(request: HttpRequest, operation) -> HttpResponse:
    last = TierTable.objects.order_by("-number").first()
    form = TiersForm(request.POST or None, tiers=tiers.in_force(), expected=last.number if last else 0)
    if request.method == "POST" and form.is_valid():
        try:
            expected = form.cleaned_data["expected"]
            actions.change_tiers(actor=request.user, tiers=form.rows(), expected=expected)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("The tiers are in force."))
            return redirect(request.path)
    return render(request, "rewards/tiers.html", shell() | {"operation": operation, "form": form})
