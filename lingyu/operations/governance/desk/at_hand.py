"""What waits at this moment, and the ways to where it is seen to: the moderators' own pages.

Holds the view: find, call, render.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.cases.models import Appeal, Case
from lingyu.community.cases.reviewing.awaiting import awaiting
from lingyu.community.comments.models import Comment
from lingyu.community.rings.models import Ring
from lingyu.desk.board import shell
from lingyu.kernel.access import JUDGE


def at_hand(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """Open cases, comments, appeals, second looks and rings, each with its page."""
    if rest:
        raise Http404(_("There is no such page."))
    context = {"operation": operation, "judges": request.user.may(JUDGE)}
    context |= {"waiting": _waiting(request.user, timezone.now())}
    return render(request, "governance/at_hand.html", shell() | context)


def _waiting(reader, now: datetime) -> list[dict]:
    """A tile each: how many wait, how many of them are late, and where they are seen to."""
    cases, appeals = Case.objects.open(), Appeal.objects.waiting()
    return [
        {
            "name": _("Open cases"),
            "about": _("Subjects that a person has to look at and nobody has decided."),
            "icon": "scale",
            "way": "review_queue",
            "number": cases.count(),
            "late": cases.filter(due_at__lte=now).count(),
        },
        {
            "name": _("Comments that wait"),
            "about": _("Comments that nobody has let through or taken away."),
            "icon": "message-square",
            "way": "comment_review",
            "number": Comment.objects.waiting().count(),
        },
        {
            "name": _("Appeals that wait"),
            "about": _("Appeals that nobody has ruled on; somebody other than who decided does."),
            "icon": "megaphone",
            "way": "review_appeals",
            "number": appeals.count(),
            "late": appeals.filter(due_at__lte=now).count(),
        },
        {
            "name": _("Second looks"),
            "about": _("Permanent or aggravated penalties that wait for a second person."),
            "icon": "users",
            "way": "review_seconds",
            "number": len(awaiting(reader, now)),
        },
        {
            "name": _("Rings that wait"),
            "about": _("Groups of accounts that seem to act together, not yet confirmed or dismissed."),
            "icon": "waypoints",
            "way": "review_rings",
            "number": Ring.objects.waiting().count(),
        },
    ]
