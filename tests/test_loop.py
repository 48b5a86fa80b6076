"""The loop, once round: a fact, its event, a number on a desk, a lever; and what the lever does is a fact."""

import re

import pytest

from lingyu.community.articles import actions as articles
from lingyu.community.articles.events import ArticleFeatured, FeatureEnded
from lingyu.community.articles.models import Article
from lingyu.community.comments.events import CommentApproved, CommentPosted
from lingyu.community.comments.models import Comment
from lingyu.desk.events import LeverPulled, LeverUndone
from lingyu.desk.models import Pull
from lingyu.kernel.query import Query
from lingyu.store.models import Envelope
from lingyu.store.query import ask
from lingyu.store.ship import ship_all

# Shipping looks at what has been committed.
pytestmark = pytest.mark.django_db(transaction=True)
LEVER = "/desk/content/levers/feature_article/"


@pytest.fixture
def publish(xiaoxi):
    """`publish("title")`: an article by 小喜 that everybody may read."""

    def published(title):
        article = articles.write_article(actor=xiaoxi, title=title, body="正文")
        articles.publish_article(actor=xiaoxi, article=article)
        return article

    return published


def total(metric: str, where: str = ""):
    """A metric over all history."""
    return ask(Query(metric=metric, where=where)).total


def heads(browser) -> list[str]:
    """The titles of the front page, in their order."""
    page = browser.get("/").content.decode()
    return re.findall(r'<h2><a href="/a/[^"]+">([^<]+)</a></h2>', page)


def tile(page: str, label: str) -> str:
    """The number on a desk's tile."""
    return re.search(rf'aria-label="{label}".*?class="kpi-value"[^>]*>([^<]+)', page, re.DOTALL)[1]


def test_a_comment_becomes_a_number_on_the_content_desk(
    publish, luren, dapeng, aque, client_of, facts, empty_store
):
    article = publish("留存")
    page = client_of(luren).get(article.get_absolute_url()).content.decode()
    form_id = re.search(r'name="id" value="([^"]+)"', page)[1]
    answer = client_of(luren).post(
        f"{article.get_absolute_url()}comments/new/", {"id": form_id, "parent": "", "body": "有启发"}
    )
    assert answer.status_code == 302
    comment = Comment.objects.waiting().get()
    ship_all()
    assert (total("comments_posted"), total("comments_approved")) == (1, 0)

    review = client_of(dapeng).get("/review/comments/").content.decode()
    assert "有启发" in review
    assert client_of(dapeng).post(f"/review/comments/{comment.id}/approval/").status_code == 302
    (approved,) = facts(CommentApproved)
    assert (approved.comment, approved.actor, approved.person) == (comment.id, dapeng.key, luren.key)
    assert [f.comment for f in facts(CommentPosted)] == [comment.id]

    waiting = client_of(aque).get("/desk/content/").content.decode()
    assert tile(waiting, "Comments approved") == "0"
    ship_all()
    assert not Envelope.objects.waiting().exists()
    assert total("comments_approved") == 1
    assert tile(client_of(aque).get("/desk/content/").content.decode(), "Comments approved") == "1"


def test_a_lever_moves_the_site_and_the_pull_itself_is_counted(publish, aque, client_of, facts, empty_store):
    chosen, browser = publish("旧文"), client_of(aque)
    publish("新文")
    assert heads(browser) == ["新文", "旧文"]

    second_look = browser.post(LEVER, {"article": chosen.id}).content.decode()
    assert "旧文 · 小喜" in second_look
    assert not facts(LeverPulled)
    answer = browser.post(LEVER, {"article": chosen.id, "sure": "1"})
    assert answer["Location"] == "/desk/content/#levers"
    assert heads(browser) == ["旧文", "新文"]
    assert "Featured" in browser.get("/").content.decode()

    (pulled,), (featured,) = facts(LeverPulled), facts(ArticleFeatured)
    assert (pulled.operation, pulled.lever) == ("content", "feature_article")
    assert pulled.metric == "effective_reads"
    assert (pulled.subject, pulled.actor) == (str(featured.article), aque.key) == (str(chosen.id), aque.key)
    ship_all()
    assert total("levers_pulled") == 1
    assert total("levers_pulled", f"lever = 'feature_article' and subject = '{chosen.id}'") == 1

    desk = browser.get("/desk/content/").content.decode().split('id="levers"')[1]
    for words in ("Feature an article", "旧文", "阿鹊", "too early to tell"):
        assert words in desk


def test_what_a_lever_did_can_be_taken_back_once(publish, aque, client_of, facts, empty_store):
    chosen, browser = publish("旧文"), client_of(aque)
    publish("新文")
    browser.post(LEVER, {"article": chosen.id, "sure": "1"})
    pull = Pull.objects.get()
    for _ in range(2):
        assert browser.post(f"{LEVER}{pull.id}/undo").status_code == 302
    assert heads(browser) == ["新文", "旧文"]
    assert len(facts(FeatureEnded)) == len(facts(LeverUndone)) == 1
    assert "Take back</button>" not in browser.get("/desk/content/").content.decode()


def test_the_guard_refuses_a_fourth_and_a_second_time(publish, aque, client_of, facts, empty_store):
    four, browser = [publish(f"第{n}篇") for n in range(4)], client_of(aque)
    assert browser.post(LEVER, {"article": four[0].id, "sure": "1"}).status_code == 302
    again = browser.post(LEVER, {"article": four[0].id, "sure": "1"})
    assert "featured already" in again.content.decode()
    for article in four[1:3]:
        browser.post(LEVER, {"article": article.id, "sure": "1"})
    fourth = browser.post(LEVER, {"article": four[3].id, "sure": "1"})
    assert fourth.status_code == 200
    for page in (fourth, browser.get(LEVER)):
        assert "three articles are featured" in page.content.decode()
    assert Article.objects.featured().count() == len(facts(LeverPulled)) == 3


def test_nobody_else_pulls_it(publish, luren, dapeng, xiaoxi, anonymous, client_of, facts):
    article = publish("留存")
    for person, status in ((luren, 403), (dapeng, 403), (xiaoxi, 403), (anonymous, 302)):
        assert client_of(person).get(LEVER).status_code == status
        answer = client_of(person).post(LEVER, {"article": article.id, "sure": "1"})
        assert answer.status_code == status
    assert not Article.objects.featured().exists()
    assert not facts(LeverPulled)
