"""A refused text: kept in its form with what is wrong about it, and the choice of a person."""

import pytest

from lingyu.community.articles.models import Article
from lingyu.community.cases.models import Case
from lingyu.community.comments.models import Comment
from lingyu.kernel.ids import uuid7
from lingyu.store.deliver import deliver_due

# An advertisement (clause 3.4), about which a person may be asked.
ADVERT = "这个保温杯便宜死了，复制这段话打开淘宝就能领券 ￥kQ3xW8bN2aZ￥"


def sent(**more) -> dict:
    return {"id": str(uuid7()), "parent": "", "body": ADVERT} | more


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_refused_comment_stays_in_its_form_with_words_and_clause(article, luren, client_of, headers):
    answer = client_of(luren).post(f"{article.get_absolute_url()}comments/new/", sent(), headers=headers)
    text = answer.content.decode()
    assert ADVERT in text
    assert "<mark>" in text
    assert "/pact/#c3.4" in text
    assert 'name="contest"' in text
    assert not Comment.objects.exists()


def test_who_thinks_it_a_mistake_is_looked_at_by_a_person(article, luren, client_of):
    client_of(luren).post(f"{article.get_absolute_url()}comments/new/", sent(contest="1"))
    while deliver_due():
        pass
    assert Comment.objects.get().state == "waiting"
    assert Case.objects.get().suspected == "3.4"


def test_a_refused_article_is_a_draft_with_remarks_and_no_long_message(xiaoxi, client_of):
    browser = client_of(xiaoxi)
    words = {"title": "好物", "body": ADVERT, "version": "", "form_of_body": "markdown", "publish": "1"}
    text = browser.post("/write/", words).content.decode()
    draft = Article.objects.get()
    assert not draft.is_published
    assert "/pact/#c3.4" in text
    assert ADVERT in text
    assert 'name="contest"' in text


def test_refused_words_about_oneself_stay_in_the_form(luren, client_of):
    answer = client_of(luren).post("/me/", {"pen_name": "", "bio": ADVERT, "language": "", "times": "near"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert ADVERT in text
    assert "/pact/#c" in text


def test_an_article_is_looked_at_while_it_is_written(xiaoxi, client_of):
    words = {"title": "好物", "body": ADVERT, "form_of_body": "markdown"}
    assert "/pact/#c3.4" in client_of(xiaoxi).post("/write/check/", words).content.decode()
    assert not Article.objects.exists()
