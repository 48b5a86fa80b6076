"""Caps, cool-down and once for ever, in whatever order things happen: rules against a model of a few lines.

No cap is ever exceeded by one feather, also where promises are declined, give their room back, and are
restored after another attempt has taken it (I9 of the ledger's invariants).
"""

import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lingyu.community.accounts import actions as accounts
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rules import RULES
from lingyu.community.feathers.rules import rule as declare
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify

EXAMPLES = int(os.environ.get("EXAMPLES", "12"))
# Half past eleven at night in Shanghai: a civil day ends soon.
START = datetime(2026, 5, 1, 15, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = {"zh": "机器", "en": "Machine", "about": "For the machine."}
CAPS = {"day": 17, "subject": 24, "life": 60}
pick = st.integers(0, 10**6)


class FeathersMachine(RuleBasedStateMachine):
    """Two members at two rules: one posts at once, one waits for review; both are capped in every way."""

    def __init__(self):
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self._rules = dict(RULES)
        self.now, self.count = START, 0
        terms = {f"per_{scope}": cap for scope, cap in CAPS.items()}
        self.rules = [
            declare("machine.now", **WORDS, amount=5, cool_down=timedelta(minutes=10), **terms),
            declare("machine.review", **WORDS, amount=7, hold="review", lot_life=None, **terms),
        ]
        self.people = [accounts.join(actor=None, username=f"machine{n}") for n in range(2)]
        # Of every key: who, which rule, subject, day, amount and state.
        self.told: dict[str, dict] = {}
        self.last: dict = {}

    def teardown(self):
        RULES.clear()
        RULES.update(self._rules)
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    def _used(self, person, number, day, subject) -> dict[str, int]:
        used = Counter()
        for one in self.told.values():
            if (one["person"], one["number"]) == (person, number) and one["state"] != "declined":
                used["life"] += one["amount"]
                used["day"] += one["amount"] * (one["day"] == day)
                used["subject"] += one["amount"] * (one["subject"] == subject)
        return used

    def _room(self, person, number, day, subject) -> int:
        used = self._used(person, number, day, subject)
        return max(0, min(cap - used[scope] for scope, cap in CAPS.items()))

    def _about(self, name) -> dict:
        one = self.told[name]
        words = {"actor": None, "member": self.people[one["person"]], "rule": self.rules[one["number"]]}
        return words | {"subject": one["subject"], "occurrence": name, "at": self.now}

    @initialize()
    def begin(self):
        self.earn(0, 0, 0)

    @rule(person=st.integers(0, 1), number=st.integers(0, 1), subject=st.integers(0, 1))
    def earn(self, person, number, subject):
        self.count += 1
        name, subject = str(self.count), f"article:{subject}"
        day, whole = self.now.astimezone(SHANGHAI).date(), (5, 7)[number]
        receipt = feathers.earn(
            actor=None,
            member=self.people[person],
            rule=self.rules[number],
            subject=subject,
            occurrence=name,
            at=self.now,
        )
        last = self.last.get(person)
        if number == 0 and last and self.now - last < timedelta(minutes=10):
            assert (receipt.outcome, receipt.reason) == ("refused", "cooling")
            return
        amount = min(whole, self._room(person, number, day, subject))
        assert receipt.amount == amount
        assert receipt.outcome == (("granted", "pending")[number] if amount else "capped")
        if amount:
            state = ("posted", "pending")[number]
            self.told[name] = {
                "person": person,
                "number": number,
                "subject": subject,
                "day": day,
                "amount": amount,
                "state": state,
            }
            if number == 0:
                self.last[person] = self.now

    @precondition(lambda self: self.told)
    @rule(n=pick)
    def earn_again(self, n):
        name = sorted(self.told)[n % len(self.told)]
        assert feathers.earn(**self._about(name)).outcome == "again"

    @precondition(lambda self: self.told)
    @rule(n=pick, what=st.sampled_from(["approve", "decline", "claw_back", "restore"]))
    def follow(self, n, what):
        name = sorted(self.told)[n % len(self.told)]
        one, words = self.told[name], self._about(name)
        if what != "approve":
            words["why"] = "removed"
        receipt = getattr(feathers, what)(**words)
        passes = {
            ("pending", "approve"): "posted",
            ("pending", "decline"): "declined",
            ("posted", "claw_back"): "clawed",
            ("clawed", "restore"): "posted",
        }
        if (one["state"], what) == ("declined", "restore"):
            room = self._room(one["person"], one["number"], one["day"], one["subject"])
            amount = min(one["amount"], room)
            assert (receipt.outcome, receipt.amount) == ("restored" if amount else "capped", amount)
            if amount:
                one |= {"state": "posted", "amount": amount}
            return
        assert bool(receipt) == ((one["state"], what) in passes)
        one["state"] = passes.get((one["state"], what), one["state"])

    @rule(minutes=st.sampled_from([1, 9, 10, 29, 30, 31, 600, 1440]))
    def pass_time(self, minutes):
        self.now += timedelta(minutes=minutes)

    @invariant()
    def no_cap_is_exceeded(self):
        for scope, column in (("day", "day"), ("subject", "subject"), ("life", "cause")):
            used = Counter()
            for row in Receipt.objects.values("member", "cause", column, "counts"):
                used[row["member"], row["cause"], row[column]] += row["counts"]
            assert all(0 <= amount <= CAPS[scope] for amount in used.values())

    @invariant()
    def members_have_what_they_should(self):
        for person, member in enumerate(self.people):
            of = [one for one in self.told.values() if one["person"] == person]
            found = balance(member.id)
            for state, amount in (("posted", found.available), ("pending", found.pending)):
                assert amount == sum(one["amount"] for one in of if one["state"] == state)
            assert found.debt == 0

    @invariant()
    def the_ledger_verifies(self):
        assert verify().faults == []


@pytest.mark.django_db
@pytest.mark.slow
def test_rules_do_what_their_model_does():
    run_state_machine_as_test(
        FeathersMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "moments", "outcomes"),
    [
        # The hour that comes twice belongs to one day, and so does the day without its hour.
        (
            "America/New_York",
            ["2026-11-01T05:30", "2026-11-01T06:30", "2026-11-02T05:00"],
            "yes no yes",
        ),
        (
            "America/New_York",
            ["2026-03-08T06:30", "2026-03-09T03:59", "2026-03-09T04:00"],
            "yes no yes",
        ),
        # Half past midnight there is the day before in UTC.
        (
            "Asia/Shanghai",
            ["2026-05-01T15:59", "2026-05-01T16:00", "2026-05-02T15:59"],
            "yes yes no",
        ),
    ],
)
def test_a_day_is_the_civil_day_of_the_site(luren, settings, zone, moments, outcomes):
    from django.utils import timezone

    settings.TIME_ZONE = zone
    timezone.get_default_timezone.cache_clear()
    try:
        daily = declare("machine.daily", **WORDS, amount=10, per_day=10)
        found = []
        # Whoever looks at their page in another zone earns on the site's day all the same.
        with timezone.override("Pacific/Kiritimati"):
            for number, moment in enumerate(moments):
                at = datetime.fromisoformat(f"{moment}+00:00")
                about = {"subject": "article:1", "occurrence": str(number), "at": at}
                found.append(feathers.earn(actor=None, member=luren, rule=daily, **about).outcome)
        assert found == [{"yes": "granted", "no": "capped"}[word] for word in outcomes.split()]
    finally:
        RULES.pop("machine.daily")
        timezone.get_default_timezone.cache_clear()


@pytest.mark.django_db
def test_a_business_key_too_long_for_its_column_still_rewards_once(luren):
    long = declare("machine.long", **WORDS, amount=5)
    try:
        about = {"actor": None, "member": luren, "rule": long, "subject": "s" * 190}
        first = feathers.earn(**about, occurrence="o" * 90)
        assert first.outcome == "granted"
        assert feathers.earn(**about, occurrence="o" * 90).outcome == "again"
        assert feathers.earn(**about, occurrence="p" * 90).outcome == "granted"
        assert feathers.claw_back(**about, occurrence="o" * 90, why="removed").amount == 5
        assert feathers.restore(**about, occurrence="o" * 90, why="restored").amount == 5
    finally:
        RULES.pop("machine.long")
