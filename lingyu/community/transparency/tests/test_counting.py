"""Rows in, numbers out: a month worked by hand, as it ended and as it is known later."""

import pytest

from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Case, Report
from lingyu.community.pact import actions as pact
from lingyu.community.pact.models import Finding
from lingyu.community.transparency.counting import numbers
from lingyu.community.transparency.definitions import NUMBERS, TABLES, number_of
from lingyu.community.transparency.dimensions import DIMENSIONS
from lingyu.community.transparency.months import Month

from .conftest import moment

MARCH = Month(2026, 3)
ZONE = "UTC"
END = MARCH.until(ZONE)


def counted(known=END, month=MARCH) -> dict:
    return numbers(month, known=known, zone=ZONE)


def of(found: dict, head: str) -> dict:
    """The parts of a number along a dimension."""
    return {
        code.removeprefix(f"{head}/"): value for code, value in found.items() if code.startswith(f"{head}/")
    }


def test_decisions_by_clause_kind_origin_and_who(march):
    found = counted()
    assert (found["decisions"], found["violations"], found["decisions_clear"]) == (3, 2, 1)
    assert of(found, "violations/clause") == {"2.6": 1, "1.13": 1}
    assert of(found, "decisions/kind") == {"comment": 3}
    assert of(found, "decisions/origin") == {"report": 2, "moderator": 1}
    assert of(found, "decisions/restriction") == {"removed": 2, "none": 1}
    assert (found["decisions/decider/person"], found["decisions/decider/house"]) == (3, 0)
    assert (found["violations/found/person"], found["violations/found/machine"]) == (2, 0)


def test_times_are_medians_and_shares_of_what_was_promised(march):
    found = counted()
    assert found["time"] == 10.0
    assert of(found, "time/deadline") == {"minors": None, "illegal": 3.0, "others": 23.0}
    assert of(found, "timed/deadline") == {"minors": 0, "illegal": 1, "others": 2}
    assert (found["in_time/deadline/illegal"], found["in_time/deadline/others"]) == (1.0, 0.5)
    assert found["in_time/deadline/minors"] is None


def test_reports_of_an_overturned_decision_were_upheld_until_it_was(overturned):
    """Two reports spoke of the goods: what the April ruling turned around was not known in March."""
    for known, upheld in ((END, 3), (moment(5, 1), 1)):
        found = counted(known)
        assert (found["reports"], found["reports_settled"], found["reports_upheld"]) == (3, 3, upheld)
        assert found["report_accuracy"] == round(upheld / 3, 6)
        assert of(found, "reports/clause") == {"2.6": 1, "1.13": 2}


def test_months_published_by_the_first_method_are_still_counted_by_it(overturned):
    found = numbers(MARCH, known=moment(5, 1), zone=ZONE, method=1)
    assert found["reports_upheld"] == 3
    with pytest.raises(ValueError, match="no method 3"):
        numbers(MARCH, known=END, zone=ZONE, method=3)


@pytest.mark.parametrize(("again", "upheld"), [(None, 1), ("violation", 1), ("clear", 0)])
def test_a_reporter_who_won_the_appeal_was_right_unless_the_second_look_says_no(
    said, xiaoxi, dapeng, xiaoyan, again, upheld
):
    subject = said("第四句")
    cases.report(actor=xiaoxi, subject=subject, clause="2.6", at=moment(3, 2))
    case = cases.look_at(actor=dapeng, subject=subject, at=moment(3, 2, 1))
    first = cases.decide(actor=dapeng, case=case, outcome="clear", at=moment(3, 2, 2))
    appeal = cases.appeal(actor=xiaoxi, decision=first, words="明明是在骂人。", at=moment(3, 3))
    cases.rule(actor=xiaoyan, appeal=appeal, outcome="overturned", words="再看一次。", at=moment(3, 4))
    if again:
        anew = Case.objects.open().about(subject).get()
        lead = "2.6" if again == "violation" else ""
        cases.decide(actor=xiaoyan, case=anew, outcome=again, lead=lead, at=moment(3, 5))
    assert counted(moment(3, 3))["reports_upheld"] == 0
    found = counted()
    assert (found["reports_settled"], found["reports_upheld"]) == (1, upheld)
    assert Report.objects.get().outcome == ("upheld" if upheld else "dismissed")


