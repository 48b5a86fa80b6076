"""A member's feathers, receipts, and how feathers are earned.

Holds the views: find, render.
"""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingyu.community.ledger.models import Entry
from lingyu.community.ledger.reads import balance, expiring, lots, statement
from lingyu.community.ledger.statements import HASH, PROOF, proof
from lingyu.kernel.access import PUBLIC, SIGNED_IN, access
from lingyu.store.sheets import Column, to_csv

from . import asking
from .actions import version_in_force
from .explaining import OUTCOMES, asked_for, labelled, why
from .models import Receipt
from .rules import RULES, named
from .subjects import named as subjects_of

PAGE = 20
SOON = timedelta(days=30)
CSV = "text/csv; charset=utf-8"


@access(SIGNED_IN, silenced=True)
@require_safe
def my_feathers(request: HttpRequest) -> HttpResponse:
    """What there is, what is promised, and what happened to it."""
    member = request.user
    page = Paginator(statement(member.id), PAGE).get_page(request.GET.get("page"))
    recent = list(Receipt.objects.of(member).joined()[:5])
    said = [*(r.subject for r in recent), *(entry.transfer.subject for entry in page)]
    context = {
        "balance": balance(member.id),
        "expiring": expiring(member.id, timezone.now() + SOON),
        "lots": lots(member.id)[:6],
        "page": page,
        "named": named,
        "recent": recent,
        "subjects": subjects_of(said),
    }
    return render(request, "feathers/mine.html", context | _words())


@access(SIGNED_IN, silenced=True)
@require_safe
def my_statement(request: HttpRequest) -> HttpResponse:
    """The whole statement as CSV, with what lets anybody check it (`lingyu verify-statement`)."""
    rows = statement(request.user.id).iterator(chunk_size=500)
    answer = StreamingHttpResponse(to_csv(_columns(), map(_line, rows)), content_type=CSV)
    answer["Content-Disposition"] = 'attachment; filename="feathers.csv"'
    return answer


def _columns() -> list[Column]:
    words = (_("Time"), _("Movement"), _("What for"), _("Subject"), _("Feathers"), _("Balance"), _("Number"))
    kinds = ("text", "text", "text", "text", "count", "count", "count", "text", "text", "text")
    labels = (*words, "key", HASH, PROOF)
    return [Column(label, label, kind) for label, kind in zip(labels, kinds, strict=True)]


def _line(entry: Entry) -> list:
    moved = entry.transfer
    at = timezone.localtime(moved.at).isoformat()
    said = [at, moved.kind, moved.cause, moved.subject]
    return [*said, entry.amount, entry.balance, entry.version, moved.key, entry.hash, proof(entry)]


@access(SIGNED_IN, silenced=True)
@require_safe
def my_receipts(request: HttpRequest) -> HttpResponse:
    """Every attempt to earn or spend, and why it came to what it came to; `format=csv` as a file."""
    asked = asking.read(request.GET)
    rows = Receipt.objects.of(request.user).joined().told(**asked.chosen())
    if request.GET.get("format") == "csv":
        return asking.as_file(rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "subjects": subjects_of(r.subject for r in page),
        "asked": asked,
        "against": asking.against(rows),
        "causes": asking.causes(request.user),
    }
    return render(request, "feathers/receipts.html", context | _words())


@access(SIGNED_IN, silenced=True)
@require_safe
def receipt(request: HttpRequest, id: UUID) -> HttpResponse:
    """One receipt, with all that belongs to the same business."""
    rows = Receipt.objects.all() if request.user.may("feathers.manage") else Receipt.objects.of(request.user)
    found = get_object_or_404(rows.with_promise().select_related("member"), id=id)
    same = Receipt.objects.filter(key=found.key, member=found.member).order_by("at", "id")
    about = subjects_of([found.subject]).get(found.subject)
    return render(
        request, "feathers/receipt.html", {"receipt": found, "same": same, "about": about} | _words()
    )


@access(PUBLIC)
@require_safe
def feather_rules(request: HttpRequest) -> HttpResponse:
    """How feathers are earned: the rules as they are in force now."""
    versions = [(rule, version_in_force(rule)) for rule in RULES.values() if not rule.by_hand]
    rules = [(rule, version, asked_for(version.terms)) for rule, version in versions]
    return render(request, "feathers/rules.html", {"rules": rules})


def _words() -> dict:
    return {"words": {"outcomes": OUTCOMES, "labelled": labelled, "why": why}}
