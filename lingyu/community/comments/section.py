"""The comments below an article: the thread as one reader sees it, and the form.

Read by the article page, and by the fragments that replace it in place: one template for both.
"""

from collections import defaultdict
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section

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
    visible = Comment.objects.below(article).visible_to(request.user)
    numbers, visible = visible.numbers(), visible.with_author()
    openings = Paginator(visible.opening().order_by("-posted_at", "-id"), PAGE)
    openings.count = numbers["opening"]
    page = openings.get_page(request.GET.get("comments"))
    answering = form["parent"].value() if form else _asked_for(request)
    return {
        "article": article,
        "comments": page,
        "replies": _replies(visible, page),
        "reasons": REASONS,
        "total": numbers["approved"],
        "answering": str(answering or ""),
        "form": form or CommentForm.answering(answering),
    }


def _replies(visible, page: Page) -> dict[UUID, list[Comment]]:
    """The replies to a page of comments, oldest first: one query for all of them."""
    found = defaultdict(list)
    for reply in visible.filter(parent__in=[c.id for c in page]).order_by("posted_at", "id"):
        found[reply.parent_id].append(reply)
    return found


def _asked_for(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("reply", ""))
    except ValueError:
        return None
