"""Drawing a sample, and labelling it text by text, by keyboard or by buttons."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingyu.community.pact import versions
from lingyu.kernel.access import KEEP_PACT, access

from .. import actions, excerpts
from ..forms import DrawForm
from ..models import RuleChange, Specimen
from .changing import found

ANSWERS = {"breaks": True, "fine": False, "undo": None}


@access(KEEP_PACT)
@require_POST
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Draw a sample of what differs."""
    row, form = found(number), DrawForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Say how many texts of each sort, as whole numbers."))
        sizes = dict(form.cleaned_data)
        actions.draw(actor=request.user, change=row, seed=sizes.pop("seed"), sizes=sizes)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("rule_change", number)
    return redirect("label_sample", number)


@access(KEEP_PACT)
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """The next text that nobody has labelled; nothing on it tells what the change says."""
    row = found(number)
    if request.method == "POST":
        _labelled(request, row)
        if not request.htmx:
            return redirect("label_sample", number)
    mine = Specimen.objects.filter(sample__change=row).select_related("difference__screening", "sample")
    next_one = mine.filter(breaks__isnull=True).order_by("sample__at", "place").first()
    last = mine.filter(by=request.user.id, breaks__isnull=False).order_by("-at").first()
    counts = {"done": mine.filter(breaks__isnull=False).count(), "total": mine.count()}
    shown = {"change": row, "specimen": next_one, "last": last, "pact": versions.in_force(), **counts}
    page = "rulebook/specimen.html" if request.htmx else "rulebook/sample.html"
    return render(request, page, shown | {"excerpt": excerpts.of_difference})


def _labelled(request: HttpRequest, row: RuleChange) -> None:
    rows = Specimen.objects.filter(sample__change=row).select_related("sample")
    answer = request.POST.get("answer", "")
    try:
        specimen = get_object_or_404(rows, id=request.POST.get("specimen"))
        if answer in ANSWERS:
            actions.label(actor=request.user, specimen=specimen, breaks=ANSWERS[answer])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
