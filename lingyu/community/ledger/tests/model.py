"""The model that the ledger is held against: what a member should have, and how it is earned.

Holds the purse and the first half of the machine; `test_machine` spends, takes back, and looks.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from lingyu.community.ledger import actions as ledger
from lingyu.kernel.ids import fact_id

START = datetime(2026, 5, 1, 4, tzinfo=UTC)
PEOPLE = [fact_id("machine", name) for name in "ab"]
who = st.sampled_from(PEOPLE)
few = st.integers(1, 12)
life = st.sampled_from([None, 1, 3, 30])
pick = st.integers(0, 10**6)


class Purse:
    """What one member should have: by the rules in plain words, with sums and no lots' ids."""

    def __init__(self):
        self.debt = self.pending = self.held = 0
        # [left, expires] of every lot, by the name of what brought it.
        self.lots: dict[str, list] = {}

    @property
    def available(self):
        return sum(left for left, _ in self.lots.values())

    def sweep(self, now):
        """What expires at this moment, by lot."""
        over = {n: lot[0] for n, lot in self.lots.items() if lot[0] and lot[1] and lot[1] <= now}
        for name in over:
            self.lots[name][0] = 0
        return over

    def earn(self, name, amount, expires):
        repaid = min(self.debt, amount)
        self.debt -= repaid
        if amount - repaid:
            self.lots[name] = [amount - repaid, expires]

    def take(self, amount, first=None):
        """(lot, amount) of what is taken: a lot before any, then earliest expiry, then the oldest."""
        far = datetime.max.replace(tzinfo=UTC)
        order = sorted(self.lots, key=lambda n: (n != first, self.lots[n][1] or far))
        taken = []
        for name in order:
            part = min(self.lots[name][0], amount)
            if part:
                self.lots[name][0] -= part
                amount -= part
                taken.append((name, part))
        assert not amount
        return taken

    def give(self, returning, now, owed=None):
        """Back into the lots they are from; debt first, out of what lasts longest."""
        total = sum(part for _, part in returning)
        repaid = min(total, self.debt if owed is None else owed)
        self.debt -= repaid
        for name, part in reversed(returning):
            used = min(part, repaid)
            repaid -= used
            if part - used:
                lot = self.lots[name]
                if lot[1] and lot[1] <= now:
                    lot[1] = now + timedelta(days=7)
                lot[0] += part - used


class EarningMachine(RuleBasedStateMachine):
    """Members are promised and given feathers."""

    def __init__(self):
        super().__init__()
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.now, self.count = START, 0
        self.purses = {person: Purse() for person in PEOPLE}
        self.issued: dict[str, dict] = {}
        self.pended: dict[str, dict] = {}
        self.spent: dict[str, dict] = {}
        self.claws: dict[str, dict] = {}
        self.total = {"issued": 0, "spent": 0, "expired": 0, "clawed_back": 0}

    def teardown(self):
        transaction.set_rollback(True)
        self._undone.__exit__(None, None, None)

    def _key(self, word):
        self.count += 1
        return f"{word}{self.count}"

    def _words(self, person, amount, key):
        return {"member": person, "amount": amount, "key": key, "cause": "m", "subject": "s", "at": self.now}

    def _sweep(self, person):
        over = self.purses[person].sweep(self.now)
        self.total["expired"] += sum(over.values())
        for name, left in over.items():
            if name in self.issued:
                self.issued[name]["expired"] += left

    @initialize(person=who, amount=few)
    def begin(self, person, amount):
        """Somebody has something."""
        self.issue(person, amount, None)

    @rule(person=who, amount=few, days=life)
    def issue(self, person, amount, days):
        key, expires = self._key("issue"), self.now + timedelta(days=days) if days else None
        posting = ledger.issue(**self._words(person, amount, key), lot_expires_at=expires)
        assert posting.new
        self._issued(person, key, amount, expires)

    def _issued(self, person, key, amount, expires):
        self.purses[person].earn(key, amount, expires)
        self.issued[key] = {"who": person, "amount": amount, "left": amount, "expired": 0, "expires": expires}
        self.total["issued"] += amount

    @rule(person=who, amount=few, days=life, due=st.integers(0, 5), when=st.sampled_from(["post", "expire"]))
    def pend(self, person, amount, days, due, when):
        key = self._key("pend")
        span = timedelta(days=days) if days else None
        terms = {"due_at": self.now + timedelta(days=due) if due else None, "when_due": when}
        ledger.pend(**self._words(person, amount, key), lot_life=span, **terms)
        self.purses[person].pending += amount
        self.pended[key] = {"who": person, "amount": amount, "span": span, **terms}

    @precondition(lambda self: self.pended)
    @rule(n=pick, keep=st.booleans())
    def resolve(self, n, keep):
        key = sorted(self.pended)[n % len(self.pended)]
        if keep:
            assert ledger.post_pending(key=key, at=self.now).new
            self._kept(key)
        else:
            assert ledger.void_pending(key=key, why="no", at=self.now)
            self._broken(key)
        assert not ledger.void_pending(key=key, why="no", at=self.now)

    def _kept(self, key):
        told = self._broken(key)
        expires = self.now + told["span"] if told["span"] else None
        self._issued(told["who"], key, told["amount"], expires)

    def _broken(self, key):
        told = self.pended.pop(key)
        self.purses[told["who"]].pending -= told["amount"]
        return told

    @rule()
    def fall_due(self):
        due = {k: t for k, t in self.pended.items() if t["due_at"] and t["due_at"] <= self.now}
        assert ledger.post_due(at=self.now) == len(due)
        for key in sorted(due, key=lambda k: (due[k]["due_at"], int(k[4:]))):
            (self._kept if due[key]["when_due"] == "post" else self._broken)(key)
