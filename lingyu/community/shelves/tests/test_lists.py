"""Columns, keywords and authors have pages of their own, with true counts and in the order asked for."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Readership, Reading
from lingyu.community.ratings import actions as ratings
from lingyu.community.shelves import actions, figures
from lingyu.community.shelves.events import ColumnDescribed
from lingyu.store.deliver import deliver_due

HOSTILE = "<script>alert(1)</script>"


def settle():
    while deliver_due():
        pass


def read(article, times, at=None):
    for _ in range(times):
        articles.report_read(actor=None, person=str(uuid4()), article=article, at=at)


def titles(browser, address, *known):
    """Which of the known titles a page shows in its list, in its order."""
    shown = browser.get(address).content.decode().split('<ol class="teasers">')[-1].split("</ol>")[0]
    return sorted((t for t in known if f">{t}</a>" in shown), key=lambda t: shown.index(f">{t}</a>"))


@pytest.mark.parametrize(
    ("old", "new"), [("/?column=growth", "/c/growth/"), ("/?keyword=A/B%3F", "/t/A/B%3F/")]
)
def test_old_addresses_lead_to_the_new_ones_for_good(reader, publish, growth, old, new):
    publish("留存", column=growth, keywords=["A/B?"])
    answer = reader.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert titles(reader, new, "留存") == ["留存"]


@pytest.mark.parametrize(
    "nowhere",
    ["/?column=no", "/?keyword=no", "/c/no/", "/t/no/", "/u/no/", "/c/no/rss.xml", "/t/no/atom.xml"],
)
def test_what_is_not_there_is_not_found(reader, nowhere):
    assert reader.get(nowhere).status_code == 404


def test_a_column_says_what_it_is_about_and_shows_its_own(reader, publish, growth, aque, facts):
    publish("在里面", column=growth)
    publish("不在")
    for _ in range(2):
        actions.describe_column(actor=aque, column=growth, zh="怎么长大", en="How to grow")
    assert [(f.column, f.actor) for f in facts(ColumnDescribed)] == [("growth", aque.key)]
    shown = reader.get("/c/growth/").content.decode()
    assert "How to grow" in shown
    assert "1 article<" in shown
    assert titles(reader, "/c/growth/", "在里面", "不在") == ["在里面"]
    index = reader.get("/c/").content.decode()
    assert "How to grow" in index
    assert "1 article<" in index


def test_keywords_are_counted_over_what_is_published(reader, publish, xiaoxi):
    gone = publish("下线", keywords=["留存", "旧词"])
    publish("一", keywords=["留存", "复购"])
    publish("二", keywords=["留存"])
    articles.write_article(actor=xiaoxi, title="草稿", body="正文", keywords=["留存", "密词"])
    articles.retire_article(actor=xiaoxi, article=gone, reason="过期")
    shown = reader.get("/t/").content.decode()
    assert '留存<span class="count">2</span>' in shown
    assert '复购<span class="count">1</span>' in shown
    assert shown.index(">留存<") < shown.index(">复购<")
    assert "旧词" not in shown
    assert "密词" not in shown


def test_the_best_rated_come_first_and_the_unrated_not_at_all(reader, publish, luren, dapeng):
    low, high, lone = publish("低分"), publish("高分"), publish("一票")
    publish("没人评")
    for member in (luren, dapeng):
        ratings.rate_article(actor=member, article=low, stars=2)
        ratings.rate_article(actor=member, article=high, stars=5)
    ratings.rate_article(actor=luren, article=lone, stars=5)
    assert titles(reader, "/?sort=best", "低分", "高分", "一票", "没人评") == ["高分", "一票", "低分"]
    assert titles(reader, "/?sort=nonsense", "没人评") == ["没人评"]


def test_the_most_read_are_those_of_this_month(reader, publish):
    now = timezone.now()
    last = now.replace(day=1) - timedelta(days=3)
    old, new, never = publish("上月红", last), publish("本月红", last), publish("没人读", last)
    read(old, 5, last + timedelta(days=1))
    read(old, 1, now)
    read(new, 3, now)
    settle()
    assert titles(reader, "/?sort=read", "上月红", "本月红", "没人读") == ["本月红", "上月红"]
    assert Readership.objects.get(article=old).reads == 6
    assert not Readership.objects.filter(article=never).exists()


def test_what_is_kept_of_an_articles_reads_is_the_sum_of_the_rows(publish):
    now = timezone.now()
    article = publish("留存", now - timedelta(days=70))
    for days in (65, 40, 40, 3, 0, 33):
        read(article, 2, now - timedelta(days=days))
    settle()
    settle()
    row = Readership.objects.get(article=article)
    assert row.reads == Reading.objects.filter(article=article).count() == 12
    today = timezone.localdate()
    rows = Reading.objects.filter(article=article)
    assert row.reads_in_month == rows.filter(day__gte=today.replace(day=1)).count()
    assert row.reads_in_week == rows.filter(day__gte=today - timedelta(days=7)).count() == 4


def test_an_author_has_true_counts(reader, publish, xiaoxi, luren):
    one, gone = publish("一"), publish("下线")
    articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    read(one, 3)
    read(gone, 4)
    settle()
    ratings.rate_article(actor=luren, article=one, stars=5)
    articles.retire_article(actor=xiaoxi, article=gone, reason="过期")
    found = figures.renown(xiaoxi)
    assert (found.articles, found.reads, found.votes) == (1, 3, 1)
    # (5 × 3 + 5) ÷ 6
    assert found.mean == pytest.approx(20 / 6)
    shown = reader.get(one.get_absolute_url()).content.decode()
    assert "1 article</a>" in shown
    assert "3 reads" in shown
    assert titles(reader, "/u/小喜/", "一", "下线", "草稿") == ["一"]


def test_an_article_leads_to_those_before_and_after_it_in_its_column(publish, growth):
    now = timezone.now()
    moments = [now - timedelta(hours=h) for h in (5, 4, 4, 3)]
    column = [publish(f"第{n}篇", at, column=growth) for n, at in enumerate(moments)]
    publish("别处", now)
    found = [[a and a.title for a in figures.neighbours(article)] for article in column]
    assert found == [[None, "第1篇"], ["第0篇", "第2篇"], ["第1篇", "第3篇"], ["第2篇", None]]


def test_most_read_leaves_out_what_has_gone(publish, xiaoxi):
    one, two = publish("一"), publish("二")
    read(one, 1)
    read(two, 2)
    articles.retire_article(actor=xiaoxi, article=two, reason="过期")
    assert [(a.title, a.reads) for a in figures.most_read(6)] == [("一", 1)]


@pytest.mark.parametrize("address", ["/", "/?sort=best", "/?sort=read", "/c/growth/", "/t/留存/", "/u/小喜/"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    reader, publish, growth, luren, address, django_assert_max_num_queries
):
    for n in range(13):
        article = publish(f"第{n}篇", column=growth, keywords=["留存"])
        ratings.rate_article(actor=luren, article=article, stars=4)
        read(article, 1)
    settle()
    with django_assert_max_num_queries(8):
        assert reader.get(address).status_code == 200
    assert reader.get(f"{address}{'&' if '?' in address else '?'}page=999").status_code == 200


def test_every_name_is_shown_as_text(reader, publish, xiaoxi):
    column = articles.open_column(actor=None, slug="odd", zh=HOSTILE, en=HOSTILE)
    actions.describe_column(actor=None, column=column, zh=HOSTILE, en=HOSTILE)
    article = publish(HOSTILE, summary='"><img src=x>', column=column, keywords=['"><img src=x>'])
    word = "/t/%22%3E%3Cimg%20src=x%3E/"
    for page in ("/", "/c/", "/c/odd/", "/t/", word, "/u/小喜/", article.get_absolute_url()):
        answer = reader.get(page)
        assert answer.status_code == 200, page
        shown = answer.content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
