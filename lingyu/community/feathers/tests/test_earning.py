"""Feathers are earned by rules: caps, cool-down, conditions, once for ever, and a receipt for everything."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.explaining import asked_for, why
from lingyu.community.feathers.jobs import post_due
from lingyu.community.feathers.models import Receipt, RuleVersion
from lingyu.community.feathers.rules import PURPOSES, RULES, Terms, purpose, rule
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify

pytestmark = pytest.mark.django_db

# 23:59 on 1 May in Shanghai.
LATE = datetime(2026, 5, 1, 15, 59, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def in_english():
    """What receipts say is read in English here, whatever the site's language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def sound():
    """After every test the whole ledger verifies, and the registries are as they were."""
    rules, purposes = dict(RULES), dict(PURPOSES)
    yield
    RULES.clear(), RULES.update(rules), PURPOSES.clear(), PURPOSES.update(purposes)
    assert verify().faults == []


@pytest.fixture
def declare():
    """A rule of a test's own."""
    return lambda **terms: rule("test.rule", zh="测试", en="Test", about="For a test.", **terms)


def earn(member, what, subject="article:1", occurrence="", at=LATE, **more):
    return feathers.earn(
        actor=None, member=member, rule=what, subject=subject, occurrence=occurrence, at=at, **more
    )


def available(member):
    return balance(member.id).available


def test_a_reward_is_given_once_for_ever_and_the_second_attempt_says_so(luren, declare):
    five = declare(amount=5)
    first, second = earn(luren, five), earn(luren, five, at=LATE + 400 * DAY)
    assert (first.outcome, first.amount, first.version) == ("granted", 5, 1)
    assert (second.outcome, second.amount) == ("again", 0)
    assert available(luren) == 5
    assert "rewarded once" in why(second)


def test_a_cap_grants_the_remainder_and_then_nothing(luren, declare):
    capped = declare(amount=10, per_day=25)
    found = [earn(luren, capped, occurrence=str(n)) for n in range(4)]
    assert [(r.outcome, r.amount, r.reason) for r in found] == [
        ("granted", 10, ""),
        ("granted", 10, ""),
        ("granted", 5, "cap.day"),
        ("capped", 0, "cap.day"),
    ]
    assert found[0].left == {"day": 15}
    assert "5 of 10" in why(found[2])
    assert available(luren) == 25


def test_a_day_is_the_sites_civil_day(luren, declare):
    daily = declare(amount=10, per_day=10)
    assert earn(luren, daily, occurrence="1", at=LATE + MINUTE - timedelta(seconds=1)).outcome == "granted"
    assert (
        earn(luren, daily, occurrence="2", at=LATE + MINUTE - timedelta(microseconds=1)).outcome == "capped"
    )
    assert earn(luren, daily, occurrence="3", at=LATE + MINUTE).outcome == "granted"


def test_caps_for_one_article_and_for_life(luren, declare):
    share = declare(amount=3, per_subject=4, per_life=6)
    amounts = [
        earn(luren, share, subject=s, occurrence=o).amount
        for s, o in (("article:1", "a"), ("article:1", "b"), ("article:1", "c"), ("article:2", "d"))
    ]
    assert amounts == [3, 1, 0, 2]


def test_a_cool_down_is_waited_out(luren, declare):
    slow = declare(amount=1, cool_down=timedelta(minutes=10))
    assert earn(luren, slow, occurrence="1").outcome == "granted"
    early = earn(luren, slow, occurrence="2", at=LATE + 9 * MINUTE)
    assert (early.outcome, early.reason) == ("refused", "cooling")
    assert earn(luren, slow, occurrence="2", at=LATE + 10 * MINUTE).outcome == "granted"


def test_conditions_are_asked_of_the_facts(luren, declare):
    long = declare(amount=1, facts=("length",), conditions=(("length", 5),))
    short = earn(luren, long, facts={"length": 4})
    assert (short.outcome, short.reason) == ("refused", "condition.length")
    assert "5 characters" in why(short)
    assert earn(luren, long, facts={"length": 5}).outcome == "granted"


def test_a_promise_waits_for_review_and_a_declined_one_gives_its_room_back(luren, declare):
    held = declare(amount=10, hold="review", per_day=10)
    about = {"actor": None, "member": luren, "rule": held, "subject": "article:1", "occurrence": "1"}
    assert earn(luren, held, occurrence="1").outcome == "pending"
    assert earn(luren, held, occurrence="2").outcome == "capped"
    assert feathers.decline(**about, why="removed", at=LATE).outcome == "declined"
    assert feathers.approve(**about) is None
    assert earn(luren, held, occurrence="3").outcome == "pending"
    assert balance(luren.id).pending == 10


