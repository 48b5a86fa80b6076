"""Results as the page shows them: rows with their highlights, in the order of the index.

Holds reading only.
"""

from dataclasses import dataclass

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article

from .actions import ARTICLE, PERSON
from .asking import Asked
from .highlights import Pieces, highlight, snippet
from .index import find
from .index.base import Wanted
from .models import Document

PAGE = 15
PEOPLE = 4
# Pages that can be turned to: who has read two hundred results needs other words.
LAST = 20


@dataclass(frozen=True)
class Result:
    """One article or person found; `row` is None where it has gone since."""

    row: Article | Member
    title: Pieces
    text: Pieces
    keywords: Pieces
    # Of an article only.
    author: Pieces


def articles(asked: Asked, column: str = "", order: str = "best", page: int = 1) -> tuple[list[Result], int]:
    """One page of articles, and how many there are."""
    found = find(asked, Wanted(ARTICLE, column, order), PAGE, (page - 1) * PAGE)
    rows = Article.objects.published().listed()
    return _results(found.ids, asked, rows), found.total


def people(asked: Asked) -> list[Result]:
    """The few members that fit best."""
    found = find(asked, Wanted(PERSON), PEOPLE)
    return _results(found.ids, asked, Member.objects.active().defer("password"))


def _results(ids: list[int], asked: Asked, rows) -> list[Result]:
    documents = Document.objects.in_bulk(ids)
    found = rows.in_bulk([d.subject for d in documents.values()])
    listed = ((document, found.get(document.subject)) for id in ids if (document := documents.get(id)))
    return [_result(document, row, asked) for document, row in listed if row]


def _result(document: Document, row: Article | Member, asked: Asked) -> Result:
    # Who wrote it is found among the keywords, and shown by itself.
    author = row.author.display_name if document.kind == ARTICLE else ""
    keywords = document.keywords.removesuffix(author).strip()
    return Result(
        row=row,
        title=highlight(document.title, asked, sounds=True),
        text=snippet(document.text, asked),
        keywords=highlight(keywords, asked, sounds=True),
        author=highlight(author, asked, sounds=True),
    )
