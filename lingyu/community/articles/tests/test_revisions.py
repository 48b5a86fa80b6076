"""Revisions and working copies: every save is kept, nothing is overwritten, readers see what was saved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions, jobs
from lingyu.community.articles.events import ArticleEdited
from lingyu.community.articles.models import Article, Revision, WorkingCopy

BODY = "第一段。\n\n第二段。"


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = actions.write_article(actor=xiaoxi, title="留存", body=BODY, keywords=["留存"], note="初稿")
    actions.publish_article(actor=xiaoxi, article=article)
    return article


@pytest.fixture
def edit(xiaoxi, article):
    """`edit(body, **more)`: 小喜 saves another text."""
    return lambda body, **more: actions.edit_article(
        actor=xiaoxi, article=article, title="留存", body=body, keywords=["留存"], **more
    )


@pytest.fixture
def keep(xiaoxi):
    """`keep(article, body, kept=None, …)`: a window keeps what it holds; `kept`: what it was told before."""

    def keep(article, body, kept=None, opened=None, **more):
        told = {"copy": kept.copy.id, "version": kept.copy.version} if kept else {"copy": None, "version": 0}
        rests_on = kept.copy.rests_on if kept else (article.version if article else 0)
        return actions.keep_copy(
            actor=xiaoxi,
            article=article,
            rests_on=rests_on,
            opened=opened or timezone.now() - timedelta(minutes=1),
            body=body,
            **(told | more),
        )

    return keep


def test_every_save_makes_a_revision_and_one_that_changes_nothing_makes_none(xiaoxi, article, edit, facts):
    edit("改了。", note="补数据")
    edit("改了。")
    kept = list(article.revisions.values_list("number", "body", "note", "by"))
    assert kept == [(2, "改了。", "补数据", xiaoxi.id), (1, BODY, "初稿", xiaoxi.id)]
    assert len(facts(ArticleEdited)) == 1


def test_restoring_makes_a_new_revision_and_brings_everything_back(xiaoxi, article, edit):
    first = article.revisions.get(number=1)
    edit("改了。")
    actions.restore_revision(actor=xiaoxi, article=article, revision=first)
    article = Article.objects.get(id=article.id)
    assert (article.body, article.version) == (BODY, 3)
    assert [k.word for k in article.keywords.all()] == ["留存"]
    newest = article.revisions.first()
    assert (newest.number, newest.restored) == (3, 1)
    assert article.revisions.count() == 3


def test_a_window_that_rests_on_an_older_text_is_told_and_the_newer_one_stays(article, edit):
    edit("甲窗口。", version=1)
    with pytest.raises(actions.EditConflict):
        edit("乙窗口。", version=1)
    assert Article.objects.get(id=article.id).body == "甲窗口。"
    edit("乙窗口。", version=2)
    assert Revision.objects.get(article=article, number=2).body == "甲窗口。"


def test_an_edit_does_not_undo_what_happened_to_the_article_meanwhile(xiaoxi):
    stale = actions.write_article(actor=xiaoxi, title="t", body=BODY)
    actions.publish_article(actor=xiaoxi, article=Article.objects.get(id=stale.id))
    actions.edit_article(actor=xiaoxi, article=stale, title="t", body="改")
    assert Article.objects.get(id=stale.id).is_published


def test_what_is_kept_by_itself_changes_nothing_that_readers_see(article, keep, facts):
    before = Article.objects.values().get(id=article.id)
    keep(article, "还没保存。", title="新标题")
    assert Article.objects.values().get(id=article.id) == before
    assert article.revisions.count() == 1
    assert facts(ArticleEdited) == []


def test_one_window_keeps_one_copy_however_often(article, keep):
    kept = keep(article, "一")
    for body in ("一二", "一二三"):
        kept = keep(article, body, kept)
    assert kept.rival is None
    assert WorkingCopy.objects.get().body == "一二三"
    assert WorkingCopy.objects.get().version == 3


def test_two_windows_keep_two_copies_and_the_later_one_is_told(article, keep):
    opened = timezone.now() - timedelta(minutes=5)
    first = keep(article, "甲", opened=opened)
    second = keep(article, "乙", opened=opened)
    assert first.rival is None
    assert second.rival == first.copy
    assert {c.body for c in WorkingCopy.objects.all()} == {"甲", "乙"}
    assert keep(article, "甲甲", first, opened=opened).rival == second.copy


def test_a_duplicated_window_gets_a_copy_of_its_own(article, keep):
    kept = keep(article, "共同")
    one = keep(article, "甲", kept)
    other = keep(article, "乙", kept)
    assert one.copy.id == kept.copy.id != other.copy.id
    assert other.rival == one.copy
    assert {c.body for c in WorkingCopy.objects.all()} == {"甲", "乙"}


def test_a_window_learns_that_the_article_was_saved_elsewhere(article, edit, keep):
    kept = keep(article, "甲")
    edit("在别处保存。")
    assert keep(article, "甲甲", kept).rival == article.revisions.get(number=2)


def test_two_articles_begun_at_once_are_no_rivals(keep):
    keep(None, "一篇")
    assert keep(None, "另一篇").rival is None


def test_saving_takes_the_copy_away_and_nobody_elses(xiaoxi, article, edit, keep):
    mine, other = keep(article, "甲"), keep(article, "乙")
    edit("甲", copy=mine.copy.id)
    assert list(WorkingCopy.objects.all()) == [other.copy]
    begun = keep(None, "新")
    actions.write_article(actor=xiaoxi, title="t", body="新", copy=begun.copy.id)
    assert not WorkingCopy.objects.filter(article=None).exists()


def test_nobody_keeps_into_or_throws_away_the_copy_of_another(article, keep, luren):
    kept = keep(article, "甲")
    actions.keep_copy(
        actor=luren,
        article=article,
        copy=kept.copy.id,
        version=1,
        rests_on=1,
        opened=timezone.now(),
        body="偷",
    )
    assert WorkingCopy.objects.get(id=kept.copy.id).body == "甲"
    assert not actions.drop_copy(actor=luren, copy=kept.copy.id)
    assert not actions.drop_copy(actor=luren, copy=uuid4())


def test_copies_are_limited_in_number_and_in_time(monkeypatch, keep):
    monkeypatch.setattr("lingyu.community.articles.actions.copies.COPIES_LIMIT", 3)
    for n in range(5):
        keep(None, str(n))
    assert sorted(c.body for c in WorkingCopy.objects.all()) == ["2", "3", "4"]
    jobs.forget_copies(timezone.now())
    assert WorkingCopy.objects.count() == 3
    jobs.forget_copies(timezone.now() + timedelta(days=61))
    assert not WorkingCopy.objects.exists()


@pytest.fixture
def writer(xiaoxi, client_of):
    """小喜's browser."""
    return client_of(xiaoxi)


