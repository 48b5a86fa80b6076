"""Who is erased from the site is forgotten by the log of facts from outside, too, as soon as it can be."""

from datetime import timedelta

import pytest

from lingyu.community.accounts import actions
from lingyu.community.accounts.actions.erasures import OUTSIDE, SETTLED
from lingyu.community.accounts.jobs import erase_members, erase_outside_facts
from lingyu.kernel.facts import Key
from lingyu.store.events import PersonErased
from lingyu.store.log.damage import check
from lingyu.store.log.door import inbox
from lingyu.store.log.erasing import search
from lingyu.store.log.tests.conftest import Shop
from lingyu.store.log.tests.making import IDENTIFY, browser, days, fact, user

from .known import LATER, NOW

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("home")]
SOON = LATER + SETTLED + timedelta(minutes=1)


@pytest.fixture
def shop(empty_store) -> Shop:
    """The house's own log."""
    return Shop(empty_store)


@pytest.fixture
def erased(luren, shop):
    """路人, who was seen at two sources and is then erased from the site; beside 大鹏, who stays."""
    shop.take(
        fact("view", browser("browser of luren")),
        fact("login", user(luren.key), browser("browser of luren"), at=days(1), link=IDENTIFY),
        fact("order", Key("declared", luren.key, "member"), source="app", at=days(2)),
        fact("view", user("peng"), at=days(2)),
    )
    erasure = actions.ask_erasure(actor=luren, words="keep", at=NOW)
    assert erase_members(LATER) == 1
    return erasure


def test_facts_under_the_members_id_and_all_that_was_joined_with_it_go(erased, shop, facts):
    assert erase_outside_facts(LATER + timedelta(minutes=1)) == 0
    assert shop.people() == 3
    assert erase_outside_facts(SOON) == 1
    assert erase_outside_facts(SOON) == 0
    assert shop.people() == 1
    assert search(shop.log, inbox(), [erased.member.key, "browser of luren"]) == []
    assert erased.steps.get(code=OUTSIDE).rows == 3
    assert [event.pieces for event in facts(PersonErased)] == [2, 1]
    assert not [event for event in facts(PersonErased) if event.person or event.actor]


def test_a_log_that_cannot_do_it_now_is_asked_again(erased, shop):
    segment = shop.log.catalog.live("facts")[0]
    path = shop.log.folder / segment.path
    whole = path.read_bytes()
    path.write_bytes(b"")
    check(shop.log, [segment])
    assert erase_outside_facts(SOON) == 0
    assert not erased.steps.filter(code=OUTSIDE).exists()
    path.write_bytes(whole)
    with shop.log.catalog.writing() as db:
        db.execute("delete from damaged")
    assert erase_outside_facts(SOON) == 1
    assert shop.people() == 1
