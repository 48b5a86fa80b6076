"""What was read most in the last seven days: kept with every read, and counted anew as days pass."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lingyu.community.articles import actions
from lingyu.community.articles.models import Readership
from lingyu.community.shelves import figures


@pytest.fixture
def read(xiaoxi):
    """`read("title", 3, days=1)`: an article by 小喜 that three visitors read that many days ago."""

    def entered(title, times, days=0):
        article = actions.write_article(actor=xiaoxi, title=title, body="正文")
        actions.publish_article(actor=xiaoxi, article=article)
        for n in range(times):
            at = timezone.now() - timedelta(days=days)
            actions.report_read(actor=None, person=f"visitor-{n}", article=article, at=at)
        return article

    return entered


def _most_read() -> list[tuple[str, int]]:
    return [(a.title, a.reads) for a in figures.most_read(6)]


def test_every_read_of_the_week_counts_at_once_and_none_before_it(read):
    read("两次", 2, days=6)
    read("三次", 3)
    read("上个月", 5, days=30)
    read("没人读", 0)
    assert _most_read() == [("三次", 3), ("两次", 2)]


def test_what_was_taken_off_the_site_is_no_longer_among_them(read, xiaoxi):
    article = read("三次", 3)
    actions.retire_article(actor=xiaoxi, article=article, reason="过时")
    assert _most_read() == []


def test_counting_anew_leaves_out_days_that_have_passed(read):
    read("早", 2, days=5)
    read("今", 1)
    assert actions.recount_week(actor=None, at=timezone.now() + timedelta(days=4)) == 1
    assert _most_read() == [("今", 1)]


def test_counting_anew_mends_a_count_that_was_wrong(read):
    article = read("三次", 3)
    Readership.objects.filter(article=article).update(reads_in_week=9)
    actions.recount_week(actor=None, at=timezone.now())
    assert _most_read() == [("三次", 3)]


def test_reads_go_on_being_counted_after_a_recount(read):
    article = read("三次", 3)
    actions.recount_week(actor=None, at=timezone.now())
    actions.report_read(actor=None, person="visitor-9", article=article)
    assert _most_read() == [("三次", 4)]
