"""People: found by any name, told on one page, and every look noted."""

from datetime import date

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.desk import events
from lingyu.desk.people import finding
from lingyu.desk.people.telling import Person
from lingyu.kernel.facts import Key, Link
from lingyu.store.log import sequences
from lingyu.store.log.tests.making import fact, user


@pytest.fixture
def an(shop) -> Person:
    """安, of whom two names are known."""
    seen = sequences()
    return Person(seen, seen.person("an"))


def test_somebody_is_found_by_each_name_and_by_how_it_begins(tell, shop):
    tell(fact("looked", user("anna")), fact("looked", user("Anna")))
    seen = sequences()
    assert [(f.called, f.by) for f in finding.search(seen, "an")] == [("an", "an"), ("anna", "anna")]
    assert [f.called for f in finding.search(seen, "b1")] == ["an"], "by what the browser drew"
    assert [f.called for f in finding.search(seen, "anno")] == []
    assert finding.search(seen, "  ") == []
    assert finding.search(seen, "%") == []


def test_who_was_here_last_comes_first(shop):
    told = [(one.called, one.event, one.times) for one in finding.lately(sequences())]
    assert told == [("bai", "looked", 3), ("an", "bought", 3), ("chen", "looked", 1)]


def test_a_person_is_all_their_numbers(an):
    assert len(an.numbers) == 2
    assert [(n.kind, n.value, n.known) for n in an.names] == [
        ("user", "an", True),
        ("anonymous", "b1", False),
    ]
    assert Person(an.seen, an.numbers[0]).number == Person(an.seen, an.numbers[1]).number
    assert an.events == [("bought", 2), ("looked", 1)]


def test_the_time_line_goes_by_the_days_of_the_site_and_by_event(an):
    assert an.days("") == [date(2026, 3, 3), date(2026, 3, 2)]
    assert an.days("looked") == [date(2026, 3, 2)]
    assert [h.event for h in an.on(date(2026, 3, 2))] == ["looked", "bought"]
    assert [h.event for h in an.on(date(2026, 3, 2), "bought")] == ["bought"]
    looked = an.on(date(2026, 3, 2))[0]
    assert (looked.properties["path"], looked.properties["colour"]) == ("/tea", "red")
    assert "secret" not in str(looked.properties)


def test_visits_are_cut_as_those_of_the_log_are(an):
    assert [s.events for s in an.sessions] == [1, 1, 1]
    assert an.sessions[-1].entry == "/tea"


def test_traits_groups_and_how_names_were_joined_are_told(tell, an):
    chen = an.seen.person("chen")
    assert Person(an.seen, chen).traits == {"level": 3}
    (join,) = an.joins
    assert (join.state, join.why) == ("active", "identify")
    assert "b1" in join.told
    tell(fact("enter", user("an"), kind="link", link=Link("group", group="tea club", group_kind="club")))
    tell(fact("part", user("an"), kind="link", link=Link("part", other=Key("anonymous", "b1"))))
    after = Person(sequences(), an.number)
    assert [(kind, code) for kind, code, *_when in after.groups] == [("club", "tea club")]
    assert [j.state for j in after.joins] == ["undone"]


def test_the_pages_are_for_who_may_and_each_look_is_noted(aque, luren, client_of, an, facts):
    here = f"/desk/content/people/{an.number}/"
    page = client_of(aque).get(here).content.decode()
    assert "bought" in page and "b1" in page
    assert "2026-03-02" not in page.split("<title>")[1].split("</title>")[0]
    other = next(n for n in an.numbers if n != an.number)
    assert client_of(aque).get(f"/desk/content/people/{other}/").url.endswith(here)
    assert client_of(luren).get(here).status_code == 403
    assert client_of(aque).get("/desk/content/people/999/").status_code == 404
    (seen,) = facts(events.PersonSeen)
    assert (seen.number, seen.actor) == (an.number, str(aque.pk))


def test_the_day_and_the_event_are_chosen_by_the_address(aque, client_of, an):
    here = f"/desk/content/people/{an.number}/"
    page = client_of(aque).get(here, {"day": "2026-03-02", "event": "looked"}).content.decode()
    assert page.count("<li><time") == 1
    assert client_of(aque).get(here, {"day": "soon", "event": "never"}).status_code == 200


def test_the_search_page_shows_who_was_found(aque, client_of, shop):
    browser_of = client_of(aque, "zh-hans")
    assert ">bai<" in browser_of.get("/desk/content/people/", {"q": "ba"}).content.decode()
    assert ">chen<" in browser_of.get("/desk/content/people/").content.decode()
    assert browser_of.get("/desk/content/people/", {"q": "nobody"}).status_code == 200


def test_nothing_breaks_where_nobody_ever_was(aque, client_of, empty_store):
    assert client_of(aque).get("/desk/content/people/").status_code == 200


def test_a_join_is_taken_back_with_a_reason_and_two_people_are_there(aque, client_of, an):
    (join,) = an.joins
    there = f"/desk/content/people/{an.number}/joins/{join.number}/part"
    page = client_of(aque).post(there, {"reason": " "}, follow=True).content.decode()
    assert "Say why" in page
    assert Person(sequences(), an.number).joins[0].state == "active"
    page = client_of(aque).post(there, {"reason": "a shared browser"}, follow=True).content.decode()
    assert "a shared browser" in page
    assert len(Person(sequences(), an.number).numbers) == 1
    missing = there.replace(f"/{join.number}/part", "/9999/part")
    assert "no such join" in client_of(aque).post(missing, {"reason": "x"}, follow=True).content.decode()


def test_only_who_administers_has_somebody_forgotten_and_then_nothing_is_found(aque, xiaoxi, client_of, an):
    there = f"/desk/content/people/{an.number}/forget"
    assert client_of(aque).post(there, {"reason": "asked for it"}).status_code == 403
    accounts.grant_role(actor=None, member=xiaoxi, role="administrator")
    page = client_of(xiaoxi).post(there, {"reason": "asked for it"}, follow=True).content.decode()
    assert "Forgotten, with 4 facts" in page
    assert finding.search(sequences(), "an") == []
    assert not Person(sequences(), an.number).is_there
