"""Forgetting: of an erased person nothing is found in any file, and everybody else is as before."""

import time
from datetime import timedelta

import pytest

from lingyu.store.log.calendar import date_of
from lingyu.store.log.erasing import erase, search
from lingyu.store.log.tidying import tidy

from .making import IDENTIFY, NOON, browser, days, fact, user

pytestmark = pytest.mark.one_database
WORDS = ["xi@example.com", "browser-of-xi", "小喜的地址"]


def filled(shop) -> None:
    """小喜 under two names and 大鹏, on three days, with everything made that is made out of days."""
    shop.take(
        fact("view", browser("browser-of-xi"), page="a"),
        fact("view", user("peng"), page="a"),
        fact("login", user("xi@example.com"), browser("browser-of-xi"), at=days(1), link=IDENTIFY),
        fact("$set", user("xi@example.com"), at=days(1), kind="profile", change="set", address="小喜的地址"),
        fact("order", user("xi@example.com"), at=days(2), to="小喜的地址", revenue=5, currency="CNY"),
        fact("view", user("peng"), at=days(3), page="b"),
    )
    with shop.log.lease():
        shop.log.derived.build()


def test_nothing_of_an_erased_person_is_found_in_any_file(shop):
    filled(shop)
    assert {hit.where for hit in search(shop.log, shop.inbox, WORDS)} >= {"bytes"}
    person = shop.see().person("xi@example.com")
    others = shop.rows("event, time", f"person != {person}")
    with shop.log.lease():
        erased = erase(shop.log, shop.inbox, person, by="operator 阿鹊")
    assert erased == (2, 4, 3)
    assert search(shop.log, shop.inbox, WORDS) == []
    assert shop.rows("event, time") == others
    assert shop.people() == 1
    assert shop.see().person("xi@example.com") is None
    assert shop.log.derived.stale() == []


def test_who_was_erased_and_comes_again_is_somebody_new(shop):
    filled(shop)
    with shop.log.lease():
        erase(shop.log, shop.inbox, shop.see().person("xi@example.com"), by="operator 阿鹊")
    shop.take(fact("view", user("xi@example.com"), at=days(4)))
    assert shop.people() == 2
    assert len(shop.rows("event")) == 3


def test_days_beyond_what_is_kept_go_with_all_that_was_made_of_them(shop):
    filled(shop)
    now = NOON + timedelta(days=3)
    with shop.log.lease():
        tidy(shop.log, now, keep_days=1)
        shop.log.catalog.sweep(time.time() + 1)
    assert [str(date_of(day)) for day in shop.log.catalog.days()] == ["2026-03-04", "2026-03-05"]
    names = {path.name.split("_")[0] for path in shop.log.folder.glob("*/*_*")}
    assert names == {str(day) for day in shop.log.catalog.days()}
