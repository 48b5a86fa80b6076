"""Addresses of the shelves: lists, feeds, and what robots read."""

from django.urls import path

from lingyu.community.articles import urls  # noqa: F401 - it registers the short ids

from .views import feeds, lists, robots


def _feeds(shelf: str, view, name: str) -> list:
    """The two feeds of a shelf: `…/rss.xml` is called `name_rss`, `…/atom.xml` `name_atom`."""
    return [
        path(f"{shelf}{kind}.xml", view, {"kind": kind}, name=f"{name}_{kind}") for kind in ("rss", "atom")
    ]


urlpatterns = [
    path("", lists.articles, name="articles"),
    *_feeds("", feeds.site_feed, "site"),
    path("c/", lists.columns, name="columns"),
    path("c/<slug:slug>/", lists.column, name="column"),
    *_feeds("c/<slug:slug>/", feeds.column_feed, "column"),
    path("t/", lists.keywords, name="keywords"),
    # Before the keyword's page: a word may hold a slash.
    *_feeds("t/<path:word>/", feeds.keyword_feed, "keyword"),
    path("t/<path:word>/", lists.keyword, name="keyword"),
    path("u/<str:username>/", lists.author, name="author"),
    *_feeds("u/<str:username>/", feeds.author_feed, "author"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("sitemap-<str:part>-<int:number>.xml", robots.sitemap_part, name="sitemap_part"),
    path("robots.txt", robots.robots_txt, name="robots_txt"),
]
