"""Comments below an article and the review page, with the script and without it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions
from lingyu.community.comments.events import CommentPosted
from lingyu.community.comments.models import Comment
from lingyu.kernel.ids import uuid7

HTMX = {"HX-Request": "true"}


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文", keywords=["复购"])
    articles.publish_article(actor=xiaoxi, article=article)
    return article


@pytest.fixture
def say(article, dapeng):
    """`say(member, "words")`: an approved comment below the article."""

    def approved(member, body, parent=None):
        comment = actions.post_comment(actor=member, article=article, body=body, parent=parent)
        actions.approve_comment(actor=dapeng, comment=comment)
        return comment

    return approved


def _form(body, **more):
    return {"id": str(uuid7()), "parent": "", "body": body, **more}


def test_a_comment_is_seen_by_its_author_as_waiting_and_by_nobody_else(article, luren, aque, client_of):
    address = article.get_absolute_url()
    answer = client_of(luren).post(f"{address}comments/new/", _form("有启发"))
    comment = Comment.objects.get()
    assert answer["Location"] == f"{address}#comment-{comment.id}"
    own = client_of(luren).get(address).content.decode()
    assert "有启发" in own
    assert "Waiting for review" in own
    assert "有启发" not in client_of(aque).get(address).content.decode()


def test_with_the_script_only_the_section_is_answered(article, luren, client_of):
    address = f"{article.get_absolute_url()}comments/"
    posted = client_of(luren).post(f"{address}new/", _form("有启发"), headers=HTMX).content.decode()
    assert posted.lstrip().startswith('<section class="comments"')
    assert "有启发" in posted
    assert client_of(luren).get(address, headers=HTMX).status_code == 200
    assert client_of(luren).get(address).status_code == 302


def test_the_same_form_sent_twice_is_one_comment(article, luren, client_of, facts):
    form, browser = _form("一次"), client_of(luren)
    for _ in range(2):
        assert browser.post(f"{article.get_absolute_url()}comments/new/", form).status_code == 302
    assert Comment.objects.count() == len(facts(CommentPosted)) == 1


@pytest.mark.parametrize(("headers", "status"), [({}, 422), (HTMX, 200)])
def test_a_comment_that_is_too_long_is_refused_and_kept(article, luren, client_of, headers, status):
    answer = client_of(luren).post(
        f"{article.get_absolute_url()}comments/new/", _form("长" * 2001), headers=headers
    )
    assert answer.status_code == status
    assert "长" * 2001 in answer.content.decode()
    assert 'class="error"' in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_visitor_reads_comments_and_is_asked_to_sign_in(article, luren, say, client_of, anonymous):
    say(luren, "有启发")
    browser = client_of(anonymous)
    shown = browser.get(article.get_absolute_url()).content.decode()
    assert "有启发" in shown
    assert "Sign in to join in" in shown
    assert "<textarea" not in shown
    answer = browser.post(f"{article.get_absolute_url()}comments/new/", _form("我也说"))
    assert answer["Location"].startswith("/accounts/login/")
    assert not Comment.objects.exclude(author=luren).exists()


def test_replying_works_by_a_plain_link(article, luren, aque, say, client_of):
    first = say(luren, "请问")
    browser = client_of(aque)
    shown = browser.get(f"{article.get_absolute_url()}?reply={first.id}").content.decode()
    assert "Your answer to 路人" in shown
    assert f'name="parent" value="{first.id}"' in shown
    browser.post(f"{article.get_absolute_url()}comments/new/", _form("答", parent=str(first.id)))
    assert Comment.objects.get(author=aque).parent == first
    assert browser.get(f"{article.get_absolute_url()}?reply=nonsense").status_code == 200


def test_what_is_said_is_shown_as_text(article, luren, say, client_of):
    say(luren, "<script>alert(1)</script>\n第二行")
    shown = client_of(luren).get(article.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown


def test_an_article_with_thirty_comments_costs_as_many_queries_as_one_with_three(
    article, luren, aque, say, client_of, django_assert_num_queries
):
    browser = client_of(luren)
    say(luren, "末", parent=say(aque, "首"))
    with CaptureQueriesContext(connection) as few:
        browser.get(article.get_absolute_url())
    for n in range(14):
        say(luren, f"答{n}", parent=say(aque, f"问{n}"))
    with django_assert_num_queries(len(few)):
        shown = browser.get(article.get_absolute_url()).content.decode()
    assert "问0" in shown
    assert "答13" in shown


def test_the_review_page_shows_what_waits_and_approves_with_and_without_the_script(
    article, luren, dapeng, client_of
):
    one, two = (actions.post_comment(actor=luren, article=article, body=b) for b in ("第一条", "第二条"))
    browser = client_of(dapeng)
    page = browser.get("/review/comments/").content.decode()
    assert page.index("第一条") < page.index("第二条")
    plain = browser.post(f"/review/comments/{one.id}/approval/")
    assert plain["Location"] == "/review/comments/"
    fragment = browser.post(f"/review/comments/{two.id}/approval/", headers=HTMX).content.decode()
    assert f'id="review-{two.id}"' in fragment
    assert "Approved" in fragment
    assert ">0</span>" in fragment
    assert Comment.objects.approved().count() == 2


def test_many_are_approved_at_once(article, luren, dapeng, client_of, facts):
    ids = [str(actions.post_comment(actor=luren, article=article, body=str(n)).id) for n in range(3)]
    client_of(dapeng).post("/review/comments/approvals/", {"comment": [*ids[:2], "nonsense"]})
    assert Comment.objects.approved().count() == 2
    assert Comment.objects.waiting().count() == 1


def test_a_removal_asks_for_its_reason_and_tells_the_author(article, luren, dapeng, client_of):
    comment = actions.post_comment(actor=luren, article=article, body="加我微信")
    browser, address = client_of(dapeng), f"/review/comments/{comment.id}/removal/"
    assert "Choose" in browser.post(address, {"reason": ""}).content.decode()
    assert comment.state == "waiting"
    browser.post(address, {"reason": "spam", "note": "请勿留联系方式"})
    shown = client_of(luren).get(article.get_absolute_url()).content.decode()
    # The broad reason means a clause today, which is what the author reads.
    assert "Advertising and contact-pulling" in shown
    assert "请勿留联系方式" in shown
    assert "加我微信" not in client_of(dapeng).get(article.get_absolute_url()).content.decode()


def test_only_moderators_review(article, luren, xiaoxi, aque, client_of):
    comment = actions.post_comment(actor=luren, article=article, body="好")
    for member in (luren, xiaoxi, aque):
        for address in ("approval", "removal"):
            answer = client_of(member).post(f"/review/comments/{comment.id}/{address}/", {"reason": "spam"})
            assert answer.status_code == 403
    assert comment.state == "waiting"
    assert Comment.objects.waiting().exists()
