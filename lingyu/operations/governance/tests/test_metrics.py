"""Facts of the pact and the cases in, by the actions that record them; numbers out, worked by hand."""

from datetime import datetime

import pytest

from lingyu.community.accounts import door
from lingyu.community.pact import actions as pact
from lingyu.kernel.query import Period, Query
from lingyu.store.query import ask
from lingyu.store.ship import ship_all

from .conftest import NOW

MARCH = Period(datetime(2026, 3, 1).date(), datetime(2026, 3, 31).date())


def number(name: str):
    """The total of one metric over the month."""
    return ask(Query(metric=name, period=MARCH)).total


def by(name: str, dimension: str) -> dict:
    """One metric by a dimension."""
    return {row.dims[0]: row.value for row in ask(Query(metric=name, period=MARCH, by=(dimension,))).rows}


def test_cases_by_origin_and_the_share_decided_in_time(march):
    assert (number("cases_opened"), number("cases_decided"), number("cases_in_time")) == (3, 3, 2)
    assert number("decided_in_time") == pytest.approx(2 / 3)
    assert by("cases_opened", "origin") == {"report": 2, "moderator": 1}


def test_violations_by_clause_stay_counted_and_reversals_are_numbers_of_their_own(march):
    assert by("violations", "clause") == {"2.6": 1, "3.1": 1}
    assert number("violation_rate") == pytest.approx(2 / 3)
    assert by("decisions_reversed", "clause") == {"2.6": 1}
    assert number("violations_found_by_machine") == 0


def test_reports_and_how_many_were_right(march):
    assert (number("reports_made"), number("reporters")) == (3, 2)
    assert (number("reports_settled"), number("reports_upheld")) == (3, 2)
    assert number("report_accuracy") == pytest.approx(2 / 3)


def test_appeals_their_time_and_how_many_changed_the_decision(march):
    assert (number("appeals_made"), number("appeals_ruled"), number("appeals_won")) == (2, 2, 1)
    assert (number("appeals_ruled_in_time"), number("appeal_success")) == (0.5, 0.5)
    assert by("appeals_ruled", "outcome") == {"overturned": 1, "upheld": 1}


def test_texts_screened_by_kind_and_what_was_refused(luren, empty_store):
    kinds = (("comment", "pass"), ("comment", "review"), ("comment", "block"), ("nickname", "pass"))
    for n, (kind, decision) in enumerate(kinds):
        writing = door.Writing(kind=kind, subject=f"{kind}:{n}", text="…")
        pact.note_screening(actor=luren, writing=writing, decision=decision, at=NOW)
    ship_all()
    assert (number("texts_screened"), number("texts_blocked"), number("texts_for_review")) == (4, 1, 1)
    assert number("block_rate") == pytest.approx(1 / 4)
    assert by("texts_screened", "kind") == {"comment": 3, "nickname": 1}