def test_what_is_held_for_a_time_is_posted_when_it_is_over(luren, declare):
    held = declare(amount=3, hold=timedelta(hours=24))
    assert earn(luren, held).due_at == LATE + DAY
    assert post_due(LATE + DAY - MINUTE) == 0
    assert post_due(LATE + DAY) == 1
    assert post_due(LATE + DAY) == 0
    assert available(luren) == 3
    assert [r.outcome for r in Receipt.objects.of(luren)] == ["approved", "pending"]


def test_a_reward_clawed_back_is_restored_and_can_be_clawed_back_again(luren, declare):
    ten = declare(amount=10)
    shop = purpose("test.shop", zh="测试", en="Test shop")
    about = {"actor": None, "member": luren, "rule": ten, "subject": "article:1", "why": "removed"}
    earn(luren, ten)
    feathers.spend(actor=luren, member=luren, purpose=shop, subject="x", amount=6, key="k", at=LATE)
    taken = feathers.claw_back(**about, at=LATE)
    assert (available(luren), balance(luren.id).debt) == (0, 6)
    assert "6 of them had been spent" in why(taken)
    assert feathers.claw_back(**about, at=LATE) is None
    feathers.restore(**about, at=LATE)
    assert (available(luren), balance(luren.id).debt) == (4, 0)
    assert feathers.restore(**about, at=LATE) is None
    feathers.claw_back(**about, at=LATE)
    assert balance(luren.id).debt == 6


def test_who_has_too_few_gets_a_receipt_that_says_how_many_are_missing(luren, declare):
    shop = purpose("test.shop", zh="测试", en="Test shop")
    earn(luren, declare(amount=12))
    about = {"actor": luren, "member": luren, "purpose": shop, "subject": "article:1", "key": "k", "at": LATE}
    refused = feathers.spend(**about, amount=30)
    assert not refused.granted and refused.missing == 18
    assert "18 were missing" in why(refused)
    assert available(luren) == 12
    paid = feathers.spend(**about, amount=10)
    assert paid.granted and available(luren) == 2
    assert feathers.spend(**about, amount=10).granted and available(luren) == 2
    feathers.refund(actor=None, key="k", why="restored", at=LATE)
    assert available(luren) == 12


def test_a_closed_account_earns_and_spends_nothing(luren, aque, declare):
    accounts.close_account(actor=aque, member=luren)
    luren.refresh_from_db()
    assert earn(luren, declare(amount=5)).reason == "closed"


def test_a_new_version_applies_from_then_on_and_receipts_keep_theirs(luren, aque, declare):
    five = declare(amount=5)
    earn(luren, five, occurrence="1")
    made = feathers.change_rule(
        actor=aque, rule=five, terms=replace(five.terms, amount=8), expected=1, note="more"
    )
    assert made.number == 2
    assert [(r.version, r.amount) for r in (earn(luren, five, occurrence="2"),)] == [(2, 8)]
    assert Receipt.objects.get(occurrence="1").version == 1
    with pytest.raises(feathers.StaleRule, match="2"):
        feathers.change_rule(actor=aque, rule=five, terms=replace(five.terms, amount=9), expected=1)
    off = feathers.change_rule(actor=aque, rule=five, terms=replace(made.terms, on=False), expected=2)
    assert earn(luren, five, occurrence="3").reason == "off"
    assert off.number == 3


@pytest.mark.parametrize(
    "terms",
    [
        Terms(amount=-5),
        Terms(amount=0),
        Terms(amount=10**9),
        Terms(amount=5, per_day=-1),
        Terms(amount=5, cool_down=0),
        Terms(amount=5, conditions=(("length", 3),)),
        Terms(amount=5, conditions=(("nonsense", 3),)),
        Terms(amount=5, per_day=9, per_life=8),
    ],
)
def test_terms_that_make_no_sense_are_refused(aque, declare, terms):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        feathers.change_rule(actor=aque, rule=declare(amount=5), terms=terms, expected=1)


def test_rows_cannot_be_changed_or_deleted(luren, declare):
    from django.db import DatabaseError, transaction

    earn(luren, declare(amount=5))
    for change in (
        lambda: Receipt.objects.update(amount=500),
        lambda: Receipt.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_condition_that_the_code_declares_no_more_refuses_with_a_reason(luren, declare):
    five = declare(amount=5)
    terms = replace(five.terms, conditions=(("phase_of_the_moon", 3),))
    RuleVersion.objects.create(rule=five.code, number=2, data=terms.as_data(), at=LATE)
    receipt = earn(luren, five)
    assert (receipt.outcome, receipt.reason, available(luren)) == ("refused", "unknown_condition", 0)
    assert "An operator has to mend it" in why(receipt)
    assert asked_for(terms) == [why(receipt)]
