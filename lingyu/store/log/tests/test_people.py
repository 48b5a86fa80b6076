"""Who is who: a visitor becomes a member once; undone by hand it stays so; sources meet by declared keys."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.facts import Key, Link
from lingyu.store.log.catalog import touch
from lingyu.store.log.people import OPERATOR, People, load_joins
from lingyu.store.log.traits import traits_of

from .conftest import Shop
from .making import IDENTIFY, browser, days, fact, hours, user

pytestmark = pytest.mark.one_database


def undo(shop, join: int = 1) -> None:
    """What an operator does who takes a join back."""
    with shop.log.catalog.writing() as db:
        people = People(db, load_joins(db), {})
        assert people.undo(join, by=f"{OPERATOR} 阿鹊")
        people.close()
        touch(db, dict.fromkeys(shop.log.derived.days_of(people.touched, people.parted), 0))


def test_what_a_visitor_did_is_the_members_once_they_log_in(shop):
    shop.take(
        fact("view", browser("b1")), fact("view", browser("b1"), at=days(1)), fact("view", user("peng"))
    )
    assert shop.people() == 2
    shop.take(fact("login", user("xi"), browser("b1"), at=days(2), link=IDENTIFY))
    assert shop.people() == 2
    assert shop.people("view") == 2
    assert {person for (person,) in shop.rows("person", "event = 'login'")} <= {
        person for (person,) in shop.rows("person", "event = 'view'")
    }


def test_a_shared_device_does_not_make_two_members_one(shop):
    shop.take(fact("login", user("xi"), browser("b1"), link=IDENTIFY))
    shop.take(fact("login", user("peng"), browser("b1"), at=hours(1), link=IDENTIFY))
    shop.take(fact("login", user("peng"), browser("b1"), at=hours(2), link=IDENTIFY))
    assert shop.people("login") == 2
    states = shop.log.catalog.db().execute("select state, why from joined order by id").fetchall()
    assert states[0] == ("active", "identify")
    assert {state for state, _ in states[1:]} == {"refused"}


def test_two_people_whom_a_source_knows_are_not_joined_by_an_alias_either(shop):
    shop.take(fact("view", user("xi")), fact("view", user("peng")))
    shop.take(fact("$alias", user("peng"), link=Link("alias", user("xi")), kind="link"))
    assert shop.people("view") == 2


def test_an_identified_name_is_known_and_is_not_made_anybody_elses(shop):
    name = lambda value: Key("distinct", value)  # noqa: E731
    shop.take(fact("view", name("anon")), fact("$identify", name("xi"), link=Link("alias", name("anon"))))
    assert shop.people() == 1
    shop.take(fact("$identify", name("peng"), at=hours(1), link=Link("alias", name("other"))))
    shop.take(fact("$merge", name("peng"), at=hours(2), link=Link("alias", name("xi"))))
    assert shop.people() == 2


def test_an_operator_takes_a_join_back_and_no_fact_makes_it_again(shop):
    shop.take(
        fact("view", browser("b1")), fact("login", user("xi"), browser("b1"), at=days(1), link=IDENTIFY)
    )
    assert shop.people() == 1
    before = shop.log.catalog.days()
    undo(shop)
    assert shop.people() == 2
    # Only the day on which the browser did something changed.
    after = shop.log.catalog.days()
    assert [after[day] != before[day] for day in sorted(before)] == [True, False]
    shop.take(fact("login", user("xi"), browser("b1"), at=days(2), link=IDENTIFY))
    assert shop.people() == 2
    audit = shop.log.catalog.db().execute("select state, undone_by from joined order by id").fetchall()
    assert audit[0] == ("undone", "operator 阿鹊")


def test_what_a_source_parts_can_be_joined_again(shop):
    device = Key("device", "d1")
    bind = {"link": Link("alias", device)}
    shop.take(fact("bind", user("xi"), **bind), fact("view", device, at=hours(1)))
    assert shop.people() == 1
    shop.take(fact("unbind", user("xi"), at=hours(2), link=Link("part", device)))
    assert shop.people() == 2
    shop.take(fact("bind", user("peng"), at=hours(3), **bind))
    assert shop.people("view") == 1
    assert shop.people() == 2


def test_people_of_two_sources_are_one_by_a_declared_key_only(shop):
    shop.take(
        fact("view", user("42"), source="shop"),
        fact("view", user("42"), source="app"),
    )
    assert shop.people() == 2
    phone = Key("declared", "digest of a phone", "phone")
    shop.take(fact("$identify", user("42"), phone, source="shop", link=IDENTIFY))
    assert shop.people() == 2
    shop.take(fact("$identify", user("42"), phone, source="app", link=IDENTIFY))
    assert shop.people() == 1


def test_two_members_of_one_source_who_declare_the_same_key_stay_two(shop):
    phone = Key("declared", "digest of a phone", "phone")
    for name in ("xi", "peng"):
        shop.take(fact("$identify", user(name), phone, link=IDENTIFY))
    assert shop.people() == 2


def test_a_merge_changes_just_the_days_on_which_the_visitor_did_something(shop):
    facts = [fact("view", browser("b1"), at=days(n)) for n in (0, 4)]
    shop.take(*facts, *[fact("view", user("peng"), at=days(n)) for n in range(6)])
    with shop.log.lease():
        shop.log.derived.build()
    before = shop.log.catalog.days()
    shop.take(fact("login", user("xi"), browser("b1"), at=days(9), link=IDENTIFY))
    after = shop.log.catalog.days()
    changed = [n for n, day in enumerate(sorted(before)) if after[day] != before[day]]
    assert changed == [0, 4]
    assert shop.log.derived.stale() == sorted(
        {day for day in after if after[day] != before.get(day)}, reverse=True
    )


def test_traits_are_what_was_said_last_and_counted_up_once(shop):
    set_ = {"kind": "profile", "change": "set"}
    shop.take(
        fact("$set", user("xi"), at=hours(2), city="杭州", **set_),
        fact("$set", user("xi"), at=hours(1), city="上海", level=2, **set_),
        fact("$once", user("xi"), kind="profile", change="set_once", city="北京", first="ad"),
        fact("$add", user("xi"), kind="profile", change="increment", visits=2),
    )
    again = fact("$add", user("xi"), kind="profile", change="increment", visits=3)
    shop.take(again)
    shop.take(again)
    assert traits_of(shop.log.catalog.db(), 1) == {"city": "杭州", "first": "ad", "level": 2, "visits": 5}


names = st.integers(0, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("view"), names, st.booleans()),
        st.tuples(st.just("login"), names, names),
        st.tuples(st.just("alias"), names, names),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(steps, st.integers(1, 25))
def test_in_whatever_order_facts_come_members_of_a_source_are_never_one_and_batches_do_not_matter(
    tmp_path_factory, asked, size
):
    def played(batch: int) -> tuple:
        shop = Shop(tmp_path_factory.mktemp("people"))
        facts = [_fact_of(step, number) for number, step in enumerate(asked)]
        for start in range(0, len(facts), batch):
            shop.take(*facts[start : start + batch])
        joins = load_joins(shop.log.catalog.db())
        keys = shop.log.catalog.db().execute("select kind, value, person from key").fetchall()
        roots = {(kind, value): joins.root(person) for kind, value, person in keys}
        groups: dict = {}
        for name, root in roots.items():
            groups.setdefault(root, set()).add(name)
        return sorted(map(sorted, groups.values()))

    whole = played(len(asked) + 1)
    for group in whole:
        assert sum(kind == "user" for kind, _ in group) <= 1
    assert played(size) == whole


def _fact_of(step: tuple, number: int):
    kind, one, two = step
    if kind == "view":
        return fact("view", user(str(one)) if two else browser(str(one)), at=hours(number))
    if kind == "login":
        return fact("login", user(str(one)), browser(str(two)), at=hours(number), link=IDENTIFY)
    return fact("$alias", browser(str(one)), at=hours(number), link=Link("alias", browser(str(two))))
