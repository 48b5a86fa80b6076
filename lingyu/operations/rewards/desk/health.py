"""The health of the ledger: seals, checks, what did not add up, and receipts by what they came to.

Holds the view; the full proof, which walks every entry, is a command (`lingyu verify-ledger`).
"""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, F, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lingyu.community.feathers.explaining import OUTCOMES, TONES
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.actions import check_sample
from lingyu.community.ledger.models import Account, Entry, Transfer
from lingyu.community.ledger.reads import drift, last_anchor, totals
from lingyu.desk.board import shell
from lingyu.kernel.jobs import JOBS
from lingyu.store.models import JobRun

WATCHED = ("ledger.check", "ledger.seal", "ledger.expire_lots", "feathers.post_due")
RECENT = timedelta(days=30)
SAMPLE = 200
SHOWN = 20


def health(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """Whether the ledger is well; posted, some accounts are checked at once."""
    if rest:
        raise Http404(_("There is no such page."))
    if request.method == "POST":
        _check(request)
        return redirect("desk_page", operation.code, "health")
    found = list(drift()[:SHOWN])
    context = {
        "operation": operation,
        "totals": totals(),
        "drift": found,
        "anchor": last_anchor(),
        "unsealed": Account.objects.filter(version__gt=F("sealed")).count(),
        "jobs": _jobs(),
        "counts": {"entries": _rows(Entry), "transfers": _rows(Transfer), "accounts": _rows(Account)},
        "receipts": _receipts(),
    }
    return render(request, "rewards/health.html", shell() | context)


def _check(request: HttpRequest) -> None:
    """A look at some accounts drawn by chance, told in a message."""
    faults = len(check_sample(at=timezone.now(), size=SAMPLE))
    if faults:
        told = ngettext("%(num)d fault was found.", "%(num)d faults were found.", faults)
        messages.error(request, told % {"num": faults})
    else:
        told = _("Up to %(number)d accounts were checked: all add up.")
        messages.success(request, told % {"number": SAMPLE})


def _rows(model) -> int:
    return model.objects.order_by().count()


def _jobs() -> list[dict]:
    """When the jobs that keep the ledger last ran, and what went wrong."""
    known = [code for code in WATCHED if code in JOBS]
    runs, language = JobRun.objects.in_bulk(known), get_language() or "en"
    found = [(JOBS[code].label(language), runs.get(code)) for code in known]
    return [
        {"name": name, "at": run and run.ended_at, "error": run.last_error if run else ""}
        for name, run in found
    ]


def _receipts() -> list[dict]:
    """How many receipts of the last days came to what."""
    rows = Receipt.objects.filter(at__gte=timezone.now() - RECENT).order_by().values("outcome")
    counted = {r["outcome"]: r for r in rows.annotate(number=Count("id"), feathers=Sum("amount"))}
    return [
        {"label": _(words), "tone": TONES.get(code, ""), **counted[code]}
        for code, words in OUTCOMES.items()
        if code in counted
    ]