def test_appeals_and_the_share_overturned_with_its_interval(overturned):
    march, april = counted(), counted(moment(5, 1), Month(2026, 4))
    assert (march["appeals"], march["rulings"], march["appeals_waiting"]) == (2, 1, 1)
    assert (march["overturn_rate"], march["appeal_time"], march["appeals_in_time"]) == (0.0, 24.0, 1.0)
    # Wilson, 0 of 1 with z = 1.96: the upper bound is z² / (1 + z²) = 3.8415 / 4.8415.
    assert (march["overturn_rate/low"], march["overturn_rate/high"]) == (
        0.0,
        pytest.approx(0.793451, abs=1e-6),
    )
    assert (april["rulings"], april["overturn_rate"], april["appeal_time"]) == (1, 1.0, 192.0)
    assert (april["appeals_in_time"], april["appeals_waiting"]) == (0.0, 0)


def test_a_later_reversal_corrects_todays_numbers_and_not_those_of_the_months_end(overturned):
    then, now = counted(), counted(moment(5, 1))
    assert (then["violations_standing"], then["reversed_since"]) == (2, 0)
    assert (now["violations_standing"], now["reversed_since"]) == (1, 1)
    assert (now["violations"], now["reversals"]) == (2, 0)
    april = counted(moment(5, 1), Month(2026, 4))
    assert (april["reversals"], april["reversals/way/appeal"], april["reversals/way/own"]) == (1, 1, 0)


def test_rungs_are_the_ladders_as_it_was_known(overturned, dapeng, xiaoyan):
    """2.6 is a day of silence; 1.13, done when 路人 had been told of that, is one rung above its own."""
    goods = Finding.objects.get(decision=overturned["goods"].id)
    then, now = of(counted(), "rungs/rung"), of(counted(moment(5, 1)), "rungs/rung")
    assert {code: n for code, n in then.items() if n} == {"mute_1": 1, LEVELS[goods.severity]: 1}
    assert {code: n for code, n in now.items() if n} == {"mute_1": 1, "overturned": 1}


LEVELS = {3: "mute_7", 4: "mute_15", 5: "mute_15"}


def test_a_second_persons_confirmation_counts_from_when_it_was_given(march, dapeng, xiaoyan):
    rude = Finding.objects.get(decision=march["rude"].id)
    pact.correct(actor=xiaoyan, finding=rude, severity=1, at=moment(4, 3))
    assert counted()["milder_since"] == 0
    later = counted(moment(5, 1))
    assert (later["milder_since"], later["rungs/rung/reminder"]) == (1, 1)
    goods = Finding.objects.get(decision=march["goods"].id)
    pact.second(actor=xiaoyan, finding=goods, at=moment(4, 4))
    assert counted()["seconds"] == 0
    assert counted(moment(5, 1), Month(2026, 4))["seconds"] == 1


def test_what_is_open_when_the_month_ends_stays_told(march, said, dapeng):
    from lingyu.community.cases import actions as cases

    case = cases.look_at(actor=dapeng, subject=said("第四句"), at=moment(3, 31, 20))
    cases.decide(actor=dapeng, case=case, outcome="clear", at=moment(4, 1, 2))
    for known in (END, moment(5, 1)):
        assert (counted(known)["cases"], counted(known)["cases_waiting"]) == (4, 1)


def test_the_months_borders_are_those_of_the_sites_clocks(march):
    """Eight hours before UTC: what was decided on the 31st at 20:00 UTC is of April in Shanghai."""
    assert Month(2026, 4).since("Asia/Shanghai") == moment(3, 31, 16)
    april = numbers(Month(2026, 4), known=moment(5, 1), zone="Asia/Shanghai")
    assert april["decisions"] == 0
    assert (Month(2026, 12).next, Month(2026, 1).before) == (Month(2027, 1), Month(2025, 12))
    with pytest.raises(ValueError, match="2026-13"):
        Month.parse("2026-13")


def test_every_number_is_defined_and_every_dimension_named(overturned):
    for code in counted(moment(5, 1)):
        number_of(code)
        parts = code.split("/")
        if len(parts) > 2:
            assert parts[1] in DIMENSIONS, code
            assert any(parts[1] == d and parts[0] in codes for d, codes in TABLES), code
    whole = {code.partition("/")[0] for code in counted(moment(5, 1))}
    assert set(NUMBERS) <= whole


def test_a_month_of_nothing_is_noughts_and_shares_of_nothing(db):
    found = counted()
    assert found["decisions"] == found["screened"] == found["appeals"] == 0
    assert found["overturn_rate"] is found["time"] is found["report_accuracy"] is None
