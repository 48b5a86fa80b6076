"""`python -m tests.rungs`: findings about the same members, confirmed and overturned by several at once.

Each member has a plan of three findings. Three processes carry out one finding each, and a fourth
overturns some as soon as it sees them, all of them through the same members at the same time. Then every
member's rung must be what the plan alone says, computed without the database.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.crash.house import database_of_its_own
from tests.hammer.scene import crew, disconnect, settle

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLAUSES = ("2.1", "2.6", "2.7", "3.1", "1.8")
HANDS = 3


def main() -> int:
    """Run, print, and say by the exit code whether any member stands on a wrong rung."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000, help="each is one interleaving")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="lingyu-rungs-") as folder,
        database_of_its_own(f"lingyu_rungs_{os.getpid()}") as url,
    ):
        settle(Path(folder), url)
        print(f"database: {'PostgreSQL' if url else 'SQLite'}; seed {options.seed}", flush=True)
        return 0 if run(options.members, options.seed) else 1


def run(count: int, seed: int) -> bool:
    """Whether all members stand where their plans say."""
    members, began = _members(count), time.monotonic()
    with crew(HANDS + 1, _work, members, seed):
        pass
    wrong = [m for m in members if _stands(m) != _planned(m, seed)]
    seconds = time.monotonic() - began
    print(f"interleavings={count} wrong={len(wrong)} seconds={seconds:.0f}", flush=True)
    return not wrong


def plan(member: uuid.UUID, seed: int) -> list[tuple[str, datetime, datetime, bool]]:
    """(clause, act, notice, whether it is overturned) of each finding about a member."""
    chance = random.Random(f"{seed}|{member}")
    found = []
    for _hand in range(HANDS):
        acted = START + timedelta(hours=chance.randrange(0, 24 * 40))
        told = acted + timedelta(hours=chance.choice([0, 1, 30, 300]))
        found.append((chance.choice(CLAUSES), acted, told, chance.random() < 0.25))
    return found


def _members(count: int) -> list[uuid.UUID]:
    from lingyu.community.accounts import actions as accounts

    made = [accounts.join(actor=None, username=f"rung{n}").id for n in range(count)]
    disconnect()
    return made


def _decision(member: uuid.UUID, hand: int) -> uuid.UUID:
    return uuid.uuid5(member, f"decision {hand}")


def _work(number: int, members: list[uuid.UUID], seed: int) -> None:
    for member in members:
        if number < HANDS:
            _confirm(member, number, seed)
        else:
            _overturn(member, seed)


def _confirm(member: uuid.UUID, hand: int, seed: int) -> None:
    from lingyu.community.accounts.models import Member
    from lingyu.community.pact import actions

    clause, acted, told, _overturned = plan(member, seed)[hand]
    who = Member.objects.get(id=member)
    about = {"decision": _decision(member, hand), "subject": f"member:{member}", "clause": clause}
    # Twice: a decision that is sent again is the same finding.
    for _again in range(2):
        actions.confirm(actor=None, member=who, acted_at=acted, at=told, **about)


def _overturn(member: uuid.UUID, seed: int) -> None:
    from lingyu.community.pact import actions
    from lingyu.community.pact.models import Finding

    for hand, (_clause, _acted, told, overturned) in enumerate(plan(member, seed)):
        while overturned:
            if found := Finding.objects.filter(decision=_decision(member, hand)).first():
                actions.correct(actor=None, finding=found, severity=None, at=told)
                break
            time.sleep(0.002)


def _now(member: uuid.UUID) -> datetime:
    return START + timedelta(hours=member.int % (24 * 60))


def _stands(member: uuid.UUID) -> str:
    from lingyu.community.accounts.models import Member
    from lingyu.community.pact.standings import standing_of

    return standing_of(Member.objects.get(id=member), _now(member)).rung.code


def _planned(member: uuid.UUID, seed: int) -> str:
    """The rung by the plan, from what is written down in the clauses: no row is read."""
    from lingyu.community.pact.clauses import load
    from lingyu.community.pact.ladder import LADDERS, Finding, standing

    found = []
    for hand, (code, acted, told, overturned) in enumerate(plan(member, seed)):
        clause = load().clause(code)
        if not overturned:
            found.append(Finding(str(hand), code, clause.severity, acted, told, illegal=clause.illegal))
    return standing(LADDERS[1], found, _now(member)).rung.code


if __name__ == "__main__":
    sys.exit(main())
