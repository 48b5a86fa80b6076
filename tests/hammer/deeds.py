"""The random deeds: each process earns, spends, holds, refunds, loses and expires, by the site's actions.

Holds one process's work and what it notes. One deed in ten names what another process did, or is doing.
"""

import random
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from .scene import START, Scene

STEP = timedelta(minutes=11)
KINDS = ("earn", "spend", "hold", "settle", "release", "refund", "approve", "decline", "claw_back", "restore")
WEIGHTS = (36, 16, 9, 5, 4, 7, 7, 3, 5, 4)
# One turn of so many is a chore.
EVERY = 40


@dataclass
class Notes:
    """What one process saw: receipts by outcome with their feathers, errors in words, seconds of deeds."""

    outcomes: Counter = field(default_factory=Counter)
    feathers: Counter = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, receipt) -> None:
        """Note a receipt; nothing to do is an outcome too."""
        outcome = receipt.outcome if receipt else "nothing"
        self.outcomes[outcome] += 1
        if receipt:
            self.feathers[outcome] += receipt.amount


class Worker:
    """One process at random deeds."""

    def __init__(self, number: int, processes: int, scene: Scene, seed: int):
        self.number, self.processes, self.scene = number, processes, scene
        self.chance = random.Random(f"{seed} {number}")
        self.notes = Notes()
        self.made: dict[str, deque] = defaultdict(lambda: deque(maxlen=60))

    def work(self, ops: int, until: float, told) -> None:
        """`ops` deeds, or as many as are done in time; `told(done)` hears of every hundredth."""
        for turn in range(ops):
            if time.monotonic() > until:
                break
            began = time.perf_counter()
            try:
                if turn % EVERY == self.number % EVERY:
                    self._chore(START + turn * STEP)
                else:
                    self._deed(turn, START + turn * STEP)
                    self.notes.seconds.append(time.perf_counter() - began)
            except Exception as error:
                self.notes.errors.append(f"{type(error).__name__}: {error}"[:300])
            if turn % 100 == 99:
                told(100)

    def _chore(self, at: datetime) -> None:
        """What jobs do meanwhile: lots expire, heads are sealed, a member is looked at."""
        from lingyu.community.ledger import actions as ledger

        chores = (ledger.expire_lots, ledger.expire_lots, ledger.seal, partial(ledger.check_sample, size=1))
        self.chance.choice(chores)(at=at)

    def _deed(self, turn: int, at: datetime) -> None:
        from lingyu.community.feathers import actions as feathers

        kind = self.chance.choices(KINDS, WEIGHTS)[0]
        try:
            self.notes.add(getattr(self, f"_{kind}")(feathers, turn, at))
        except _expected() as error:
            # Their subclasses (KeyError, UnicodeError) are mistakes.
            if type(error) not in _expected():
                raise
            self.notes.outcomes[type(error).__name__] += 1

    def _new(self, turn: int) -> tuple[int, int]:
        """Whose deed of which turn: one's own now, or what another does at about the same time."""
        if self.chance.random() < 0.1:
            return self.chance.randrange(self.processes), max(0, turn + self.chance.randint(-3, 1))
        return self.number, turn

    def _made(self, kind: str, turn: int) -> tuple[int, int]:
        self.made[kind].append(self._new(turn))
        return self.made[kind][-1]

    def _old(self, kind: str) -> tuple[int, int]:
        """A lately done deed of the kind; one that nobody did when there is none."""
        done = self.made[kind]
        return self.chance.choice(done) if done else (self.number, -1)

    def _reward(self, who: int, turn: int) -> dict:
        member = self.scene.members[(who * 7919 + turn * 31) % len(self.scene.members)]
        about = {"subject": f"article:{turn % 50}", "occurrence": f"{who}.{turn}"}
        return {"actor": None, "member": member, "rule": self.scene.rule(who + turn), **about}

    def _purchase(self, who: int, turn: int) -> dict:
        member = self.scene.members[(who * 104729 + turn * 17) % len(self.scene.members)]
        about = {"subject": f"goods:{turn % 9}", "amount": 1 + (who * 5 + turn * 3) % 13}
        return {"actor": None, "member": member, "purpose": self.scene.shop, **about}

    def _earn(self, feathers, turn: int, at: datetime):
        who, when = self._made("earn", turn)
        return feathers.earn(**self._reward(who, when), at=at)

    def _approve(self, feathers, turn: int, at: datetime):
        return feathers.approve(**self._reward(*self._old("earn")), at=at)

    def _decline(self, feathers, turn: int, at: datetime):
        return feathers.decline(**self._reward(*self._old("earn")), why="removed", at=at)

    def _claw_back(self, feathers, turn: int, at: datetime):
        return feathers.claw_back(**self._reward(*self._old("earn")), why="removed", at=at)

    def _restore(self, feathers, turn: int, at: datetime):
        return feathers.restore(**self._reward(*self._old("earn")), why="restored", at=at)

    def _spend(self, feathers, turn: int, at: datetime):
        who, when = self._made("spend", turn)
        return feathers.spend(**self._purchase(who, when), key=f"spend.{who}.{when}", at=at)

    def _hold(self, feathers, turn: int, at: datetime):
        who, when = self._made("hold", turn)
        return feathers.hold(**self._purchase(who, when), key=f"hold.{who}.{when}", at=at)

    def _settle(self, feathers, turn: int, at: datetime):
        return feathers.settle(actor=None, key="hold.{}.{}".format(*self._old("hold")), at=at)

    def _release(self, feathers, turn: int, at: datetime):
        return feathers.release(actor=None, key="hold.{}.{}".format(*self._old("hold")), why="removed", at=at)

    def _refund(self, feathers, turn: int, at: datetime):
        kind = self.chance.choice(("spend", "spend", "hold"))
        amount = self.chance.choice((None, None, 1, 2, 5))
        key = "{}.{}.{}".format(kind, *self._old(kind))
        return feathers.refund(actor=None, key=key, why="removed", amount=amount, at=at)


def _expected() -> tuple:
    """What a deed may be refused by: there is no such purchase, or it is closed, or less of it is left."""
    from lingyu.community.feathers.models import Receipt

    return (Receipt.DoesNotExist, LookupError, ValueError)


def work(number: int, processes: int, scene: Scene, seed: int, ops: int, seconds: float, told) -> None:
    """A process's whole life: deeds, then its notes into the queue `told`."""
    worker = Worker(number, processes, scene, seed)
    worker.work(ops, time.monotonic() + seconds, told.put)
    told.put(worker.notes)
