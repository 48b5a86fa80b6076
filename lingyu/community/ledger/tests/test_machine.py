"""Whatever happens in whatever order: the ledger against a model of a few lines, after every step.

The invariants are I1–I8, I10 and I11 of the ledger; caps (I9) are in feathers' machine.
"""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Account, Lot, Transfer
from lingyu.community.ledger.reads import balance, totals
from lingyu.community.ledger.verify import verify

from .model import PEOPLE, EarningMachine, few, pick, who

# `EXAMPLES=500 pytest …/test_machine.py` looks longer.
EXAMPLES = int(os.environ.get("EXAMPLES", "15"))


class LedgerMachine(EarningMachine):
    """Members earn, spend and lose feathers while time passes."""

    @rule(person=who, amount=few, held=st.booleans())
    def spend(self, person, amount, held):
        key, purse = self._key("spend"), self.purses[person]
        act = ledger.hold if held else ledger.spend
        words = self._words(person, amount, key)
        try:
            act(**words)
        except ledger.TooFew as few:
            self._sweep(person)
            assert (few.available, few.missing) == (purse.available, amount - purse.available)
            return
        self._sweep(person)
        taken = purse.take(amount)
        self.spent[key] = {"who": person, "taken": taken, "left": amount, "back": [], "held": held}
        if held:
            purse.held += amount
        else:
            self.total["spent"] += amount
        assert not act(**words).new

    @precondition(lambda self: any(told["held"] for told in self.spent.values()))
    @rule(n=pick, settled=st.booleans())
    def close(self, n, settled):
        keys = sorted(key for key, told in self.spent.items() if told["held"])
        key = keys[n % len(keys)]
        told = self.spent[key]
        purse, told["held"] = self.purses[told["who"]], False
        purse.held -= told["left"]
        if settled:
            ledger.settle_hold(key=key, at=self.now)
            self.total["spent"] += told["left"]
            with pytest.raises(ValueError, match="closed"):
                ledger.release_hold(key=key, at=self.now)
        else:
            ledger.release_hold(key=key, at=self.now)
            self._sweep(told["who"])
            purse.give(self.spent.pop(key)["taken"], self.now)

    @precondition(lambda self: any(not told["held"] for told in self.spent.values()))
    @rule(n=pick, part=st.none() | few)
    def refund(self, n, part):
        keys = sorted(key for key, told in self.spent.items() if not told["held"])
        key = keys[n % len(keys)]
        told = self.spent[key]
        words = {"key": key, "refund_key": self._key("refund"), "at": self.now, "amount": part}
        if part and part > told["left"]:
            with pytest.raises(ValueError, match="are left"):
                ledger.refund(**words)
            return
        amount = part or told["left"]
        posting = ledger.refund(**words)
        assert (posting.amount if posting else 0) == amount
        if not amount:
            return
        self._sweep(told["who"])
        returning, rest = [], amount
        for name, there in reversed(told["taken"]):
            back = min(rest, there - sum(p for n, p in told["back"] if n == name))
            if back:
                returning.append((name, back))
                rest -= back
        told["back"] += returning
        told["left"] -= amount
        self.total["spent"] -= amount
        self.purses[told["who"]].give(returning, self.now)

    @precondition(lambda self: self.issued)
    @rule(n=pick, part=st.none() | few)
    def claw_back(self, n, part):
        key = sorted(self.issued)[n % len(self.issued)]
        told, claw = self.issued[key], self._key("claw")
        words = {"key": key, "claw_key": claw, "at": self.now, "amount": part}
        if part and part > told["left"]:
            with pytest.raises(ValueError, match="are left"):
                ledger.claw_back(**words)
            return
        amount = part or told["left"]
        posting = ledger.claw_back(**words)
        assert (posting.amount if posting else 0) == amount
        if not amount:
            return
        purse = self.purses[told["who"]]
        self._sweep(told["who"])
        own = purse.lots.get(key, [0])[0]
        gone = min(max(0, amount - own), told["expired"])
        taken = purse.take(min(amount - gone, purse.available), first=key)
        debt = amount - gone - sum(part for _, part in taken)
        purse.debt += debt
        told["left"] -= amount
        told["expired"] -= gone
        self.total["expired"] -= gone
        self.total["clawed_back"] += amount
        self.claws[claw] = {"of": key, "amount": amount, "gone": gone, "taken": taken, "debt": debt}

    @precondition(lambda self: self.claws)
    @rule(n=pick)
    def restore(self, n):
        claw = sorted(self.claws)[n % len(self.claws)]
        told = self.claws.pop(claw)
        name, origin = self._key("restore"), self.issued[told["of"]]
        assert ledger.restore(claw_key=claw, restore_key=name, at=self.now).amount == told["amount"]
        assert ledger.restore(claw_key=claw, restore_key=self._key("restore"), at=self.now) is None
        self._sweep(origin["who"])
        purse = self.purses[origin["who"]]
        before = purse.debt
        repaid = min(told["debt"], before)
        purse.debt -= repaid
        if told["debt"] - repaid:
            lot = purse.lots.get(told["of"])
            expires = lot[1] if lot else None
            if expires and expires <= self.now:
                expires = self.now + timedelta(days=7)
            purse.lots[name] = [told["debt"] - repaid, expires]
        purse.give(told["taken"], self.now, owed=before - repaid)
        origin["left"] += told["amount"]
        origin["expired"] += told["gone"]
        self.total["expired"] += told["gone"]
        self.total["clawed_back"] -= told["amount"]

    @rule(hours=st.sampled_from([1, 24, 72, 240]))
    def pass_time(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def expire(self):
        over = [
            p for p in PEOPLE if any(n[0] and n[1] and n[1] <= self.now for n in self.purses[p].lots.values())
        ]
        assert ledger.expire_lots(at=self.now) == len(over)
        for person in over:
            self._sweep(person)

    @rule()
    def seal(self):
        ledger.seal(at=self.now)

    @rule(n=pick)
    def submit_again(self, n):
        """The same key for the same thing does nothing; for another it is refused."""
        first = Transfer.objects.filter(kind__in=["issue", "spend", "hold", "pend"], closes=None).order_by(
            "key"
        )
        moved = first[n % first.count()]
        words = self._words(moved.member, moved.amount, moved.key)
        act = getattr(ledger, moved.kind)
        assert not act(**words).new
        self._sweep(moved.member) if moved.kind in ("spend", "hold") else None
        with pytest.raises((ledger.KeyReused, ledger.TooFew)):
            act(**words | {"amount": moved.amount + 1})

    @invariant()
    def members_have_what_they_should(self):
        for person, purse in self.purses.items():
            b = balance(person)
            assert (b.available, b.held, b.pending, b.debt) == (
                purse.available,
                purse.held,
                purse.pending,
                purse.debt,
            )
            left = Lot.objects.filter(member=person, left__gt=0).values_list("left", "expires_at")
            far = datetime.max.replace(tzinfo=UTC)
            assert sorted(left, key=lambda lot: (lot[0], lot[1] or far)) == sorted(
                (tuple(lot) for lot in purse.lots.values() if lot[0]), key=lambda lot: (lot[0], lot[1] or far)
            )

    @invariant()
    def everything_adds_up(self):
        found = totals()
        assert found.balanced
        assert {name: getattr(found, name) for name in self.total} == self.total
        assert not Account.objects.filter(kind="available", balance__lt=0).exists()

    @invariant()
    def the_whole_ledger_verifies(self):
        assert verify().faults == []


@pytest.mark.django_db
@pytest.mark.slow
def test_the_ledger_does_what_its_model_does():
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
