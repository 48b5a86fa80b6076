"""Funnels: events in, number out, worked by hand; what each order, window, exclusion and tie decides."""

from datetime import date, timedelta

import pytest

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Did, Exclusion, Funnel, Step
from lingyu.store.explore import answer

from .making import facts

pytestmark = pytest.mark.one_database

SEE, CART, PAY = Step("see"), Step("cart"), Step("pay")


def counts(source, *steps, **options) -> list[int]:
    return [row["count"] for row in answer(Funnel(steps=steps, **options), source).rows]


def test_people_are_counted_at_the_farthest_step_they_ever_reach():
    source = facts(
        ("xi", "06-01 10:00", "see"),
        ("xi", "06-01 10:05", "cart"),
        ("xi", "06-01 10:30", "pay"),
        ("peng", "06-01 11:00", "see"),
        ("peng", "06-02 09:00", "cart"),
        ("que", "06-01 12:00", "cart"),  # never saw it
        ("lu", "06-01 12:00", "pay"),
        ("lu", "06-01 13:00", "see"),  # the wrong way round
    )
    found = answer(Funnel(steps=(SEE, CART, PAY)), source)
    assert [(r["count"], r["lost"]) for r in found.rows] == [(3, 0), (2, 1), (1, 1)]
    assert [r["share"] for r in found.rows] == [1, 2 / 3, 1 / 3]
    assert [r["share_of_previous"] for r in found.rows] == [1, 2 / 3, 1 / 2]
    # 5 minutes and 22 hours to the cart; half an hour to the payment.
    assert (found.rows[1]["median_seconds"], found.rows[1]["mean_seconds"]) == (39_750, 39_750)
    assert found.totals["median_seconds"] == 1_800


def test_the_windows_end_belongs_to_it():
    source = facts(("xi", "06-01 10:00", "see"), ("xi", "06-08 10:00", "pay"))
    assert counts(source, SEE, PAY, within=timedelta(7)) == [1, 1]
    assert counts(source, SEE, PAY, within=timedelta(7) - timedelta(milliseconds=1)) == [1, 0]


def test_the_latest_start_counts():
    # From the first "see" the payment is too late, from the second it is not.
    source = facts(("xi", "06-01", "see"), ("xi", "06-05", "see"), ("xi", "06-05 13:00", "pay"))
    found = answer(Funnel(steps=(SEE, PAY), within=timedelta(1)), source)
    assert found.totals["converted"] == 1
    assert found.totals["median_seconds"] == 3_600


def test_the_window_is_kept_over_all_steps_and_not_renewed_by_each():
    source = facts(("xi", "06-01", "see"), ("xi", "06-02", "cart"), ("xi", "06-03", "pay"))
    assert counts(source, SEE, CART, PAY, within=timedelta(1)) == [1, 1, 0]


@pytest.mark.parametrize("reverse", [False, True])
def test_at_one_moment_the_order_of_the_steps_decides(reverse):
    rows = [("xi", "06-01 10:00", "see"), ("xi", "06-01 10:00", "cart"), ("xi", "06-01 10:00", "pay")]
    assert counts(facts(*rows[:: -1 if reverse else 1]), PAY, CART, SEE) == [1, 1, 1]


def test_one_event_may_be_several_steps():
    source = facts(("xi", "06-01", "pay", {"amount": 200}))
    assert counts(source, Step("pay", "amount > 100"), PAY) == [1, 1]


def test_the_same_event_twice_needs_two_of_them():
    once, twice = ("xi", "06-01", "pay"), ("peng", "06-01", "pay")
    assert counts(facts(once, twice, ("peng", "06-02", "pay")), PAY, Step("pay", label="again")) == [2, 2]
    assert counts(facts(once, twice, ("peng", "06-02", "pay")), PAY, PAY, order="strict") == [2, 1]


def test_strict_steps_follow_one_another_directly():
    source = facts(
        ("xi", "06-01 10:00", "see"), ("xi", "06-01 10:01", "pay"),
        ("peng", "06-01 10:00", "see"), ("peng", "06-01 10:01", "chat"), ("peng", "06-01 10:02", "pay"),
        # Broken once, then done.
        ("que", "06-01 10:00", "see"), ("que", "06-01 10:01", "chat"),
        ("que", "06-01 10:02", "see"), ("que", "06-01 10:03", "pay"),
    )  # fmt: skip
    assert counts(source, SEE, PAY) == [3, 3]
    assert counts(source, SEE, PAY, order="strict") == [3, 2]
    assert counts(source, Step("see", "x is null"), PAY, order="strict") == [3, 2]


