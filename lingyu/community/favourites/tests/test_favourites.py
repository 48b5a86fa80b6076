"""Members keep articles: once each, in folders of their own, counted truly, and never seen by others."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Erasure
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.community.favourites import actions, privacy
from lingyu.community.favourites.events import FavouriteAdded, FavouriteFiled, FavouriteRemoved
from lingyu.community.favourites.models import Favourite, Folder, Tally

HTMX = {"HX-Request": "true"}
BROKEN = '"><img src=x>'


def publish(author, title="留存"):
    made = articles.write_article(actor=author, title=title, body="正文")
    articles.publish_article(actor=author, article=made)
    return made


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    return publish(xiaoxi)


def count(article) -> int:
    tally = Tally.objects.filter(article=article).first()
    return tally.members if tally else 0


def test_keeping_twice_is_keeping_once_and_so_is_letting_go(article, luren, facts):
    assert actions.add_favourite(actor=luren, article=article)
    assert not actions.add_favourite(actor=luren, article=article)
    assert count(article) == 1
    assert actions.remove_favourite(actor=luren, article=article)
    assert not actions.remove_favourite(actor=luren, article=article)
    assert count(article) == 0
    assert (
        [f.person for f in facts(FavouriteAdded)]
        == [luren.key]
        == [f.person for f in facts(FavouriteRemoved)]
    )


def test_a_draft_is_not_kept_and_another_members_folder_not_used(article, xiaoxi, luren, dapeng):
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    with pytest.raises(ValidationError):
        actions.add_favourite(actor=luren, article=draft)
    foreign = actions.make_folder(actor=dapeng, name="大鹏的")
    with pytest.raises(ValidationError):
        actions.add_favourite(actor=luren, article=article, folder=foreign)
    actions.add_favourite(actor=luren, article=article)
    with pytest.raises(ValidationError):
        actions.file_favourite(actor=luren, favourite=Favourite.objects.get(), folder=foreign, note="")
    for act in (
        lambda: actions.rename_folder(actor=luren, folder=foreign, name="我的"),
        lambda: actions.delete_folder(actor=luren, folder=foreign),
    ):
        with pytest.raises(ValidationError):
            act()


def test_folders_are_made_once_renamed_and_deleted_without_what_lies_in_them(article, luren, facts):
    folder = actions.make_folder(actor=luren, name="  To  read ")
    assert folder.name == "To read"
    assert actions.make_folder(actor=luren, name="to READ") == folder
    actions.add_favourite(actor=luren, article=article)
    kept = Favourite.objects.get()
    assert actions.file_favourite(actor=luren, favourite=kept, folder=folder, note="周报 里用")
    assert not actions.file_favourite(actor=luren, favourite=kept, folder=folder, note="周报 里用")
    assert len(facts(FavouriteFiled)) == 1
    other = actions.make_folder(actor=luren, name="做活动")
    with pytest.raises(ValidationError):
        actions.rename_folder(actor=luren, folder=other, name="TO READ")
    assert actions.rename_folder(actor=luren, folder=other, name="办活动")
    assert actions.delete_folder(actor=luren, folder=folder) == 1
    kept.refresh_from_db()
    assert (kept.folder, kept.note) == (None, "周报 里用")


@pytest.mark.parametrize("name", ["", "   ", "\0", "名" * 41, "名" * 10_000])
def test_a_folder_has_a_name_that_fits(luren, name):
    with pytest.raises(ValidationError):
        actions.make_folder(actor=luren, name=name)


@pytest.mark.django_db(transaction=True)
def test_kept_from_many_tabs_at_once_it_is_kept_once(article, luren, dapeng):
    def submit(member):
        try:
            actions.add_favourite(actor=member, article=Article.objects.get(id=article.id))
        finally:
            connections.close_all()

    # SQLite's tests share one database in memory, which knows no waiting: there they come one by one.
    with ThreadPoolExecutor(8 if connection.vendor == "postgresql" else 1) as pool:
        list(pool.map(submit, [luren, dapeng] * 6))
    assert Favourite.objects.count() == count(article) == 2


class TestTally(TestCase):
    """Whatever members keep and let go of, the count is that of the rows."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.booleans()), max_size=20))
    def test_the_count_is_always_that_of_the_rows(self, steps):
        author, *people = (
            accounts.join(actor=None, username=n, password="of the cast")
            for n in ("作者", "甲甲", "乙乙", "丙丙")
        )
        both = [publish(author), publish(author)]
        for who, which, keep in steps:
            act = actions.add_favourite if keep else actions.remove_favourite
            act(actor=people[who], article=both[which])
        for article in both:
            assert count(article) == Favourite.objects.filter(article=article).count()


def test_without_a_script_an_article_is_kept_and_filed_into_a_new_folder(article, luren, client_of):
    browser, address = client_of(luren), article.get_absolute_url()
    assert "Add to favourites" in browser.get(address).content.decode()
    assert browser.post(f"{address}favourite/", {"keep": "1"})["Location"] == address
    shown = browser.get(address).content.decode()
    assert "In my favourites" in shown
    assert "1 member keeps it" in shown
    filing = shown.split('class="button button-small button-quiet" href="')[1].split('"')[0]
    assert "Or a new folder" in browser.get(filing).content.decode()
    answer = browser.post(filing, {"folder": "", "new": "要读的", "note": "第三段"})
    assert answer["Location"] == "/me/favourites/"
    listed = browser.get("/me/favourites/").content.decode()
    for words in ("留存", "要读的", "第三段"):
        assert words in listed
    browser.post(f"{address}favourite/", {"keep": ""})
    assert not Favourite.objects.exists()