def fields(**more):
    return {"title": "题", "body": "文", "form_of_body": "markdown"} | more


def test_the_page_of_a_conflict_shows_both_texts_and_saving_again_goes_through(writer, article, edit):
    edit("别处的文字。")
    address = f"/write/{short_of(article)}/"
    page = writer.post(address, fields(body="我的文字。", version=1)).content.decode()
    assert "saved in another window" in page
    assert "<del>别处</del>" in page
    assert "<ins>我</ins>" in page
    assert 'name="version" value="2"' in page
    writer.post(address, fields(body="我的文字。", version=2))
    assert Article.objects.get(id=article.id).body == "我的文字。"


def short_of(article):
    from lingyu.community.articles.addresses import short

    return short(article.id)


def test_a_copy_is_kept_by_the_page_and_offered_when_one_comes_back(writer):
    answer = writer.post("/write/copy/", fields(title="标" * 400, opened="0", copy_version=""))
    copy = WorkingCopy.objects.get()
    assert answer.status_code == 200
    assert str(copy.id) in answer.content.decode()
    assert copy.title == "标" * 400
    assert str(copy.id) in writer.get("/write/").content.decode()
    assert "文" in writer.get(f"/write/?copy={copy.id}").content.decode()
    assert str(copy.id) in writer.get("/write/mine/").content.decode()
    writer.post(f"/write/copies/{copy.id}/removal/")
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"copy": "x"}, {"copy_version": "-1"}, {"version": "9" * 30}, {"opened": "nan"}, {"column": "x"}]
)
def test_nonsense_from_a_window_is_refused_with_a_reason(writer, bad):
    answer = writer.post("/write/copy/", fields(**bad))
    assert answer.status_code in {200, 422}
    assert answer.status_code == 422 or WorkingCopy.objects.get().body == "文"


def test_revisions_are_for_the_author_and_for_administrators(writer, article, edit, aque, luren, client_of):
    edit("改了。")
    address = f"/write/{short_of(article)}/revisions/"
    assert "改了" in writer.get(address).content.decode()
    accounts.grant_role(actor=None, member=luren, role="author")
    assert client_of(luren).get(address).status_code == 404
    assert client_of(luren).post(address + "1/").status_code == 404
    accounts.grant_role(actor=None, member=aque, role="administrator")
    chief = client_of(aque)
    assert chief.get(address).status_code == 200
    assert chief.post(address + "1/").status_code == 302
    newest = Article.objects.get(id=article.id).revisions.first()
    assert (newest.body, newest.by_id) == (BODY, aque.id)


def test_any_two_revisions_are_compared_and_nonsense_shows_the_last(writer, article, edit):
    edit("二。")
    edit("三。")
    address = f"/write/{short_of(article)}/revisions/"
    page = writer.get(address + "?from=1&to=3").content.decode()
    assert "<del>第一段" in page.replace("<del>第一段。</del>", "<del>第一段")
    assert writer.get(address + "?from=99&to=abc&page=x").status_code == 200


def test_a_retired_article_is_not_restored(writer, xiaoxi, article, edit):
    edit("改了。")
    actions.retire_article(actor=xiaoxi, article=article, reason="旧")
    with pytest.raises(ValidationError):
        actions.restore_revision(actor=xiaoxi, article=article, revision=article.revisions.get(number=1))
    assert writer.post(f"/write/{short_of(article)}/revisions/1/").status_code == 302
    assert Article.objects.get(id=article.id).body == "改了。"
