"""The comments below an article: the thread as one reader sees it, and the form.

Read by the article page, and by the fragments that replace it in place: one template for both.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.accounts import door
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section
from lingyu.store.prepared import Prepared

from .forms import CommentForm
from .models import Comment
from .reasons import REASONS

PAGE = 20


@section("comments", order=50)
def comments_below(request: HttpRequest, article: Article) -> str:
    """The whole section as HTML; nothing below a draft."""
    if not article.is_published:
        return ""
    return render_to_string("comments/section.html", thread(request, article), request)


def thread(request: HttpRequest, article: Article, form: CommentForm | None = None) -> dict:
    """What the section's template needs; `form` when one was sent and did not pass."""
    asked = {"article": article.id}
    if request.user.is_authenticated:
        asked["reader"] = request.user.id
    numbers = NUMBERS.first(**asked) or {"approved": 0, "opening": 0}
    page = Paginator(_Openings(numbers["opening"], asked), PAGE).get_page(request.GET.get("comments"))
    answering = form["parent"].value() if form else _asked_for(request)
    return {
        "article": article,
        "comments": page,
        "replies": _replies(asked, page),
        "reasons": REASONS,
        "total": numbers["approved"],
        "answering": str(answering or ""),
        "form": form or CommentForm.answering(answering),
        "standing": door.standing_of(request.user),
    }


@dataclass(frozen=True)
class _Openings(Sequence):
    """The comments that answer none, the newest first, for the paginator: a page of them is one query."""

    total: int
    asked: dict

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, place: slice) -> list[Comment]:
        return OPENINGS.ask(place.start, place.stop, **self.asked)


def _visible(article, reader):
    return Comment.objects.below(article).shown_to(reader)


def _page_of_openings(start: int, stop: int, article, reader=None):
    shown = _visible(article, reader).opening().for_thread()
    return shown.order_by("-posted_at", "-id")[start:stop]


def _replies_to(article, parents, reader=None):
    # By `parent__id`: `parent__in` would read its values now, of which there are none yet.
    shown = _visible(article, reader).filter(parent__id__in=parents).for_thread()
    return shown.order_by("posted_at", "id")


NUMBERS = Prepared(lambda article, reader=None: _visible(article, reader).numbers())
OPENINGS = Prepared(_page_of_openings)
REPLIES = Prepared(_replies_to)


def _replies(asked: dict, page: Page) -> dict[UUID, list[Comment]]:
    """The replies to a page of comments, oldest first: one query for all of them."""
    found = defaultdict(list)
    parents = [c.id for c in page]
    for reply in REPLIES.ask(**asked, parents=parents) if parents else []:
        found[reply.parent_id].append(reply)
    return found


def _asked_for(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("reply", ""))
    except ValueError:
        return None
