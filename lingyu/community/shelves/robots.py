"""What search engines are told: every public page and when it last changed, in files of `PAGE` addresses.

Holds the making of sitemaps (sitemaps.org). One file while everything fits into it, an index of parts
beyond; a part is the same rows each time, as new ones only join at the end.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID
from xml.sax.saxutils import escape

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse

from lingyu.community.accounts.models import Member
from lingyu.community.articles.addresses import short
from lingyu.community.articles.models import Article, Column, Keyword

# The protocol takes 50,000 addresses a file; a tenth of that is made in the time of a page.
PAGE = 5_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _articles() -> QuerySet:
    rows = Article.objects.published().order_by("published_at", "id")
    return rows.values_list("id", "published_at", "edited_at")


def _latest(**of) -> QuerySet:
    """When the last article of something came: an index has it."""
    return Article.objects.published().filter(**of).values("published_at")[:1]


def _columns() -> QuerySet:
    found = Column.objects.annotate(latest=Subquery(_latest(column=OuterRef("id"))))
    return found.exclude(latest=None).order_by("slug").values_list("slug", "latest")


def _keywords() -> QuerySet:
    ties = Article.keywords.through.objects.filter(keyword=OuterRef("id"))
    shown = ties.filter(article__published_at__isnull=False, article__retired_at=None)
    found = Keyword.objects.filter(Exists(shown)).annotate(latest=Value(None, DateTimeField()))
    return found.order_by("id").values_list("word", "latest")


def _authors() -> QuerySet:
    found = Member.objects.active().annotate(latest=Subquery(_latest(author=OuterRef("id"))))
    return found.exclude(latest=None).order_by("id").values_list("username", "latest")


PARTS = {"articles": _articles, "columns": _columns, "keywords": _keywords, "authors": _authors}
_NAMES = {"columns": "column", "keywords": "keyword", "authors": "author"}


def whole(site: str) -> str:
    """All addresses below `site` ("https://…" without a slash) as one file, or an index of the parts."""
    sizes = {part: rows().count() for part, rows in PARTS.items()}
    if sum(sizes.values()) + 1 <= PAGE:
        front = [(site + reverse("articles"), None)]
        return _urlset([*front, *(a for part in PARTS for a in _addresses(part, 1, site))])
    pages = [(part, n + 1) for part, size in sizes.items() for n in range(-(-size // PAGE))]
    lines = "".join(
        f"<sitemap><loc>{escape(site + reverse('sitemap_part', args=p))}</loc></sitemap>" for p in pages
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">{lines}</sitemapindex>'
    )


def part(name: str, number: int, site: str) -> str | None:
    """One part of the index; None when there is no such part."""
    if name not in PARTS or number < 1:
        return None
    found = list(_addresses(name, number, site))
    return _urlset(found) if found else None


def robots(site: str) -> str:
    """Where engines need not look, and where the sitemap is."""
    closed = ("accounts", "admin", "desk", "lang", "me", "review", "search", "write")
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in closed), "Allow: /"]
    return "\n".join([*lines, "", f"Sitemap: {site}{reverse('sitemap')}", ""])


def _addresses(name: str, number: int, site: str) -> Iterator[tuple[str, datetime | None]]:
    rows = PARTS[name]()[(number - 1) * PAGE : number * PAGE]
    if name != "articles":
        for called, latest in rows:
            yield site + reverse(_NAMES[name], args=[called]), latest
        return
    # Thousands at once: the address is worked out once, and each id put into it.
    blank = UUID(int=0)
    before, after = reverse("article", args=[blank]).split(short(blank))
    for id, published, edited in rows:
        yield f"{site}{before}{short(id)}{after}", max(published, edited)


def _urlset(addresses) -> str:
    lines = "".join(f"<url><loc>{escape(loc)}</loc>{_lastmod(at)}</url>" for loc, at in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_NAMESPACE}">{lines}</urlset>'


def _lastmod(at: datetime | None) -> str:
    return f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
