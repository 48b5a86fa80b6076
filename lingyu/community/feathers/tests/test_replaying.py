"""Who would have earned what: receipts replayed under other terms."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from lingyu.community.feathers import actions
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.replaying import replay
from lingyu.community.feathers.rules import RULES

QUIZ, COMMENT = RULES["quiz.right"], RULES["comment.approved"]
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def earn(member, number, *, at=NOW, rule=QUIZ, refused="", **facts):
    """An attempt about one article."""
    facts = {"others": 1} | ({"length": 20} if rule is COMMENT else {}) | facts
    return actions.earn(
        actor=member,
        member=member,
        rule=rule,
        subject=f"article:{number}",
        facts=facts,
        refused=refused,
        at=at,
    )


def replayed(rule=QUIZ, days=30, **changes):
    """The terms as declared against the same with changes."""
    return replay(rule, rule.terms, replace(rule.terms, **changes), days=days, at=NOW)


def test_the_same_terms_make_the_same_of_every_attempt(xiaoxi):
    earn(xiaoxi, 1)
    earn(xiaoxi, 2, others=0)
    found = replayed()
    assert (found.attempts, found.paid, found.now, found.then) == (2, 5, 5, 5)
    assert (found.up, found.down, found.members) == (0, 0, 1)
    assert not found.gained
    assert not found.lost


def test_a_lower_limit_cuts_whoever_reached_it_and_says_by_which_receipt(xiaoxi, luren):
    for number in range(4):
        earn(xiaoxi, number, at=NOW + timedelta(minutes=number))
    earn(luren, 1)
    found = replayed(per_day=12)
    assert (found.now, found.then, found.extra) == (25, 17, -8)
    assert (found.up, found.down) == (0, 1)
    assert dict(found.refused) == {"cap.day": 1}
    assert found.cut == 1
    (example,) = found.lost
    assert (example.member, example.now, example.then) == (str(xiaoxi.id), 20, 12)
    assert example.reason == "cap.day"
    assert Receipt.objects.get(id=example.receipt).member == xiaoxi


def test_a_looser_condition_lets_those_earn_whom_it_refused_but_only_once_a_business(xiaoxi):
    earn(xiaoxi, 1, others=0)
    earn(xiaoxi, 1, others=1, at=NOW + timedelta(minutes=1))
    earn(xiaoxi, 2, others=0, at=NOW + timedelta(minutes=2))
    found = replayed(conditions=())
    assert (found.now, found.then) == (5, 10)
    assert dict(found.granted) == {"condition.others": 2}
    assert (found.up, found.gained[0].then) == (1, 10)


def test_switching_off_refuses_all(xiaoxi):
    earn(xiaoxi, 1)
    assert dict(replayed(on=False).refused) == {"off": 1}


def test_what_a_room_refused_no_terms_change(xiaoxi):
    earn(xiaoxi, 1, refused="too_fast")
    found = replayed(conditions=(), amount=50)
    assert (found.then, found.foreign) == (0, 1)


def test_facts_that_were_not_recorded_are_counted_and_not_guessed(xiaoxi):
    earn(xiaoxi, 1)
    found = replayed(conditions=(("others", 1), ("length", 3)))
    assert (found.now, found.then) == (5, 0)
    assert (found.unknown, found.unknown_feathers) == (1, 5)


def test_what_was_earned_before_the_first_day_counts_towards_limits_for_life(xiaoxi):
    earn(xiaoxi, 1, at=NOW - timedelta(days=40))
    earn(xiaoxi, 2)
    found = replayed(per_life=8)
    assert (found.attempts, found.now, found.then) == (1, 5, 3)


def test_a_cool_down_looks_back_before_the_first_day(xiaoxi):
    earn(xiaoxi, 1, at=NOW - timedelta(days=1))
    earn(xiaoxi, 2)
    assert replayed(days=1, cool_down=90_000).then == 0
    assert replayed(days=1, cool_down=60).then == 5


def test_a_promise_that_a_review_broke_earns_nothing_and_gives_its_room_back(xiaoxi, luren):
    about = {"actor": None, "member": xiaoxi, "rule": COMMENT, "at": NOW}
    earn(xiaoxi, 1, rule=COMMENT)
    actions.decline(**about, subject="article:1", why="removed")
    earn(xiaoxi, 2, rule=COMMENT, at=NOW + timedelta(minutes=1))
    found = replayed(COMMENT, per_day=10)
    assert (found.paid, found.now, found.then) == (10, 10, 10)


def test_a_broken_promise_that_was_kept_after_all_counts_again(xiaoxi):
    about = {"actor": None, "member": xiaoxi, "rule": COMMENT, "subject": "article:1"}
    earn(xiaoxi, 1, rule=COMMENT)
    actions.decline(**about, why="removed", at=NOW + timedelta(minutes=1))
    actions.restore(**about, why="restored", at=NOW + timedelta(minutes=2))
    found = replayed(COMMENT, amount=12)
    assert (found.paid, found.now, found.then) == (10, 10, 12)


def test_what_was_taken_back_and_given_back_is_counted_once(xiaoxi):
    about = {"actor": None, "member": xiaoxi, "rule": QUIZ, "subject": "article:1"}
    earn(xiaoxi, 1)
    actions.claw_back(**about, why="removed", at=NOW + timedelta(minutes=1))
    actions.restore(**about, why="restored", at=NOW + timedelta(minutes=2))
    found = replayed(amount=8)
    assert (found.paid, found.now, found.then) == (5, 5, 8)


def test_the_days_add_up_to_the_whole(xiaoxi):
    earn(xiaoxi, 1, at=NOW - timedelta(days=3))
    earn(xiaoxi, 2)
    found = replayed(amount=8)
    assert list(found.by_day.values()) == [[5, 8], [5, 8]]
    assert list(found.by_day) == sorted(found.by_day)


@pytest.mark.parametrize("seed", range(6))
def test_replayed_under_the_terms_it_was_earned_under_every_attempt_comes_to_what_it_came_to(
    seed, xiaoxi, luren, aque
):
    random = Random(seed)  # noqa: S311
    terms = replace(
        QUIZ.terms,
        amount=random.randrange(3, 9),
        per_day=random.choice([None, 17, 20]),
        per_subject=random.choice([None, 8]),
        per_life=random.choice([None, 60, 41]),
        cool_down=random.choice([None, 3_600]),
        review=random.random() < 0.5,
    )
    actions.change_rule(actor=aque, rule=QUIZ, terms=terms, expected=1, at=NOW - timedelta(days=90))
    at = NOW - timedelta(days=8)
    for step in range(60):
        at += timedelta(minutes=random.randrange(1, 300))
        if at > NOW:
            break
        member = random.choice([xiaoxi, luren])
        about = {"member": member, "rule": QUIZ, "subject": f"article:{random.randrange(5)}"}
        occurrence = str(random.randrange(12))
        facts = {"others": int(random.random() < 0.8)}
        actions.earn(actor=None, **about, occurrence=occurrence, facts=facts, at=at)
        if step % 4 == 0:
            actions.decline(actor=None, **about, occurrence=occurrence, why="removed", at=at)
    found = replay(QUIZ, terms, terms, days=5, at=NOW)
    assert found.attempts
    assert found.now == found.then == found.paid
