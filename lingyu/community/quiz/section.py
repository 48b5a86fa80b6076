"""The quiz below an article, as one reader stands with it.

Read by the article page, and by the fragment that replaces it in place: one template for both.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from lingyu.community.articles.gates import open_here
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section
from lingyu.community.feathers.actions import version_in_force
from lingyu.store.prepared import Prepared

from .actions import Answered, answering
from .models import Question
from .rewards import RIGHT
from .seals import opening

ASKED = Prepared(lambda article: Question.objects.asked().filter(article=article).values_list("id")[:1])


@dataclass(frozen=True)
class Shown:
    """One option as the page shows it: its number there, and its words."""

    number: int
    words: str


@section("quiz", order=10)
def quiz_below(request: HttpRequest, article: Article) -> str:
    """The invitation to a question; nothing without one, or below what the reader may not read."""
    if not article.is_published or not open_here(request, article):
        return ""
    if not ASKED.ask(article=article.id):
        return ""
    return render_to_string("quiz/section.html", before(request, article), request)


def before(request: HttpRequest, article: Article) -> dict:
    """What the template needs before a question was asked: the opening starts the clock."""
    user = request.user
    stands = answering.standing(user, article, timezone.now()) if user.is_authenticated else None
    token = opening(article.id, user.key, timezone.now()) if user.is_authenticated else ""
    return _context(article) | {"stands": stands, "opening": token, "own": user.id == article.author_id}


def asked(article: Article, asking, token: str) -> dict:
    """What the template needs to put a question."""
    options = [Shown(n, asking.question.options[option]) for n, option in enumerate(asking.order)]
    return _context(article) | {"question": asking.question.text, "options": options, "token": token}


def answered(request: HttpRequest, article: Article, came: Answered) -> dict:
    """What the template needs to say what came of an answer."""
    return before(request, article) | {"came": came}


def _context(article: Article) -> dict:
    terms = version_in_force(RIGHT).terms
    blank = {"stands": None, "opening": "", "question": "", "options": [], "token": "", "came": None}
    return blank | {"article": article, "own": False, "reward": terms.amount if terms.on else 0}
