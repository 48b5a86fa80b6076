"""The ladder: worked examples by hand, and its laws over random histories."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingyu.community.pact.ladder import (
    AGGRAVATORS,
    LADDERS,
    RUNGS,
    Finding,
    Relief,
    counterfactuals,
    explain,
    penalties,
    standing,
)

LADDER = LADDERS[1]
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def found(name="a", severity=2, acted=0.0, told=0.1, **more) -> Finding:
    return Finding(
        id=name,
        clause="2.6",
        severity=severity,
        acted_at=MONDAY + days(acted),
        told_at=MONDAY + days(told),
        **more,
    )


def level(*findings: Finding, at=1.0) -> int:
    return standing(LADDER, findings, MONDAY + days(at)).rung.level


def test_without_findings_one_is_in_good_standing():
    assert standing(LADDER, [], MONDAY).rung.code == "clear"


@pytest.mark.parametrize(("severity", "rung"), [(1, 1), (2, 2), (3, 3), (4, 4)])
def test_a_first_finding_is_as_grave_as_its_clause(severity, rung):
    assert level(found(severity=severity), at=0.5) == rung


def test_a_mute_ends_at_the_second_and_leaves_a_reminder():
    mute = found(severity=2, told=0)
    end = MONDAY + days(1)
    before = standing(LADDER, [mute], end - timedelta(seconds=1))
    after = standing(LADDER, [mute], end)
    assert (before.rung.code, before.until, before.speaks) == ("mute_1", end, False)
    assert (after.rung.code, after.until, after.speaks) == ("reminder", None, True)
    assert level(mute, at=180) == 0


def test_an_act_after_the_notice_is_one_rung_higher():
    assert level(found("a"), found("b", acted=2, told=2.1), at=3) == 3
    third = found("c", acted=20, told=20.1)
    assert level(found("a"), found("b", acted=2, told=2.1), third, at=21) == 4


def test_a_burst_does_not_stack_however_many_posts_it_has():
    burst = [found(str(n), acted=n / 100, told=0.5 + n / 100) for n in range(40)]
    assert level(*burst, at=0.95) == 2


def test_old_posts_found_after_a_penalty_do_not_raise_it():
    assert level(found("a", acted=5, told=5.1), found("old", acted=1, told=6), at=6.05) == 2


def test_a_violation_while_muted_counts_and_the_end_is_the_later_one():
    first = found("a", severity=3, told=0)
    second = found("b", severity=2, acted=1, told=1.5)
    where = standing(LADDER, [first, second], MONDAY + days(2))
    assert (where.rung.code, where.until) == ("mute_15", MONDAY + days(16.5))


def test_what_is_permanent_waits_for_a_second_person():
    alone = found(severity=5)
    assert level(alone) == 4
    assert level(replace(alone, seconded=True)) == 5
    assert level(alone, at=16) == 1
    assert level(replace(alone, seconded=True), at=4000) == 5


def test_the_unlawful_ends_in_a_ban_and_the_rest_in_silence():
    assert level(found(severity=5, illegal=True, seconded=True)) == 6
    made_for_it = found(severity=4, seconded=True, aggravators=frozenset({"many_accounts"}))
    assert level(made_for_it) == 6
    assert level(replace(made_for_it, aggravators=frozenset({"harms_minor"}))) == 5


def test_an_aggravator_counts_only_when_a_second_person_has_confirmed_it():
    cruel = found(severity=2, aggravators=frozenset({"bullies_minor"}))
    assert level(cruel, at=0.5) == 2
    assert level(replace(cruel, seconded=True), at=0.5) == 3


def test_findings_are_forgotten_in_time():
    assert level(found("a"), found("b", acted=179, told=179.5), at=180) == 3
    assert level(found("a"), found("b", acted=181, told=181.5), at=182) == 2


def test_what_comes_to_light_after_a_year_moves_nobody_up_unless_it_is_grave():
    assert level(found(severity=3, acted=0, told=366), at=367) == 0
    assert level(found(severity=4, acted=0, told=366), at=367) == 4


def test_a_penalty_rests_while_the_house_is_late():
    late = found(severity=4, reliefs=(Relief(MONDAY + days(4), MONDAY + days(5)),))
    assert [level(late, at=at) for at in (3.9, 4.0, 4.9, 5.0)] == [4, 1, 1, 4]


def test_the_explanation_names_the_rules_and_what_would_be_without_each_finding():
    first, second = found("a"), found("b", acted=2, told=2.1)
    now = MONDAY + days(3)
    where = standing(LADDER, [first, second], now)
    reasons = [[r.code for r in reasons] for _penalty, reasons in explain(where, now)]
    assert reasons == [["first", "over"], ["first", "raised", "in_force"]]
    without = {f.id: s.rung.code for f, s in counterfactuals(LADDER, [first, second], now)}
    assert without == {"a": "mute_1", "b": "reminder"}


MOMENTS = st.integers(0, 900).map(lambda half_days: days(half_days / 2))


@st.composite
def histories(draw, least=0):
    """Findings over more than a year, told within some days or much later."""
    found = []
    for n in range(draw(st.integers(least, 9))):
        acted = MONDAY + draw(MOMENTS)
        found.append(
            Finding(
                id=str(n),
                clause="x",
                severity=draw(st.integers(1, 5)),
                acted_at=acted,
                told_at=acted + draw(st.sampled_from([days(0), days(0.5), days(3), days(30), days(400)])),
                illegal=draw(st.booleans()),
                aggravators=draw(st.frozensets(st.sampled_from(sorted(AGGRAVATORS)), max_size=2)),
                seconded=draw(st.booleans()),
            )
        )
    return found


# No stopwatch: on a machine that others keep busy, drawing a history has taken seconds.
UNHURRIED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOWS = st.integers(0, 2500).map(lambda half_days: MONDAY + days(half_days / 2))


@given(histories(least=2), NOWS, st.randoms(use_true_random=False))
@UNHURRIED
def test_the_order_in_which_findings_arrive_does_not_matter(history, now, chance):
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert standing(LADDER, shuffled, now) == standing(LADDER, history, now)


@given(histories(least=1), NOWS)
@UNHURRIED
def test_one_more_finding_never_lowers_the_rung_or_brings_the_end_nearer(history, now):
    fewer, more = standing(LADDER, history[1:], now), standing(LADDER, history, now)
    assert more.rung.level >= fewer.rung.level
    if fewer.until is not None and not more.rung.permanent:
        assert more.until is None or more.until >= fewer.until
    levels = {p.finding.id: p.level for p in fewer.penalties}
    assert all(p.level >= levels.get(p.finding.id, 0) for p in more.penalties)


@given(histories(least=1), NOWS)
@UNHURRIED
def test_overturning_is_bit_equal_to_never_having_been(history, now):
    overturned = history[0]
    never = [f for f in history if f is not overturned]
    without = {f.id: s for f, s in counterfactuals(LADDER, history, now)}
    assert without[overturned.id] == standing(LADDER, never, now)


@given(histories(), NOWS)
@UNHURRIED
def test_nobody_is_silenced_for_ever_by_one_person(history, now):
    where = standing(LADDER, history, now)
    for penalty in where.penalties:
        if RUNGS[penalty.level].permanent:
            assert penalty.finding.seconded
    assert where.rung in RUNGS.values()


def test_a_finding_of_no_known_severity_is_an_error_and_not_a_pardon():
    with pytest.raises(KeyError):
        penalties(LADDER, [found(severity=9)])
