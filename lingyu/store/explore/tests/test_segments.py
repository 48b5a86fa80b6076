"""Segments: who is in, who is not, and why; conditions nest, and each says what it was decided by."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.query import Period
from lingyu.kernel.questions import (
    And,
    Did,
    Latest,
    Not,
    Or,
    QuestionError,
    Saved,
    Segment,
    Sequence,
    Step,
    Trend,
)
from lingyu.store.explore import answer
from lingyu.store.explore.segments import people
from lingyu.store.explore.why import why

from .making import facts

pytestmark = pytest.mark.one_database

SEE, PAY = Step("see"), Step("pay")
SHOP = facts(
    ("xi", "06-01", "see", {"city": "京", "amount": 5}), ("xi", "06-02", "pay", {"amount": 10}),
    ("xi", "06-05", "pay", {"amount": 200, "city": "沪"}),
    ("peng", "06-04", "pay", {"amount": 300, "city": "京"}), ("peng", "06-05", "see"),
    ("que", "06-06", "see", {"city": "沪"}),
)  # fmt: skip


def who(condition, source=SHOP, saved=None) -> set[str]:
    return set(source.keys(list(people(condition, source, saved or {}.get))))


def test_who_did_it_often_enough_and_not_too_often():
    assert who(Did(step=PAY)) == {"xi", "peng"}
    assert who(Did(step=PAY, at_least=2)) == {"xi"}
    assert who(Did(step=PAY, at_least=1, at_most=1)) == {"peng"}
    assert who(Did(step=PAY, at_least=0, at_most=1)) == {"peng", "que"}
    assert who(Did(step=PAY, at_least=0, at_most=0)) == {"que"}
    assert who(Did(step=Step("pay", "amount > 100"))) == {"xi", "peng"}
    assert who(Did(step=Step("pay", "amount > 100"), at_least=2)) == set()


def test_a_window_is_a_period_or_the_last_days():
    assert who(Did(step=PAY, last=2)) == {"xi"}
    assert who(Did(step=PAY, period=Period(date(2026, 6, 4), date(2026, 6, 4)))) == {"peng"}


def test_a_sequence_has_its_order_and_its_time():
    assert who(Sequence(steps=(SEE, PAY))) == {"xi"}
    assert who(Sequence(steps=(PAY, SEE), within=timedelta(1))) == {"peng"}
    assert who(Sequence(steps=(SEE, Step("pay", "amount > 100")), within=timedelta(3))) == set()


def test_the_latest_value_of_a_property_counts():
    assert who(Latest(where="city = '沪'")) == {"xi", "que"}
    assert who(Latest(where="city = '沪' and amount > 100")) == {"xi"}
    assert who(Latest(where="amount is null")) == {"que"}


def test_conditions_nest():
    paid, saw = Did(step=PAY), Did(step=SEE)
    assert who(And(items=(paid, saw))) == {"xi", "peng"}
    assert who(And(items=(saw, Not(item=paid)))) == {"que"}
    assert who(Or(items=(Not(item=paid), Did(step=PAY, at_least=2)))) == {"xi", "que"}
    assert who(And(items=())) == {"xi", "peng", "que"}
    assert who(Or(items=())) == set()


def test_saved_segments_stand_on_one_another_but_not_on_themselves():
    shelf = {"payers": Did(step=PAY), "others": Not(item=Saved(name="payers")), "loop": Saved(name="loop")}
    assert who(Saved(name="others"), saved=shelf.get) == {"que"}
    with pytest.raises(QuestionError, match="itself"):
        who(Saved(name="loop"), saved=shelf.get)
    with pytest.raises(QuestionError, match="no segment"):
        who(Saved(name="gone"), saved=shelf.get)


def test_a_segment_is_counted_and_sampled_and_other_questions_are_asked_of_it():
    found = answer(Segment(condition=Did(step=PAY)), SHOP)
    assert found.totals == {"people": 2, "everybody": 3, "share": 2 / 3}
    assert [row["person"] for row in found.rows] == ["peng", "xi"]
    assert answer(Trend(among=Saved(name="x")), SHOP, {"x": Did(step=PAY)}.get).totals["value"] == 5


def test_why_somebody_is_in_is_told_leaf_by_leaf():
    asked = And(
        items=(Did(step=PAY, at_least=2), Not(item=Latest(where="city = '京'")), Sequence(steps=(SEE, PAY)))
    )
    told = why(SHOP.person("xi"), asked, SHOP)
    paid, moved, chain = told.reasons
    assert told.met and paid.met and moved.met and chain.met and not moved.reasons[0].met
    assert paid.evidence["times"] == 2
    assert paid.evidence["latest"][-1] == {"time": "2026-06-05T12:00:00.000+08:00", "event": "pay"}
    assert moved.reasons[0].evidence["values"]["city"]["value"] == "沪"
    assert [step["time"][:10] for step in chain.evidence["steps"]] == ["2026-06-01", "2026-06-02"]


def test_why_somebody_is_not_in_shows_how_far_they_came():
    told = why(SHOP.person("que"), Sequence(steps=(SEE, PAY)), SHOP)
    assert not told.met
    assert (told.evidence["taken"], told.evidence["of"]) == (1, 2)


LEAVES = st.one_of(
    st.builds(
        lambda event, low, more: Did(step=Step(event), at_least=low, at_most=low + more if more else None),
        st.sampled_from(["a", "b", "*any*"]), st.integers(0, 3), st.integers(0, 2),
    ),
    st.builds(
        lambda a, b: Sequence(steps=(Step(a), Step(b)), within=timedelta(2)), *[st.sampled_from("abc")] * 2,
    ),
    st.builds(lambda value: Latest(where=f"x = {value}"), st.integers(0, 2)),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda i: Not(item=i), inner),
        st.builds(lambda i: And(items=tuple(i)), st.lists(inner, max_size=3)),
        st.builds(lambda i: Or(items=tuple(i)), st.lists(inner, max_size=3)),
    ),
    max_leaves=5,
)
ROWS = st.lists(
    st.tuples(st.sampled_from("xyz"), st.integers(1, 9), st.sampled_from("abc"), st.integers(0, 2)),
    min_size=1, max_size=15, unique_by=lambda row: row[:2],
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(ROWS, CONDITIONS)
def test_the_reasons_for_each_person_say_what_the_bitmap_says(rows, condition):
    source = facts(*((p, f"06-{day:02d}", event, {"x": x}) for p, day, event, x in rows))
    found = people(condition, source)
    for person in range(source.people):
        assert why(person, condition, source).met == (person in found)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from("abc"), st.integers(0, 3), st.integers(0, 2), st.integers(1, 9))
def test_counts_are_those_of_counting_by_hand(rows, event, low, more, last):
    source = facts(*((p, f"06-{day:02d}", event, {"x": x}) for p, day, event, x in rows))
    newest = max(day for _p, day, _e, _x in rows)
    for where in ("", "x is not null"):
        asked = Did(step=Step(event, where), at_least=low, at_most=low + more, last=last)
        expected = {
            person
            for person in {row[0] for row in rows}
            if low
            <= sum(p == person and e == event and d > newest - last for p, d, e, _x in rows)
            <= low + more
        }
        assert who(asked, source) == expected
