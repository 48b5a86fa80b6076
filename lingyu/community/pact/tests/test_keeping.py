"""The keeper of the door: what is refused, what waits before it is seen, what is looked at afterwards."""

import pytest

from lingyu.community.accounts import door
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.community.pact import actions, keeping
from lingyu.community.pact.models import Screening
from lingyu.community.pact.screening.steps import Finding, Verdict


@pytest.fixture
def draft(xiaoxi):
    return articles.write_article(actor=xiaoxi, title="拉新之后", body="先看留存，再谈增长。")


@pytest.fixture
def says(monkeypatch):
    """`says("review", "2.6")`: what the screening says of everything from now on."""

    def say(decision, clause=None):
        found = (Finding(clause, (0, 2), "先看", 0.9, "test"),) if clause else ()
        verdict = Verdict("x", decision, clause, found, {"pact": "1"})

        class Screener:
            def screen(self, post):
                return verdict

        monkeypatch.setattr(keeping, "screener", Screener)

    return say


def test_a_blocked_text_is_refused_with_the_words_and_the_clause_and_nothing_is_published(
    draft, xiaoxi, says
):
    says("block", "1.8")
    with pytest.raises(door.Refused) as refused:
        articles.publish_article(actor=xiaoxi, article=draft)
    (remark,) = refused.value.remarks
    assert (remark["clause"], remark["evidence"], remark["span"]) == ("1.8", "先看", [0, 2])
    assert remark["words"]
    assert not Article.objects.published().exists()
    assert Screening.objects.get().decision == "block"


def test_what_may_be_grave_waits_and_goes_on_when_a_person_lets_it_pass(draft, xiaoxi, dapeng, says):
    says("review", "1.8")
    with pytest.raises(door.Waits):
        articles.publish_article(actor=xiaoxi, article=draft)
    held = Screening.objects.held().get()
    assert not Article.objects.published().exists()
    assert actions.settle(actor=dapeng, screening=held, passes=True)
    assert not actions.settle(actor=dapeng, screening=held, passes=True)
    assert Article.objects.published().get().id == draft.id


def test_what_is_a_matter_of_style_is_published_and_looked_at_afterwards(draft, xiaoxi, says):
    says("review", "7.1")
    assert articles.publish_article(actor=xiaoxi, article=draft)
    assert not Screening.objects.held().exists()


def test_words_that_changed_while_they_waited_are_not_published(draft, xiaoxi, dapeng, says):
    says("review", "1.8")
    with pytest.raises(door.Waits):
        articles.publish_article(actor=xiaoxi, article=draft)
    articles.edit_article(actor=xiaoxi, article=draft, title="别的", body="别的内容。")
    assert actions.settle(actor=dapeng, screening=Screening.objects.held().get(), passes=True)
    assert not Article.objects.published().exists()


def test_a_checker_that_fails_publishes_nothing_and_loses_nothing(draft, xiaoxi, luren, says, monkeypatch):
    says("pass")
    articles.publish_article(actor=xiaoxi, article=draft)
    second = articles.write_article(actor=xiaoxi, title="复盘", body="写结论，再写原因。")

    def broken():
        raise RuntimeError("no screener")

    monkeypatch.setattr(keeping, "screener", broken)
    with pytest.raises(door.Waits):
        articles.publish_article(actor=xiaoxi, article=second)
    said = comments.post_comment(actor=luren, article=draft, body="有道理。")
    assert Comment.objects.get(id=said.id).state == "waiting"
    assert [a.id for a in Article.objects.published()] == [draft.id]
    assert set(Screening.objects.values_list("decision", flat=True)) == {"pass", "review"}


def test_whoever_thinks_that_a_refusal_is_wrong_is_read_by_a_person_a_few_times_a_day(
    draft, xiaoxi, luren, says
):
    articles.publish_article(actor=xiaoxi, article=draft)
    says("block", "3.1")
    for n in range(keeping.CONTESTS):
        comments.post_comment(actor=luren, article=draft, body=f"我不同意第{n}点", contest=True)
    with pytest.raises(door.Refused):
        comments.post_comment(actor=luren, article=draft, body="还是不同意", contest=True)
    assert Screening.objects.filter(contested=True).count() == keeping.CONTESTS


def test_what_is_unlawful_is_not_argued_about_at_the_door(draft, xiaoxi, luren, says):
    articles.publish_article(actor=xiaoxi, article=draft)
    says("block", "1.13")
    with pytest.raises(door.Refused):
        comments.post_comment(actor=luren, article=draft, body="我不同意", contest=True)
