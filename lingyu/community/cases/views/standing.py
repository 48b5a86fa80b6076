"""A member's own standing. Open to everybody signed in, muted and banned members too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lingyu.community.pact import names
from lingyu.kernel.access import SIGNED_IN, access

from ..telling import own
from ..weighing.credibility import PRIOR


@access(SIGNED_IN, silenced=True)
@require_safe
def my_standing(request: HttpRequest) -> HttpResponse:
    """The rung now and why, what a next finding would bring, one's reports and appeals."""
    now = timezone.now()
    standing, findings = own.findings_of(request.user, now)
    shown = {
        "standing": standing,
        "findings": findings,
        "nexts": own.nexts(request.user, now),
        "reports": own.reports_of(request.user),
        "weights": own.weights_of(request.user),
        "prior": PRIOR,
        "appeals": own.appeals_of(request.user),
        "name_of": own.name_of,
        "names": names,
    }
    return render(request, "cases/standing.html", shown)