def test_in_any_order_as_many_steps_count_as_lie_within_one_window():
    source = facts(
        ("xi", "06-01", "pay"), ("xi", "06-02", "see"), ("xi", "06-03", "cart"),
        ("peng", "06-01", "pay"), ("peng", "06-09", "see"), ("peng", "06-10", "cart"),
    )  # fmt: skip
    assert counts(source, SEE, CART, PAY, order="any", within=timedelta(2)) == [2, 2, 1]
    assert counts(source, SEE, CART, PAY, order="any", within=timedelta(9)) == [2, 2, 2]


def test_an_exclusion_between_two_steps_ends_the_attempt():
    refund = Exclusion(Step("refund"), after=1, before=2)
    source = facts(
        ("xi", "06-01", "see"), ("xi", "06-02", "refund"), ("xi", "06-03", "pay"),
        ("peng", "06-01", "see"), ("peng", "06-02", "pay"), ("peng", "06-03", "refund"),  # too late to matter
        ("que", "06-01", "see"), ("que", "06-02", "refund"), ("que", "06-03", "see"), ("que", "06-04", "pay"),
        ("lu", "06-01", "see"), ("lu", "06-02", "refund"), ("lu", "06-02", "pay"),  # at the payment
    )  # fmt: skip
    assert counts(source, SEE, PAY, exclusions=(refund,)) == [4, 3]
    assert counts(source, SEE, PAY, exclusions=(refund,), order="any") == [4, 3]


def test_an_exclusion_concerns_only_the_steps_it_is_between():
    source = facts(
        ("xi", "06-01", "see"), ("xi", "06-02", "refund"), ("xi", "06-03", "cart"), ("xi", "06-04", "pay")
    )
    assert counts(source, SEE, CART, PAY, exclusions=(Exclusion(Step("refund"), after=2),)) == [1, 1, 1]
    assert counts(source, SEE, CART, PAY, exclusions=(Exclusion(Step("refund"), after=1),)) == [1, 0, 0]


def test_entries_are_first_steps_and_each_conversion_belongs_to_one():
    source = facts(
        ("xi", "06-01 10:00", "see"), ("xi", "06-01 10:10", "pay"), ("xi", "06-01 10:20", "pay"),
        ("xi", "06-01 11:00", "see"), ("xi", "06-01 12:00", "see"), ("xi", "06-01 12:10", "pay"),
    )  # fmt: skip
    assert counts(source, SEE, PAY) == [1, 1]
    # Three entries; the second is overtaken by the third, and two payments of the first are one conversion.
    found = answer(Funnel(steps=(SEE, PAY), counting="entries"), source)
    assert [r["count"] for r in found.rows] == [3, 2]
    assert found.totals["mean_seconds"] == 600


def test_a_breakdown_is_a_funnel_for_each_value_of_the_first_step():
    source = facts(
        ("xi", "06-01", "see", {"city": "沪"}), ("xi", "06-02", "pay"),
        ("peng", "06-01", "see", {"city": "沪"}), ("peng", "06-03", "see", {"city": "京"}),
        ("peng", "06-04", "pay"),
        ("que", "06-01", "see"),
        ("lu", "06-01", "see", {"city": "蓉"}), ("lu", "06-02", "pay"),
    )  # fmt: skip
    rows = answer(Funnel(steps=(SEE, PAY), by="city", top=3), source).rows
    by = {}
    for row in rows:
        by.setdefault(row["group"], []).append(row["count"])
    # Equal ones come in the order of the value; one of them is beyond the top three.
    assert by == {"沪": [2, 2], None: [1, 0], "京": [1, 1], "*others*": [1, 1]}
    assert answer(Funnel(steps=(SEE, PAY), by="city"), source).totals["converted"] == 3


def test_only_the_period_and_the_people_asked_for_are_counted():
    source = facts(
        ("xi", "06-01", "see"), ("xi", "06-02", "pay"),
        ("peng", "06-02", "see"), ("peng", "06-02 13:00", "pay"),
    )  # fmt: skip
    second = Period(date(2026, 6, 2), date(2026, 6, 2))
    assert counts(source, SEE, PAY, period=second) == [1, 1]
    first = Did(step=SEE, period=Period(date(2026, 6, 1), date(2026, 6, 1)))
    assert counts(source, SEE, PAY, among=first) == [1, 1]
    assert counts(source, SEE, PAY, among=first, period=second) == [0, 0]


def test_nothing_is_answered_of_nothing():
    assert counts(facts(), SEE, PAY) == [0, 0]
    assert counts(facts(("xi", "06-01", "chat")), SEE, PAY) == [0, 0]


def test_a_breakdown_of_what_never_happened_has_no_groups_and_counts_nobody():
    source = facts(("xi", "06-01 10:00", "see"), ("peng", "06-01 11:00", "pay"))
    for order in ("ordered", "strict"):
        found = answer(Funnel(steps=(Step("never"), SEE), by="channel", order=order), source)
        assert (found.rows, found.totals["entered"], found.totals["converted"]) == ([], 0, 0)
