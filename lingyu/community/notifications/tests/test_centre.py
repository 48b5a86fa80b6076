"""The centre as a member uses it: unread first, read and undone, filtered, paged, with a bell that counts."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.notifications import actions, kinds
from lingyu.community.notifications.models import Notification, Preference, Rhythm

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def told(luren):
    """`told(3, kinds.FEATURED)`: as many lines for 路人."""

    def tell(count: int, kind=kinds.FEATURED):
        for number in range(count):
            at = NOW + timedelta(minutes=number)
            actions.tell(member=luren.id, kind=kind, key=f"{kind.code} {number}", at=at)

    return tell


def bell(page: str) -> str:
    """The number on the bell of a page, "" without one."""
    return (re.findall(r'class="bell-count"[^>]*>([^<]*)<', page) or [""])[0]


def test_the_bell_counts_groups_on_every_page_and_says_so(told, luren, client_of, say, aque, xiaoxi):
    told(2)
    first = say(luren)
    say(aque, parent=first)
    say(xiaoxi, parent=first)
    page = client_of(luren).get("/").content.decode()
    groups = len(set(Notification.objects.of(luren).values_list("group", flat=True)))
    assert bell(page) == str(groups)
    assert groups < Notification.objects.of(luren).count()
    assert f"Notifications: {groups} unread" in page


def test_the_bell_of_a_visitor_is_not_there_and_of_a_hundred_it_says_more_than_99(
    told, luren, client_of, anonymous
):
    assert "bell" not in client_of(anonymous).get("/").content.decode()
    told(130)
    assert bell(client_of(luren).get("/").content.decode()) == "99+"


def test_the_bell_costs_one_query(told, luren, rf, django_assert_num_queries):
    from lingyu.community.notifications.bell import bell as part

    told(3)
    request = rf.get("/")
    request.user = luren
    with django_assert_num_queries(1):
        part(request)


def test_the_unread_stand_first_and_a_page_costs_few_queries(
    told, luren, client_of, django_assert_max_num_queries
):
    told(30)
    actions.mark_read(actor=luren, group=f"{kinds.FEATURED.code}|{kinds.FEATURED.code} 29")
    browser = client_of(luren)
    with django_assert_max_num_queries(14):
        first = browser.get("/me/notifications/").content.decode()
    assert first.count('class="notice notice-new"') == 20
    second = browser.get("/me/notifications/?page=2").content.decode()
    assert second.count('class="notice notice-new"') == 9
    assert second.count('class="notice"') == 1


def test_all_are_read_and_that_is_undone(told, luren, client_of):
    told(3)
    browser = client_of(luren)
    answer = browser.post("/me/notifications/read/", follow=True).content.decode()
    assert bell(answer) == ""
    read_at = re.findall(r'name="read_at" value="([^"]+)"', answer)[0]
    undone = browser.post("/me/notifications/unread/", {"read_at": read_at}, follow=True).content.decode()
    assert bell(undone) == "3"


def test_an_undo_brings_back_what_it_was_for_and_nothing_else(told, luren, client_of):
    told(2)
    browser = client_of(luren)
    actions.mark_read(actor=luren, group=f"{kinds.FEATURED.code}|{kinds.FEATURED.code} 0", at=NOW)
    answer = browser.post("/me/notifications/read/", follow=True).content.decode()
    read_at = re.findall(r'name="read_at" value="([^"]+)"', answer)[0]
    browser.post("/me/notifications/unread/", {"read_at": read_at})
    assert Notification.objects.get(read_at=NOW)
    assert Notification.objects.unread().count() == 1


def test_one_line_is_read_in_place_by_a_script(told, luren, client_of):
    told(2)
    group = Notification.objects.first().group
    answer = client_of(luren).post(
        "/me/notifications/read/", {"group": group}, headers={"hx-request": "true"}
    )
    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert fragment.count("notice-new") == 1
    assert bell(fragment) == "1"
    assert 'hx-swap-oob="true"' in fragment


def test_a_filter_shows_one_area_and_reads_only_that(told, luren, client_of):
    told(2)
    told(1, kinds.EXPIRED)
    browser = client_of(luren)
    shown = browser.get("/me/notifications/?area=feathers").content.decode()
    assert shown.count('class="notice notice-new"') == 1
    browser.post("/me/notifications/read/", {"area": "feathers"})
    assert Notification.objects.unread().count() == 2


def test_opening_a_line_reads_it_and_leads_to_the_comment(say, luren, xiaoxi, client_of, article):
    comment = say(luren)
    told = Notification.objects.get(member=xiaoxi, kind=kinds.COMMENTED.code)
    answer = client_of(xiaoxi).get(f"/me/notifications/{told.id}/")
    assert answer["Location"] == f"{article.get_absolute_url()}#comment-{comment.id}"
    told.refresh_from_db()
    assert told.read_at is not None


def test_nobody_opens_reads_or_undoes_for_somebody_else(told, luren, aque, client_of):
    told(1)
    stored = Notification.objects.get()
    browser = client_of(aque)
    assert browser.get(f"/me/notifications/{stored.id}/").status_code == 404
    browser.post("/me/notifications/read/", {"group": stored.group})
    browser.post("/me/notifications/read/")
    stored.refresh_from_db()
    assert stored.read_at is None
    actions.mark_read(actor=luren, group=stored.group, at=NOW)
    browser.post("/me/notifications/unread/", {"read_at": NOW.isoformat()})
    stored.refresh_from_db()
    assert stored.read_at == NOW


@pytest.mark.parametrize("sent", ["", "yesterday", "2026-11-23", "9" * 10_000, "2026-11-23T04:00:00", "\0"])
def test_an_undo_of_nonsense_changes_nothing(told, luren, client_of, sent):
    told(1)
    answer = client_of(luren).post("/me/notifications/unread/", {"read_at": sent})
    assert answer.status_code == 302


@pytest.mark.parametrize("asked", ["?page=x", "?page=-1", "?page=99999", "?area=<script>", "?undo=<b>x</b>"])
def test_an_address_of_nonsense_shows_the_centre(told, luren, client_of, asked):
    told(1)
    answer = client_of(luren).get(f"/me/notifications/{asked}")
    assert answer.status_code == 200
    assert '<script>"' not in answer.content.decode()
    assert "<b>x</b>" not in answer.content.decode()


def test_names_and_titles_are_shown_as_they_were_typed(say, luren, xiaoxi, client_of):
    accounts.edit_profile(actor=luren, pen_name="<img src=x onerror=alert(1)>", bio="")
    say(luren)
    shown = client_of(xiaoxi).get("/me/notifications/").content.decode()
    assert "<img src=x" not in shown
    assert "&lt;img src=x" in shown
    assert "&lt;b&gt;GMV" in shown


def test_preferences_are_a_table_that_saves_what_it_shows(luren, client_of):
    browser = client_of(luren)
    shown = browser.get("/me/notifications/preferences/").content.decode()
    ticked = dict.fromkeys(re.findall(r'name="([^"]+)" checked', shown), "on")
    assert f"here.{kinds.REPLIED.code}" in ticked
    sent = ticked | {"period": "weekly", "hour": "7"}
    del sent[f"mail.{kinds.REPLIED.code}"]
    browser.post("/me/notifications/preferences/", sent)
    assert [(p.kind, p.channel, p.wanted) for p in Preference.objects.all()] == [
        (kinds.REPLIED.code, "mail", False)
    ]
    assert (Rhythm.of(luren).period, Rhythm.of(luren).hour) == ("weekly", 7)


@pytest.mark.parametrize("sent", [{}, {"period": "hourly", "hour": "9"}, {"period": "daily", "hour": "25"}])
def test_preferences_that_cannot_be_taken_are_told_and_change_nothing(luren, client_of, sent):
    answer = client_of(luren).post("/me/notifications/preferences/", sent)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Preference.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing yet"), ("zh-hans", "还没有通知")])
def test_an_empty_centre_says_what_will_stand_there(luren, client_of, language, words):
    assert words in client_of(luren, language).get("/me/notifications/").content.decode()