def test_with_the_script_the_button_and_the_form_are_answered(article, luren, client_of):
    browser, address = client_of(luren), article.get_absolute_url()
    shown = browser.post(f"{address}favourite/", {"keep": "1"}, headers=HTMX).content.decode()
    assert shown.lstrip().startswith('<div class="favourite"')
    filing = shown.split('hx-get="')[1].split('"')[0]
    form = browser.get(filing, headers=HTMX).content.decode()
    assert form.lstrip().startswith("<form")
    done = browser.post(filing, {"folder": "", "new": "要读的", "note": ""}, headers=HTMX).content.decode()
    assert 'role="status"' in done
    assert Favourite.objects.get().folder.name == "要读的"


def test_the_list_is_narrowed_by_folder_and_words(xiaoxi, luren, client_of):
    folder = actions.make_folder(actor=luren, name="数字")
    one, two = publish(xiaoxi, "留存怎么看"), publish(xiaoxi, "复购怎么算")
    actions.add_favourite(actor=luren, article=one, folder=folder)
    actions.add_favourite(actor=luren, article=two)
    browser = client_of(luren)

    def titles(query):
        shown = browser.get(f"/me/favourites/{query}").content.decode()
        return {t for t in ("留存怎么看", "复购怎么算") if t in shown}

    assert titles("") == {"留存怎么看", "复购怎么算"}
    assert titles(f"?folder={folder.id}") == {"留存怎么看"}
    assert titles("?folder=none") == {"复购怎么算"}
    assert titles("?q=复购") == {"复购怎么算"}
    assert titles("?q=复购 留存") == set()
    assert titles("?folder=nonsense&page=abc&q=%00") == {"留存怎么看", "复购怎么算"}


def test_nobody_sees_or_changes_what_another_keeps(article, luren, dapeng, client_of):
    folder = actions.make_folder(actor=luren, name="私房")
    actions.add_favourite(actor=luren, article=article, folder=folder)
    kept = Favourite.objects.get()
    other = client_of(dapeng)
    assert "私房" not in other.get(f"/me/favourites/?folder={folder.id}").content.decode()
    assert other.get(reverse("file_favourite", args=[kept.id])).status_code == 404
    assert other.post(reverse("remove_favourite", args=[kept.id])).status_code == 404
    assert other.post(reverse("favourite_folder", args=[folder.id]), {"name": "我的"}).status_code == 404
    assert other.post(reverse("delete_favourite_folder", args=[folder.id])).status_code == 404
    assert "私房" not in other.get(article.get_absolute_url()).content.decode()
    assert Favourite.objects.count() == Folder.objects.count() == 1


def test_a_retired_article_stays_as_its_title_alone(article, xiaoxi, luren, client_of):
    actions.add_favourite(actor=luren, article=article)
    articles.retire_article(actor=xiaoxi, article=article, reason="过期")
    shown = client_of(luren).get("/me/favourites/").content.decode()
    assert "留存" in shown
    assert "No longer on the site" in shown
    assert article.get_absolute_url() not in shown


def test_they_go_home_as_csv_in_which_nothing_is_a_formula(xiaoxi, luren, client_of):
    actions.add_favourite(actor=luren, article=publish(xiaoxi, "=1+1"))
    answer = client_of(luren).get("/me/favourites/export/")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][0] == "Title"
    assert rows[1][0] == "'=1+1"
    assert rows[1][1].startswith("http://testserver/a/")


def test_names_and_notes_are_shown_as_text(article, luren, client_of):
    hostile = "<script>alert(1)</script>"
    folder = actions.make_folder(actor=luren, name=hostile)
    actions.add_favourite(actor=luren, article=article, folder=folder)
    actions.file_favourite(
        actor=luren, favourite=Favourite.objects.get(), folder=folder, note='"><img src=x>'
    )
    browser = client_of(luren)
    for page in (
        "/me/favourites/",
        reverse("favourite_folder", args=[folder.id]),
        reverse("file_favourite", args=[Favourite.objects.get().id]),
    ):
        shown = browser.get(page).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown


def test_a_long_list_costs_a_constant_number_of_queries(
    xiaoxi, luren, client_of, django_assert_max_num_queries
):
    for n in range(25):
        actions.add_favourite(actor=luren, article=publish(xiaoxi, f"第{n}篇"))
    browser = client_of(luren)
    with django_assert_max_num_queries(12):
        assert "第24篇" in browser.get("/me/favourites/").content.decode()


def test_who_leaves_takes_their_favourites_along(article, luren, dapeng):
    actions.add_favourite(actor=luren, article=article, folder=actions.make_folder(actor=luren, name="私房"))
    actions.add_favourite(actor=dapeng, article=article)
    assert [row["folder"] for row in privacy.favourites(luren)] == ["私房"]
    assert [row["name"] for row in privacy.folders(luren)] == ["私房"]
    for change in privacy.forget_favourites(Erasure(member=luren)):
        change.action() if hasattr(change, "action") else change.rows.delete()
    assert count(article) == Favourite.objects.count() == 1
    assert not Folder.objects.exists()
