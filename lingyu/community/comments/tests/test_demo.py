"""The community's demo: it enters by the actions, lies in the past, and says that it is simulated."""

from datetime import timedelta

from django.utils import timezone

from lingyu.community import demo
from lingyu.community.accounts.models import Member
from lingyu.community.articles.events import ArticleRead
from lingyu.community.articles.models import Article
from lingyu.community.comments.events import CommentApproved, CommentPosted
from lingyu.community.comments.models import Comment


def test_the_demo_is_a_community_in_the_past_that_says_what_it_is(db, facts):
    now = timezone.now()
    demo.load(now)
    assert Article.objects.published().count() >= 14
    assert Comment.objects.approved().count() >= 80
    assert Comment.objects.waiting().count() >= 5
    for kind in (CommentPosted, CommentApproved, ArticleRead):
        assert all(now - timedelta(days=demo.DAYS) <= f.occurred_at <= now for f in facts(kind)), kind
    assert len(facts(CommentPosted)) == Comment.objects.count()
    for member in Member.objects.all():
        assert member.bio.endswith(demo.SIMULATED)
        assert member.check_password(demo.PASSWORD)


def test_every_article_of_the_demo_has_a_heading_and_a_table_or_a_list(db):
    demo.load(timezone.now())
    for article in Article.objects.all():
        assert len(article.headings) >= 3, article
        assert any(tag in article.html for tag in ("<table>", "<ul>", "<ol>")), article
        assert len(article.body) > 600, article
