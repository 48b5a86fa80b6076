"""Survival: Kaplan and Meier's curve as a published table has it, and lives read from facts by hand."""

from datetime import UTC, datetime

import numpy as np
import pytest

from lingyu.kernel.questions import Step, Survival
from lingyu.store.explore import answer
from lingyu.store.explore.survival import kaplan_meier

from .making import facts, ms

pytestmark = pytest.mark.one_database

# Freireich and others (1963), remission of leukaemia in weeks under 6-mercaptopurine; + is censored. The
# curve and its standard errors stand in Cox and Oakes (1984) and in every textbook since; the interval is R's
# survfit(conf.type = "log-log").
REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PUBLISHED = [
    (6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801),
]


def test_the_curve_is_the_published_one():
    weeks = np.array([int(w.rstrip("+")) for w in REMISSION.split()])
    lost = np.array([not w.endswith("+") for w in REMISSION.split()])
    curve = [m for m in kaplan_meier(weeks, lost) if m.lost]
    assert [(m.day, m.at_risk, m.lost) for m in curve] == [row[:3] for row in PUBLISHED]
    for moment, row in zip(curve, PUBLISHED, strict=True):
        assert (moment.survival, moment.error, moment.low, moment.high) == pytest.approx(row[3:], abs=6e-5)


def test_with_nobody_censored_it_is_the_share_of_who_is_left():
    curve = list(kaplan_meier(np.array([1, 2, 3, 4]), np.ones(4, bool)))
    assert [m.survival for m in curve] == pytest.approx([0.75, 0.5, 0.25, 0])
    assert (curve[-1].error, curve[-1].low) == (None, None)


def test_the_curve_of_nobody_is_empty():
    assert list(kaplan_meier(np.array([], int), np.array([], bool))) == []


LIVES = facts(
    ("xi", "06-01", "see"), ("xi", "06-03", "see"),
    ("peng", "06-01", "see"), ("peng", "06-10", "see"),
    ("que", "06-04", "see"), ("que", "06-04 13:00", "leave"),
    ("lu", "06-02", "see", {"city": "沪"}), ("lu", "06-11", "see", {"city": "京"}),
)  # fmt: skip


def test_silence_up_to_the_end_of_history_is_the_loss_and_the_others_are_censored():
    found = answer(Survival(silence=5), LIVES)
    assert [(r["day"], r["at_risk"], r["lost"], r["censored"]) for r in found.rows] == [
        (0, 4, 1, 0),  # que, silent since the 4th
        (2, 3, 1, 0),  # xi, since the 3rd
        (9, 2, 0, 2),  # peng and lu came a short while ago
    ]
    assert found.totals == {"people": 4, "lost": 2, "median_days": 2}
    assert answer(Survival(silence=30), LIVES).totals["lost"] == 0


def test_silence_is_measured_to_the_last_day_that_is_over():
    noon = datetime.fromtimestamp(ms("06-06 12:30") / 1000, UTC)
    source = facts(("xi", "06-01", "see"), ("peng", "06-06", "see"), freshness=noon)
    assert answer(Survival(silence=5), source).totals["lost"] == 0
    assert answer(Survival(silence=4), source).totals["lost"] == 1


def test_an_end_that_is_said_is_the_loss_and_the_others_stay_to_the_end_of_history():
    found = answer(Survival(end=Step("leave")), LIVES)
    assert [(r["day"], r["lost"], r["censored"]) for r in found.rows] == [(0, 1, 0), (9, 0, 1), (10, 0, 2)]


def test_lives_are_broken_down_by_what_they_began_with():
    found = answer(Survival(silence=5, by="city"), LIVES)
    assert found.totals["groups"] == [
        {"group": None, "people": 3, "lost": 2, "median_days": 2},
        {"group": "沪", "people": 1, "lost": 0, "median_days": None},
    ]
