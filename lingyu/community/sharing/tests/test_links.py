"""A link is signed, says nothing personal, and leads to its article whatever became of it."""

import random

import pytest
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.articles.addresses import ALPHABET
from lingyu.community.sharing import actions, links
from lingyu.community.sharing.events import LinkMade
from lingyu.community.sharing.models import LINK_LIFE, Arrival, ShareLink

from .known import DAY, NOON, browser, comes, comes_and_reads, someone, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(luren, article):
    """路人's link, made now: what the pages are asked for happens now."""
    return actions.make_link(actor=luren, article=article)


def test_a_member_has_one_link_to_an_article(luren, article, facts):
    one = actions.make_link(actor=luren, article=article, at=NOON)
    again = actions.make_link(actor=luren, article=article, at=NOON + DAY)
    assert one.id == again.id
    assert [(f.person, f.article, f.via) for f in facts(LinkMade)] == [(luren.key, article.id, "share")]


def test_each_member_and_article_has_another(luren, dapeng, article, xiaoxi):
    other = written(xiaoxi)
    made = [actions.make_link(actor=m, article=a) for m in (luren, dapeng) for a in (article, other, None)]
    assert len({link.number for link in made}) == len(made)
    assert sorted(link.via for link in made) == ["invite"] * 2 + ["share"] * 4


def test_the_token_is_short_and_holds_neither_name_nor_id(link, luren):
    token = links.token(link)
    assert len(token) == 39 and set(token) <= set(ALPHABET)
    assert luren.username not in token and luren.id.hex not in token


def test_what_is_read_is_what_was_written(link, article):
    for number in (0, 1, link.number, 2**40 - 1):
        assert links.number(links.code(number, article.id), article.id) == number
        assert links.number(links.code(number, None), None) == number


def test_no_changed_letter_passes(link, article):
    good = links.code(link.number, article.id)
    forged = {good[:n] + c + good[n + 1 :] for n in range(len(good)) for c in ALPHABET} - {good}
    assert [f for f in forged if links.number(f, article.id) is not None] == []


def test_codes_of_other_articles_other_purposes_and_other_keys_do_not_pass(link, article, xiaoxi, settings):
    good = links.code(link.number, article.id)
    assert links.number(good, written(xiaoxi).id) is None
    assert links.number(good, None) is None
    assert links.number(links.code(link.number, None), article.id) is None
    kept, settings.SECRET_KEY = settings.SECRET_KEY, "another key of another house"
    assert links.number(good, article.id) is None
    settings.SECRET_KEY_FALLBACKS = [kept]
    assert links.number(good, article.id) == link.number


@pytest.mark.parametrize(
    "code", ["", "1", "1" * 17, "z" * 17, "0" * 17, "é" * 17, "\0" * 17, "1" * 10_000, "'; drop table--"]
)
def test_nonsense_is_no_code(code, article):
    assert links.number(code, article.id) is None
    assert links.found(code, article.id) is None


def test_random_codes_are_none_of_ours(article):
    dice = random.Random(7)
    for _ in range(2_000):
        assert links.number("".join(dice.choices(ALPHABET, k=17)), article.id) is None


def test_a_good_link_leads_to_its_article_and_is_noted(live, article):
    reader = browser()
    answer = reader.get(f"/s/{links.token(live)}/")
    assert (answer.status_code, answer["location"]) == (302, article.get_absolute_url())
    assert "visitor" in reader.cookies
    assert Arrival.objects.get().link == live
    reader.get(f"/s/{links.token(live)}/")
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize("change", ["tampered", "foreign", "empty", "expired", "ended", "long", "good"])
def test_a_link_that_is_worth_nothing_leads_there_all_the_same(change, live, article, xiaoxi):
    token = links.token(live)
    if change == "expired":
        ShareLink.objects.update(made_at=timezone.now() - LINK_LIFE)
    if change == "ended":
        ShareLink.objects.update(ended_at=NOON)
    token = {
        "tampered": token[:-1] + ("1" if token[-1] != "1" else "2"),
        "foreign": token[:22] + links.code(live.number, written(xiaoxi).id),
        "empty": token[:22],
        "long": token + "x" * 500,
        "good": token,
    }.get(change, token)
    answer = browser().get(f"/s/{token}/")
    assert (answer.status_code, answer["location"]) == (302, article.get_absolute_url())
    assert Arrival.objects.exists() == (change == "good")


@pytest.mark.parametrize("token", ["x", "1" * 22, "0" * 39, "z" * 39, "é" * 40, "%00" * 13])
def test_a_token_without_an_article_is_not_found(token, live):
    reader = browser()
    answer = reader.get(f"/s/{token}/", follow=True)
    assert answer.status_code == 404
    assert not Arrival.objects.exists()


def test_drafts_and_retired_articles_have_no_links_and_note_nobody(luren, xiaoxi, live, article):
    draft = written(xiaoxi, published=False)
    for who in (luren, xiaoxi):
        assert browser(member=who).get(f"{draft.get_absolute_url()}share/").status_code == 404
    assert "share-dialog" not in browser(member=xiaoxi).get(draft.get_absolute_url()).content.decode()
    browser().get(f"/s/{links.token(live)}/")
    assert Arrival.objects.count() == 1
    articles.retire_article(actor=xiaoxi, article=article, reason="旧")
    assert browser().get(f"/s/{links.token(live)}/", follow=True).status_code == 404
    assert Arrival.objects.count() == 1


def test_looking_ahead_and_asking_for_the_head_note_nobody(live):
    address = f"/s/{links.token(live)}/"
    assert browser().head(address).status_code == 302
    for name in ("purpose", "sec-purpose"):
        assert browser().get(address, headers={name: "prefetch"}).status_code == 302
    assert not Arrival.objects.exists()


def test_a_link_whose_life_is_over_is_replaced(luren, article):
    old = actions.make_link(actor=luren, article=article, at=NOON)
    new = actions.make_link(actor=luren, article=article, at=NOON + LINK_LIFE)
    assert new.id != old.id
    assert comes(old, someone(), at=NOON + LINK_LIFE) is None
    assert comes(new, someone(), at=NOON + LINK_LIFE) is not None
    old.refresh_from_db()
    assert old.ended_at == NOON + LINK_LIFE


def test_who_came_by_a_link_and_shares_again_stands_one_deeper(link, dapeng, article):
    comes_and_reads(link, dapeng)
    again = actions.make_link(actor=dapeng, article=article, at=NOON + DAY)
    assert (again.parent, again.depth) == (link, 1)


def test_ones_own_link_makes_nothing_deeper(luren, article, link):
    comes(link, luren)
    ShareLink.objects.update(ended_at=NOON)
    Arrival.objects.update(member=luren)
    assert actions.make_link(actor=luren, article=article, at=NOON + DAY).depth == 0
