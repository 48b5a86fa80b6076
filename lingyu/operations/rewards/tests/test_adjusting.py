"""Adjustments by hand: two people, one receipt, within the limits of their rule."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.explaining import why
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rewards import BY_HAND
from lingyu.community.feathers.rules import RULES
from lingyu.community.ledger.reads import balance, totals
from lingyu.operations.rewards import actions
from lingyu.operations.rewards.events import AdjustmentAsked, AdjustmentDecided
from lingyu.operations.rewards.models import Adjustment

QUIZ = RULES["quiz.right"]


@pytest.fixture
def second(db):
    """A second operator."""
    member = accounts.join(actor=None, username="second", password="of the cast")
    accounts.grant_role(actor=None, member=member, role="operator")
    return member


def earned(member):
    """What the member earned by a quiz: its receipt."""
    return feathers.earn(actor=member, member=member, rule=QUIZ, subject="article:1", facts={"others": 1})


def test_feathers_move_once_a_second_person_approves(luren, aque, second, facts):
    asked = actions.ask_to_give(actor=aque, member=luren, amount=30, why="found a bug")
    assert balance(luren.id).available == 0
    receipt = actions.approve(actor=second, adjustment=asked)
    assert (receipt.outcome, receipt.amount, receipt.version) == ("granted", 30, 1)
    assert "found a bug" in why(receipt)
    assert balance(luren.id).available == 30
    assert actions.approve(actor=second, adjustment=asked) is None
    assert balance(luren.id).available == 30
    assert [event.feathers for event in facts(AdjustmentAsked)] == [30]
    assert [(event.outcome, event.feathers) for event in facts(AdjustmentDecided)] == [("approved", 30)]


def test_neither_who_asked_nor_who_receives_may_approve(aque, second):
    for member in (aque, second):
        asked = actions.ask_to_give(actor=aque, member=member, amount=5, why="thanks")
        with pytest.raises(actions.NotAllowed):
            actions.approve(actor=aque, adjustment=asked)
        if member == second:
            with pytest.raises(actions.NotAllowed):
                actions.approve(actor=second, adjustment=asked)
    assert totals().issued == 0


def test_the_database_holds_that_they_are_two(luren, aque, second):
    asked = actions.ask_to_give(actor=aque, member=luren, amount=5, why="thanks")
    decided = {"outcome": "approved", "decided_at": timezone.now()}
    for person in (aque, luren):
        with pytest.raises(IntegrityError), transaction.atomic():
            Adjustment.objects.filter(id=asked.id).update(decided_by=person, **decided)
    Adjustment.objects.filter(id=asked.id).update(decided_by=second, **decided)


def test_whoever_asked_may_withdraw_and_others_decline(luren, aque, second):
    first = actions.ask_to_give(actor=aque, member=luren, amount=5, why="thanks")
    other = actions.ask_to_give(actor=aque, member=luren, amount=5, why="thanks")
    assert actions.decline(actor=aque, adjustment=first)
    assert actions.decline(actor=second, adjustment=other)
    assert not actions.decline(actor=second, adjustment=other)
    assert actions.approve(actor=second, adjustment=other) is None
    outcomes = Adjustment.objects.order_by("asked_at").values_list("outcome", flat=True)
    assert list(outcomes) == ["withdrawn", "declined"]
    assert balance(luren.id).available == 0


@pytest.mark.parametrize("amount", [0, -5, 101, 10**9])
def test_no_more_than_the_rule_gives_and_never_less_than_one(amount, luren, aque):
    with pytest.raises(ValidationError):
        actions.ask_to_give(actor=aque, member=luren, amount=amount, why="thanks")
    assert not Adjustment.objects.exists()


def test_a_reason_has_to_be_given(luren, aque):
    with pytest.raises(ValidationError):
        actions.ask_to_give(actor=aque, member=luren, amount=5, why="  ")


def test_the_limit_of_a_day_holds_for_what_is_given_by_hand_too(luren, aque, second):
    at = timezone.now()
    came = []
    for number in range(3):
        asked = actions.ask_to_give(actor=aque, member=luren, amount=90, why=f"no. {number}", at=at)
        came.append(actions.approve(actor=second, adjustment=asked, at=at))
    assert [receipt.amount for receipt in came] == [90, 90, 20]
    assert came[2].reason == "cap.day"


def test_switched_off_nobody_gives_by_hand(luren, aque, second):
    asked = actions.ask_to_give(actor=aque, member=luren, amount=5, why="thanks")
    terms = replace(BY_HAND.terms, on=False)
    feathers.change_rule(actor=aque, rule=BY_HAND, terms=terms, expected=1)
    with pytest.raises(ValidationError):
        actions.ask_to_give(actor=aque, member=luren, amount=5, why="thanks")
    assert actions.approve(actor=second, adjustment=asked).reason == "off"
    assert balance(luren.id).available == 0


def test_what_was_earned_is_taken_back_by_its_receipt(luren, aque, second):
    receipt = earned(luren)
    asked = actions.ask_to_take(actor=aque, receipt=receipt, why="answered by a script")
    taken = actions.approve(actor=second, adjustment=asked)
    assert (taken.outcome, taken.amount) == ("clawed_back", 5)
    assert "answered by a script" in why(taken)
    assert balance(luren.id).available == 0
    assert totals().balanced


def test_a_receipt_is_asked_for_once_at_a_time_and_taken_once(luren, aque, second):
    receipt = earned(luren)
    asked = actions.ask_to_take(actor=aque, receipt=receipt, why="a script")
    with pytest.raises(ValidationError):
        actions.ask_to_take(actor=second, receipt=receipt, why="a script")
    actions.approve(actor=second, adjustment=asked)
    again = actions.ask_to_take(actor=aque, receipt=receipt, why="a script")
    with pytest.raises(ValidationError):
        actions.approve(actor=second, adjustment=again)
    assert balance(luren.id).debt == 0


def test_only_a_reward_can_be_taken_back(luren, aque):
    refused = feathers.earn(actor=luren, member=luren, rule=QUIZ, subject="article:1", facts={"others": 0})
    with pytest.raises(ValidationError):
        actions.ask_to_take(actor=aque, receipt=refused, why="a script")


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_move_feathers_once(luren, aque, second, dapeng):
    asked = actions.ask_to_give(actor=aque, member=luren, amount=30, why="found a bug")

    def approve(person):
        try:
            return actions.approve(actor=person, adjustment=asked)
        finally:
            connections.close_all()

    # SQLite's tests share one database in memory, which knows no waiting: there they come one by one.
    with ThreadPoolExecutor(6 if connection.vendor == "postgresql" else 1) as pool:
        came = list(pool.map(approve, (second, dapeng) * 3))
    assert len([receipt for receipt in came if receipt]) == 1
    assert balance(luren.id).available == 30
    assert Receipt.objects.filter(cause="adjust.by_hand", outcome="granted").count() == 1


def test_values_and_budgets_are_versions_and_refuse_nonsense(aque):
    at = timezone.now()
    actions.set_value(actor=aque, per_thousand=900, currency="CNY", note="last year's orders", at=at)
    later = at + timedelta(days=1)
    made = actions.set_value(actor=aque, per_thousand=1_000, currency="CNY", note="dearer goods", at=later)
    assert type(made).standing().per_thousand == 1_000
    assert type(made).standing(at).per_thousand == 900
    for wrong in ({"per_thousand": 0}, {"per_thousand": -1}, {"currency": "yuan"}, {"note": " "}):
        with pytest.raises(ValidationError):
            actions.set_value(**{"actor": aque, "per_thousand": 5, "currency": "CNY", "note": "x"} | wrong)
    month = at.date().replace(day=1)
    actions.set_budget(actor=aque, month=at.date(), feathers=500)
    budget = actions.set_budget(actor=aque, month=month, feathers=700, at=later)
    assert type(budget).standing([month]) == {month: 700}
