"""What an operator does to the log: noted there with reason and name, told as an event that names nobody."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from lingyu.kernel.facts import READERS, Reading
from lingyu.store.events import (
    FactsGivenUp,
    LogRezoned,
    PeopleJoined,
    PeopleParted,
    PersonErased,
    RequestsReadAgain,
)
from lingyu.store.log import operating
from lingyu.store.log.damage import check
from lingyu.store.log.door import inbox, log
from lingyu.store.log.erasing import search
from lingyu.store.log.operating import Refused
from lingyu.store.log.rezoning import rezone
from lingyu.store.log.status import status_of
from lingyu.store.tests.inboxes import row, writing_to

from .conftest import Shop
from .making import IDENTIFY, browser, days, fact, hours, user
from .test_derived import check as all_agree

WHY = "ticket 12"


@pytest.fixture
def shop(empty_store) -> Shop:
    """The house's own log."""
    return Shop(empty_store)


def said(*words: str, by: str = "阿鹊") -> str:
    """What `lingyu log …` prints."""
    out = io.StringIO()
    acts = words[0] in {"again", "mend", "join", "part", "erase", "rezone"}
    with translation.override("en"):
        call_command("log", *words, *(["--by", by] if acts else []), stdout=out)
    return out.getvalue()


def test_two_people_are_joined_and_parted_again_and_both_is_told(shop, facts):
    shop.take(fact("view", user("xi")), fact("view", browser("b"), at=days(1)))
    said("join", "xi", "b", "--reason", WHY)
    assert shop.people() == 1
    (joined,) = facts(PeopleJoined)
    assert (joined.actor, joined.number) == ("阿鹊", 1)
    shown = json.loads(said("people", "xi", "--format", "json"))
    assert [(n["value"], n["number"]) for n in shown[0]["names"]] == [("xi", 1), ("b", 2)]
    assert shown[0]["joins"][0][5:7] == [WHY, "operator 阿鹊"]
    said("part", "1", "--reason", "a mistake")
    assert shop.people() == 2
    assert [event.number for event in facts(PeopleParted)] == [1]
    assert "a mistake" in said("people", "b")


def test_a_deed_that_was_done_and_not_told_is_told_when_it_is_asked_for_again(shop, facts, monkeypatch):
    shop.take(fact("view", user("xi")), fact("view", browser("b"), at=days(1)))

    def killed(*args, **fields):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(operating, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            operating.join_people(log(), actor="阿鹊", one=1, two=2, reason=WHY)
    assert facts(PeopleJoined) == []
    for _time in range(2):
        assert operating.join_people(log(), actor="阿鹊", one=1, two=2, reason=WHY) == 1
    # Told twice under one id: it counts once.
    assert len({event.id for event in facts(PeopleJoined)}) == 1
    with pytest.raises(Refused, match="same_person"):
        operating.join_people(log(), actor="大鹏", one=1, two=2, reason="for another reason")


def test_two_whom_a_source_knows_apart_stay_apart_and_that_was_asked_is_noted(shop, facts):
    shop.take(fact("view", user("xi")), fact("view", user("peng")))
    with pytest.raises(CommandError, match="two people"):
        said("join", "xi", "peng", "--reason", WHY)
    assert shop.people() == 2
    assert facts(PeopleJoined) == []
    assert [join.state for join in operating.joins_of(log(), [1])] == ["refused"]
    with pytest.raises(Refused, match="no_such_join"):
        operating.part_people(log(), actor="阿鹊", number=1, reason=WHY)


def test_an_erasure_is_asked_for_proved_and_told_without_a_name(shop, facts, monkeypatch):
    shop.take(
        fact("view", browser("b"), page="a"),
        fact("login", user("xi@example.com"), browser("b"), at=days(1), link=IDENTIFY),
        fact("view", user("peng")),
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    with pytest.raises(CommandError, match="Nothing was done"):
        said("erase", "xi@example.com", "--reason", WHY)
    assert shop.people() == 2
    said("erase", "xi@example.com", "--reason", WHY, "--yes")
    assert shop.people() == 1
    (erased,) = facts(PersonErased)
    assert (erased.number, erased.pieces, erased.person, erased.actor) == (1, 2, None, "阿鹊")
    assert "Nothing was found" in said("search", "xi@example.com")
    noted = log().catalog.db().execute("select by, rows from erased").fetchall()
    assert noted == [(f"operator 阿鹊 ({WHY})", 2)]
    with pytest.raises(CommandError, match="Nobody"):
        said("erase", "xi@example.com", "--reason", WHY, "--yes")


def test_a_search_that_finds_something_says_where_and_fails(shop, capsys):
    shop.take(fact("view", user("xi@example.com")))
    with pytest.raises(SystemExit):
        said("search", "xi@example.com")
    assert search(log(), inbox(), ["xi@example.com"])


def test_a_name_of_several_people_is_not_guessed(shop):
    shop.take(fact("view", user("xi")), fact("view", user("xi"), source="app"))
    with pytest.raises(CommandError, match="#1, #2"):
        said("erase", "xi", "--reason", WHY, "--yes")
    said("erase", "#2", "--reason", WHY, "--yes")
    assert shop.people() == 1


def test_files_that_are_given_up_are_told_with_what_was_in_them(shop, facts):
    shop.take(*[fact("view", user(str(n))) for n in range(4)])
    (segment,) = log().catalog.live("facts")
    (log().folder / segment.path).write_bytes(b"nothing")
    check(log(), [segment])
    with pytest.raises(SystemExit):
        said("status")
    said("mend")
    assert facts(FactsGivenUp) == []
    said("mend", "--give-up", "--yes")
    assert [event.pieces for event in facts(FactsGivenUp)] == [4]
    assert json.loads(said("status", "--format", "json"))["troubles"] == []


def test_what_no_reader_understood_is_read_again(shop, facts, monkeypatch):
    def broken(request):
        raise KeyError("a mistake of ours")

    monkeypatch.setitem(READERS, "lingyu", broken)
    with writing_to(inbox()) as writer:
        writer.put_and_wait(row(1))
    said("compact")
    assert status_of(log(), inbox()).troubles == ["requests_unread"]
    monkeypatch.setitem(READERS, "lingyu", lambda request: Reading([fact("view", browser("b"))]))
    said("again")
    said("compact")
    assert len(shop.rows("event")) == 1
    assert [event.number for event in facts(RequestsReadAgain)] == [1]


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_log_that_is_made_anew_for_another_zone_holds_the_same_facts_by_its_days(
    shop, facts, settings, zone
):
    every = [fact(f"view {n % 3}", user(str(n % 4)), at=hours(7 * n), page=str(n)) for n in range(40)]
    shop.take(*every)
    before = shop.rows("event, person, time, props.page::VARCHAR")
    settings.TIME_ZONE = zone
    said("rezone", "--yes")
    with pytest.raises(Exception, match="start Lingyu again"):
        shop.see()
    assert [event.pieces for event in facts(LogRezoned)] == [40]
    shop.log, shop.compactor.log = log(), log()
    assert shop.rows("event, person, time, props.page::VARCHAR") == before
    all_agree(shop)
    with log().lease():
        log().derived.build()
    all_agree(shop)
    assert shop.take(*every) == 0
    assert rezone(log().folder, zone) == (40, 0)
