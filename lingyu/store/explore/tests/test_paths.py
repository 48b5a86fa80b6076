"""Paths: what follows and what led there, session by session, and no session is lost on the way."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.questions import Paths, Step
from lingyu.store.explore import answer

from .making import facts

pytestmark = pytest.mark.one_database

SEE, PAY = Step("see"), Step("pay")


def transitions(source, **asked) -> list[tuple]:
    rows = answer(Paths(**asked), source).rows
    return [(r["stage"], r["source"], r["target"], r["sessions"]) for r in rows]


VISIT = facts(
    ("xi", "06-01 10:00", "open"), ("xi", "06-01 10:01", "see"), ("xi", "06-01 10:02", "see"),
    ("xi", "06-01 10:03", "cart"), ("xi", "06-01 10:04", "pay"),
    ("xi", "06-01 11:00", "see"),  # more than half an hour later: another session
    ("peng", "06-01 23:50", "see"), ("peng", "06-02 00:10", "cart"),  # over midnight
)  # fmt: skip


def test_each_session_goes_on_from_its_first_step_or_leaves():
    assert transitions(VISIT, step=SEE, depth=2) == [
        (1, "see", "cart", 2),
        (1, "see", "*exit*", 1),
        (2, "cart", "*exit*", 1),
        (2, "cart", "pay", 1),
    ]


def test_repeats_are_kept_where_that_is_asked_for():
    assert (1, "see", "see", 1) in transitions(VISIT, step=SEE, depth=2, collapse=False)


def test_what_led_to_the_last_step_is_read_backwards():
    assert transitions(VISIT, step=Step("cart"), direction="before", depth=2) == [
        (1, "see", "cart", 2),
        (2, "*entry*", "see", 1),
        (2, "open", "see", 1),
    ]


def test_the_gap_says_where_a_session_ends():
    assert answer(Paths(step=SEE, gap=timedelta(hours=1)), VISIT).totals["sessions"] == 2
    assert answer(Paths(step=SEE, gap=timedelta(minutes=19)), VISIT).totals["sessions"] == 3
    exactly = transitions(VISIT, step=SEE, gap=timedelta(minutes=20), depth=1)
    assert (1, "see", "cart", 2) in exactly


def test_rare_nodes_of_a_stage_are_one():
    rows = [(f"p{n}", "06-01 10:00", "see") for n in range(6)]
    rows += [(f"p{n}", "06-01 10:01", name) for n, name in enumerate("aaabbc")]
    assert transitions(facts(*rows), step=SEE, depth=1, top=2) == [
        (1, "see", "a", 3), (1, "see", "b", 2), (1, "see", "*others*", 1),
    ]  # fmt: skip


def test_nodes_may_be_values_of_a_property_and_the_step_filtered():
    source = facts(
        ("xi", "06-01 10:00", "view", {"page": "/"}), ("xi", "06-01 10:01", "view", {"page": "/a"}),
        ("xi", "06-01 10:02", "view", {"page": "/b"}), ("peng", "06-01 10:00", "view", {"page": "/b"}),
    )  # fmt: skip
    assert transitions(source, step=Step("view", "page = '/a'"), by="page", depth=1) == [(1, "/a", "/b", 1)]
    assert transitions(source, step=Step("view", "page = '/b'"), depth=1) == [(1, "view", "*exit*", 2)]


ROWS = st.lists(
    st.tuples(st.sampled_from("xy"), st.integers(0, 200), st.sampled_from("abc")),
    max_size=25,
    unique_by=lambda r: r[:2],
)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.sampled_from(["after", "before"]), st.booleans(), st.integers(1, 4))
def test_transitions_are_those_of_sessions_cut_by_hand(rows, direction, collapse, depth):
    start, gap = 1_780_270_000_000, 10
    minute = 60_000
    sessions: list[list[str]] = []
    for person in "xy":
        own = sorted((at, event) for who, at, event in rows if who == person)
        for place, (at, event) in enumerate(own):
            if place == 0 or at - own[place - 1][0] > gap:
                sessions.append([])
            sessions[-1].append(event)
    expected: Counter = Counter()
    for session in sessions:
        if "a" not in session:
            continue
        after = direction == "after"
        nodes = (
            session[session.index("a") :]
            if after
            else session[: len(session) - session[::-1].index("a")][::-1]
        )
        if collapse:
            nodes = [n for place, n in enumerate(nodes) if place == 0 or n != nodes[place - 1]]
        nodes = [*nodes, "*exit*" if after else "*entry*"]
        for stage, pair in enumerate(zip(nodes, nodes[1:], strict=False), 1):
            if stage <= depth:
                expected[(stage, *(pair if after else pair[::-1]))] += 1
    source = facts(*((person, start + at * minute, event) for person, at, event in rows))
    asked = Paths(
        step=Step("a"), direction=direction, depth=depth, gap=timedelta(minutes=gap), collapse=collapse
    )
    found = answer(asked, source)
    assert {(r["stage"], r["source"], r["target"]): r["sessions"] for r in found.rows} == dict(expected)
