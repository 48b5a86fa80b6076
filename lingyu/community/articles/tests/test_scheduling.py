"""Publishing at a chosen time: once, on time, in the site's zone, and not at all when it is called off."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions, jobs
from lingyu.community.articles.addresses import short
from lingyu.community.articles.events import ArticlePublished, ArticleScheduled, ScheduleCancelled
from lingyu.community.articles.models import Article
from lingyu.community.articles.timing import moment_of

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def waiting(xiaoxi):
    """A draft that is to be published in two hours."""
    article = actions.write_article(actor=xiaoxi, title="定时", body="文", at=NOW)
    actions.schedule_article(actor=xiaoxi, article=article, moment=LATER, at=NOW)
    return article


def again(article):
    return Article.objects.get(id=article.id)


def test_it_is_published_when_its_time_has_come_and_not_before(waiting, facts):
    assert jobs.publish(LATER - timedelta(seconds=1)) == 0
    assert not again(waiting).is_published
    assert jobs.publish(LATER) == 1
    assert again(waiting).published_at == LATER
    assert again(waiting).scheduled_for is None
    assert jobs.publish(LATER) == 0
    assert len(facts(ArticlePublished)) == 1
    (fact,) = facts(ArticleScheduled)
    assert (fact.article, fact.scheduled_for) == (waiting.id, LATER)


@pytest.mark.django_db(transaction=True)
def test_two_workers_publish_it_once(waiting, facts):
    def work(_):
        try:
            return jobs.publish(LATER)
        finally:
            if threading.current_thread() is not threading.main_thread():
                connection.close()

    # SQLite's memory of the tests is one connection's: there, one after the other.
    with ThreadPoolExecutor(6 if connection.vendor == "postgresql" else 1) as pool:
        assert sum(pool.map(work, range(6))) == 1
    assert len(facts(ArticlePublished)) == 1


def test_another_time_takes_the_place_of_the_first(xiaoxi, waiting, facts):
    tomorrow = NOW + timedelta(days=1)
    assert actions.schedule_article(actor=xiaoxi, article=waiting, moment=tomorrow, at=NOW)
    assert not actions.schedule_article(actor=xiaoxi, article=waiting, moment=tomorrow, at=NOW)
    assert jobs.publish(LATER) == 0
    assert jobs.publish(tomorrow) == 1
    assert len(facts(ArticleScheduled)) == 2


def test_it_is_called_off_or_published_by_hand_before(xiaoxi, waiting, facts):
    assert actions.cancel_schedule(actor=xiaoxi, article=waiting)
    assert not actions.cancel_schedule(actor=xiaoxi, article=waiting)
    assert jobs.publish(LATER) == 0
    assert len(facts(ScheduleCancelled)) == 1
    actions.schedule_article(actor=xiaoxi, article=waiting, moment=LATER, at=NOW)
    actions.publish_article(actor=xiaoxi, article=waiting, at=NOW)
    assert jobs.publish(LATER) == 0
    assert again(waiting).published_at == NOW


def test_a_retired_article_is_not_published_and_the_time_falls_away(xiaoxi, waiting, facts):
    actions.retire_article(actor=xiaoxi, article=waiting, reason="不发了")
    assert jobs.publish(LATER) == 0
    assert again(waiting).scheduled_for is None
    assert len(facts(ScheduleCancelled)) == 1
    with pytest.raises(ValidationError):
        actions.schedule_article(actor=xiaoxi, article=again(waiting), moment=LATER, at=NOW)


def test_who_may_no_longer_write_does_not_publish_either(xiaoxi, waiting):
    accounts.revoke_role(actor=None, member=xiaoxi, role="author")
    jobs.publish(LATER)
    assert not again(waiting).is_published
    assert again(waiting).scheduled_for is None


@pytest.mark.parametrize("moment", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)])
def test_a_time_that_is_past_or_too_far_is_refused(xiaoxi, waiting, moment):
    with pytest.raises(ValidationError):
        actions.schedule_article(actor=xiaoxi, article=waiting, moment=moment, at=NOW)
    assert again(waiting).scheduled_for == LATER


def test_the_hour_is_the_sites(settings):
    assert moment_of(date(2026, 11, 21), time(8, 30)) == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
    settings.TIME_ZONE = "America/New_York"
    assert moment_of(date(2026, 7, 1), time(8, 0)) == datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert moment_of(date(2026, 12, 1), time(8, 0)) == datetime(2026, 12, 1, 13, 0, tzinfo=UTC)


def test_an_hour_that_is_left_out_is_refused_and_of_one_that_comes_twice_the_first_is_meant(settings):
    settings.TIME_ZONE = "America/New_York"
    with pytest.raises(ValidationError):
        moment_of(date(2027, 3, 14), time(2, 30))
    assert moment_of(date(2026, 11, 1), time(1, 30)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_the_page_schedules_changes_and_calls_off(xiaoxi, client_of):
    writer, tomorrow = client_of(xiaoxi), datetime.now(UTC) + timedelta(days=2)
    day = tomorrow.strftime("%Y-%m-%d")
    writer.post("/write/", {"title": "题", "body": "文", "schedule": "1", "day": day, "hour": "08:30"})
    article = Article.objects.get()
    assert article.scheduled_for.astimezone(UTC).strftime("%H:%M") == "00:30"
    assert "题" in writer.get("/write/mine/?state=scheduled").content.decode()
    writer.post(f"/write/{short(article.id)}/schedule/", {"day": day, "hour": "09:00"})
    assert again(article).scheduled_for.astimezone(UTC).strftime("%H:%M") == "01:00"
    for wrong in ({"day": "2020-01-01", "hour": "09:00"}, {"day": "", "hour": "x"}, {}):
        writer.post(f"/write/{short(article.id)}/schedule/", wrong)
        assert again(article).scheduled_for.astimezone(UTC).strftime("%H:%M") == "01:00"
    writer.post(f"/write/{short(article.id)}/schedule/", {"cancel": "1"})
    assert again(article).scheduled_for is None


def test_nobody_schedules_what_another_wrote(waiting, luren, client_of):
    accounts.grant_role(actor=None, member=luren, role="author")
    answer = client_of(luren).post(f"/write/{short(waiting.id)}/schedule/", {"cancel": "1"})
    assert answer.status_code == 404
    assert again(waiting).scheduled_for == LATER
