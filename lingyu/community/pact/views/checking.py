"""What the door would say of words that are not sent yet. Keeps nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from lingyu.community.accounts import door
from lingyu.kernel.access import SIGNED_IN, access

KINDS = ("comment", "nickname")
# The names under which forms send what they hold.
_FIELDS = ("text", "body", "pen_name", "bio")
LONGEST = 4_000


@access(SIGNED_IN)
@require_POST
def check_words(request: HttpRequest) -> HttpResponse:
    """Remarks on the words of a form, as the same form would show them when it is refused."""
    kind = request.POST.get("kind", "")
    text = "\n".join(part for name in _FIELDS if (part := request.POST.get(name, "").strip()))[:LONGEST]
    if kind not in KINDS or not text or not door.may_look(request.user):
        return HttpResponse(status=204 if text else 200)
    decision, remarks = door.look(kind=kind, text=text)
    shown = {"decision": decision, "remarks": remarks, "contest": "contest" in request.POST}
    return render(request, "accounts/remarks_live.html", shown)
