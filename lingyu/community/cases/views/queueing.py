"""The queue: what waits, what is taken next, and whether grave texts are covered at first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.community.pact import versions
from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..models import Case
from ..reviewing import queue, sampling
from ..surfaces import SURFACES

PAGE = 30
# A reviewer who does not want texts covered says so to this browser.
BARE = "review_bare"


@access(JUDGE)
@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    """The open cases, the most pressing first."""
    now, asked = timezone.now(), queue.Asked.of(request.GET)
    page = Paginator(asked.of_queue(request.user, now), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    shown = {"page": page, "asked": asked, "counts": queue.counts(request.user, now), "now": now}
    shown |= {"base": f"?{query.urlencode()}&page=", "surfaces": SURFACES, "origins": Case.Origin.choices}
    shown |= {"pact": versions.in_force(), "queue": queue, "bare": bare(request)}
    shown |= queue.choices(shown["pact"])
    return render(request, "cases/queue.html", shown)


@access(JUDGE)
@require_POST
def take_next_case(request: HttpRequest) -> HttpResponse:
    """Take the most pressing case that is free."""
    return give_next(request)


@access(JUDGE)
@require_POST
def cover_texts(request: HttpRequest) -> HttpResponse:
    """Cover grave texts until they are asked for, or not: for this browser."""
    answer = redirect("review_queue")
    if request.POST.get("cover"):
        answer.delete_cookie(BARE)
    else:
        answer.set_cookie(BARE, "1", max_age=365 * 86_400, samesite="Lax", httponly=True)
    return answer


def bare(request: HttpRequest) -> bool:
    """Whether this browser shows grave texts at once."""
    return bool(request.COOKIES.get(BARE))


def give_next(request: HttpRequest) -> HttpResponse:
    """The way to the next case: one of the queue, or now and then one that measures reviewing."""
    now = timezone.now()
    waiting = Case.objects.open().free(now).exclude(member=request.user).exists()
    if waiting and (look := sampling.drawn(request.user, now)):
        return redirect("review_case", sampling.begin(request.session, *look))
    lease = actions.take_next(actor=request.user)
    if lease is None:
        messages.info(request, _("Nothing is free at the moment: every case is decided, or taken."))
        return redirect("review_queue")
    return redirect("review_case", lease.case_id)
