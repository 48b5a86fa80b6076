"""The numbers of a month: as a page, as a table, as data."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingyu.kernel.access import PUBLIC, access
from lingyu.store.sheets import to_csv

from .. import charts, files, showing
from ..months import Month


@access(PUBLIC)
@require_safe
def pact_numbers(request: HttpRequest, month: str = "") -> HttpResponse:
    """One month; the last published one when none is named, and the running one before the first."""
    now = timezone.now()
    known = showing.months(now)
    found = showing.shown(_asked(month, known) if month else showing.latest(known), now)
    context = {"it": found, "months": known, "running": known[0], "charts": charts.of(showing.over_time())}
    return render(request, "transparency/numbers.html", context)


@access(PUBLIC)
@require_safe
def numbers_table(request: HttpRequest, month: str) -> HttpResponse:
    """Every number of a month with its definition, as CSV."""
    found = showing.shown(_asked(month, showing.months()))
    answer = StreamingHttpResponse(
        to_csv(files.columns(), files.rows(found)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="pact-{found.month}.csv"'
    return answer


@access(PUBLIC)
@require_safe
def numbers_data(request: HttpRequest, month: str) -> HttpResponse:
    """A month as JSON: the publication to the letter, so that its digest can be checked, and as of today."""
    found = showing.shown(_asked(month, showing.months()))
    return JsonResponse(files.data(found), json_dumps_params={"ensure_ascii": False})


def _asked(text: str, known: list[Month]) -> Month:
    if text not in map(str, known):
        raise Http404(_("There are no numbers of this month."))
    return Month.parse(text)
