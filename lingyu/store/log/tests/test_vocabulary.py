"""What forms offer: the events of the last days by number, and what they carry."""

from lingyu.store.log import vocabulary

from .making import days, fact, hours, user


def test_events_of_the_last_days_come_by_how_often_they_came(shop):
    xi = user("xi")
    shop.take(
        fact("opened", xi), fact("paid", xi), fact("opened", xi, at=days(1)), fact("left", xi, at=days(-60))
    )
    assert vocabulary.events(shop.see()) == [("opened", 2), ("paid", 1)]


def test_the_entrance_is_what_most_people_begin_their_day_with(shop):
    for name in ("xi", "peng", "que"):
        shop.take(
            fact("opened", user(name)),
            fact("read", user(name), at=hours(1)),
            fact("read", user(name), at=hours(2)),
        )
    shop.take(fact("read", user("lu")))
    assert vocabulary.entrance(shop.see()) == "opened"


def test_machines_and_what_is_said_about_people_are_no_events_to_choose(shop):
    shop.take(
        fact("opened", user("xi")),
        fact("crawled", user("spider"), bot=True),
        fact("profile", user("xi"), kind="profile", change="set", plan="pro"),
    )
    assert [named.name for named in vocabulary.events(shop.see())] == ["opened"]


def test_properties_are_offered_with_their_commonest_values(shop):
    xi = user("xi")
    shop.take(
        fact("paid", xi, plan="pro", seats=3),
        fact("paid", xi, plan="pro", seats=10),
        fact("paid", xi, plan="free", seats=1),
        fact("opened", xi, screen_name="home"),
    )
    found = {p.name: p for p in vocabulary.properties(shop.see(), ["paid"])}
    assert found["plan"].values == ("pro", "free")
    assert (found["plan"].count, found["plan"].numeric, found["seats"].numeric) == (3, False, True)
    assert "screen_name" not in found


def test_a_page_is_a_property_and_a_name_with_a_quote_does_no_harm(shop):
    shop.take(fact("o'clock", user("xi"), url="https://shop.example/a?b=c"))
    found = {p.name: p for p in vocabulary.properties(shop.see(), ["o'clock", "nobody's"])}
    assert found["path"].values == ("/a",)


def test_an_empty_log_offers_nothing(shop):
    assert vocabulary.events(shop.see()) == []
    assert vocabulary.properties(shop.see(), ["paid"]) == []
    assert vocabulary.entrance(shop.see()) == ""
