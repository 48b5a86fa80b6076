"""Ways to a report, at whatever members write: hung on what other rooms show.

Holds declarations. One's own is offered no report, nor is anything to a visitor.
"""

from functools import cache
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts import door
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section
from lingyu.look.offers import offer
from lingyu.look.parts import part

NOBODY = UUID(int=0)


def address_of(kind: str, id: UUID) -> str:
    """Where one reports a subject."""
    before, after = _around(kind)
    return f"{before}{id}{after}"


@cache
def _around(kind: str) -> tuple[str, str]:
    """The address without the id: below an article it is asked for by every comment, twice."""
    before, _, after = reverse("report", args=[kind, NOBODY]).partition(str(NOBODY))
    return before, after


offer(
    "report",
    "comment",
    _("Report"),
    icon="flag",
    order=80,
    href=lambda comment: address_of("comment", comment.id),
    to=lambda user, comment: user.is_authenticated and comment.author_id != user.id,
    dialog=True,
)
offer(
    "report",
    "member",
    _("Report"),
    icon="flag",
    order=80,
    href=lambda member: address_of("member", member.id),
    to=lambda user, member: user.is_authenticated and member.id != user.id,
    dialog=True,
)


@section("report", order=90, place="bar")
def report_in_the_bar(request: HttpRequest, article: Article) -> str:
    """The link under the title of somebody else's article."""
    user = request.user
    if not (article.is_published and user.is_authenticated and article.author_id != user.id):
        return ""
    return render_to_string("cases/report_link.html", {"href": address_of("article", article.id)}, request)


@part("account", order=40)
def standing_card(request: HttpRequest) -> str:
    """Where one stands, among the cards of one's own page."""
    return render_to_string("cases/standing_card.html", {"standing": door.standing_of(request.user)}, request)
