"""The bell in the header of every page, with how many unread groups there are."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.accounts.models import Member
from lingyu.look.parts import part

from .centre import BELL_LIMIT, unread


@part("header", order=60)
def bell(request: HttpRequest) -> str:
    """A link to the centre; nothing for a visitor. One query, which an index of unread rows answers."""
    if not request.user.is_authenticated:
        return ""
    return render_to_string("notifications/bell.html", {"bell": ring(request.user)})


def ring(member: Member) -> dict:
    """What the bell says to a member."""
    count = unread(member)
    return {"count": count, "shown": f"{BELL_LIMIT - 1}+" if count >= BELL_LIMIT else str(count)}
