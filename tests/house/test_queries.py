"""A page costs as many queries with much on it as with little: counts, never times."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.kernel.access import PUBLIC
from lingyu.store.deliver import deliver_due

from .test_access import ours


@pytest.fixture
def discuss(dapeng, luren, aque):
    """`discuss(article, 3)`: three more comments below it, each answered, and three more readers."""

    def more(article, count):
        for n in range(count):
            articles.report_read(actor=None, person=f"visitor-{count}-{n}", article=article)
            opening = _say(luren, dapeng, article, f"问{n}")
            _say(aque, dapeng, article, f"答{n}", opening)

    return more


@pytest.fixture
def grow(xiaoxi, aque, discuss):
    """`grow(3)`: three more articles by each of two authors, each discussed; one of them."""
    column = articles.open_column(actor=aque, slug="method", zh="方法", en="Methods")

    def more(count):
        for n in range(count):
            for author in (xiaoxi, aque):
                written = _publish(author, column, n)
                discuss(written, 1)
        return written

    return more


def _settle():
    while deliver_due():
        pass


def _publish(author, column, number):
    written = articles.write_article(
        actor=author, title=f"留存 {number}", body="## 一\n\n正文", column=column, keywords=["增长", "复购"]
    )
    articles.publish_article(actor=author, article=written)
    return written


def _say(member, moderator, article, body, parent=None):
    said = comments.post_comment(actor=member, article=article, body=body, parent=parent)
    comments.approve_comment(actor=moderator, comment=said)
    return said


def _queries(browser, address) -> int | None:
    """How many queries a page costs once its caches are warm; None where there is no page."""
    if browser.get(address).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as asked:
        browser.get(address)
    return len(asked)


def _addresses(article) -> list[str]:
    """Every public page without a parameter, and those of an article, its author, and lists narrowed."""
    plain = [f"/{route}" for route, view in ours() if "<" not in route and _is_our_public_page(view)]
    own = [article.get_absolute_url(), f"/u/{article.author.username}/"]
    return [*plain, *own, "/c/method/", "/t/增长/", "/search/?q=留存"]


def _is_our_public_page(view) -> bool:
    return getattr(view, "access", None) == PUBLIC


@pytest.mark.parametrize("signed_in", [False, True])
def test_no_public_page_costs_more_queries_with_more_to_show(
    grow, discuss, signed_in, luren, anonymous, client_of, empty_store
):
    browser = client_of(luren if signed_in else anonymous)
    article = grow(1)
    _settle()
    little = {address: _queries(browser, address) for address in _addresses(article)}
    grow(3)
    discuss(article, 4)
    _settle()
    much = {address: _queries(browser, address) for address in little}
    assert little["/"] and little[article.get_absolute_url()]
    dearer = {a: (little[a], much[a]) for a in little if (much[a] or 0) > (little[a] or 0)}
    assert not dearer, "pages whose queries grow with what they show (before, after)"
