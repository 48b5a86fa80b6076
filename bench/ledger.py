"""Feathers in and out: one transfer, one commit, by many processes at once; beside one bare row and commit.

Run it with `python -m bench.ledger`: SQLite, then PostgreSQL (its own server, fsync on, or DATABASE_URL).
The peers, in the same database: `bare` inserts one row and commits; `naive` is the least that double entry
can be, without shards, keys, lots, hashes, receipts and facts: two accounts locked, two entries written, all
from one hot account of the house. PROCESSES=1,8,16 and SECONDS=3 from the environment.
"""

import contextlib
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

PROCESSES = [int(n) for n in os.environ.get("PROCESSES", "1,8,16").split(",")]
SECONDS = float(os.environ.get("SECONDS", "3"))
MEMBERS = 200
ROOT = Path(__file__).resolve().parent.parent
FORK = multiprocessing.get_context("fork")


def main() -> int:
    """Each database in a process of its own: settings are read once."""
    if sys.argv[1:] == ["here"]:
        return here()
    command = [sys.executable, "-m", "bench.ledger", "here"]
    codes = [subprocess.call(command, env=os.environ | {"DATABASE_URL": ""}, cwd=ROOT)]
    postgres = [sys.executable, "scripts/postgres.py", "--durable", *command]
    codes.append(subprocess.call(postgres, cwd=ROOT))
    return max(codes)


def here() -> int:
    """Measure on the database of DATABASE_URL; SQLite's files lie beside the checkout, as a site's would."""
    (ROOT / ".bench").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ledger-", dir=ROOT / ".bench") as folder:
        os.environ |= {"LINGYU_HOME": folder, "DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        measure(Posts())
    return 0


class Posts:
    """What is measured: each a function of a number that never comes twice."""

    def __init__(self):
        from django.db import connection

        from lingyu.community.accounts import actions as accounts
        from lingyu.community.feathers.rules import purpose, rule

        words = {"zh": "测", "en": "Bench"}
        self.members = [accounts.join(actor=None, username=f"bench{n}") for n in range(MEMBERS)]
        self.rule = rule("bench", **words, about="For the bench.", amount=5, per_day=10**6)
        self.shop = purpose("bench.shop", **words)
        self.vendor = connection.vendor
        self.lock = " for update" if connection.features.has_select_for_update else ""
        with connection.cursor() as cursor:
            cursor.execute("create table bare (id bigint)")
            cursor.execute("create table pot (id integer primary key, balance bigint)")
            cursor.execute("create table leg (pot integer, amount bigint, balance bigint)")
            cursor.executemany("insert into pot values (%s, 0)", [[n] for n in range(MEMBERS + 1)])

    def all(self) -> dict[str, Callable[[int], object]]:
        """By name, in the order of the table."""
        names = ("bare", "naive", "issue", "spend", "hold_settle", "refund", "earn", "pay")
        return {name: getattr(self, name) for name in names}

    def _words(self, number: int, amount: int) -> dict:
        from django.utils import timezone

        who = self.members[_drawn(number)].id
        words = {"cause": "bench", "subject": f"article:{number % 50}", "at": timezone.now()}
        return {"member": who, "amount": amount, "key": f"{number}", **words}

    def bare(self, number: int) -> None:
        """One row and its commit: the limit of the disk and the driver."""
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("insert into bare values (%s)", [number])

    def naive(self, number: int) -> None:
        """Two legs between one hot account and a member's."""
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            for pot, amount in ((0, -5), (1 + _drawn(number), 5)):
                cursor.execute(f"select balance from pot where id = %s{self.lock}", [pot])
                balance = cursor.fetchone()[0] + amount
                cursor.execute("insert into leg values (%s, %s, %s)", [pot, amount, balance])
                cursor.execute("update pot set balance = %s where id = %s", [balance, pot])

    def issue(self, number: int) -> None:
        """`ledger.actions.issue`."""
        from lingyu.community.ledger import actions as ledger
        from lingyu.store.repeatable import repeatable

        repeatable(ledger.issue)(**self._words(number, 5))

    def spend(self, number: int) -> None:
        """`ledger.actions.spend`."""
        from lingyu.community.ledger import actions as ledger
        from lingyu.store.repeatable import repeatable

        repeatable(ledger.spend)(**self._words(number, 1))

    def hold_settle(self, number: int) -> None:
        """Two transfers and two commits."""
        from django.utils import timezone

        from lingyu.community.ledger import actions as ledger
        from lingyu.store.repeatable import repeatable

        repeatable(ledger.hold)(**self._words(number, 1))
        repeatable(ledger.settle_hold)(key=f"{number}", at=timezone.now())

    def refund(self, number: int) -> None:
        """A spend and its refund: two transfers and two commits."""
        from django.utils import timezone

        from lingyu.community.ledger import actions as ledger
        from lingyu.store.repeatable import repeatable

        self.spend(number)
        repeatable(ledger.refund)(key=f"{number}", refund_key=f"{number}|refund", at=timezone.now())

    def earn(self, number: int) -> None:
        """`feathers.actions.earn`: rule, caps, receipt and ledger."""
        from lingyu.community.feathers import actions as feathers

        feathers.earn(
            actor=None,
            member=self.members[_drawn(number)],
            rule=self.rule,
            subject=f"article:{number % 50}",
            occurrence=str(number),
        )

    def pay(self, number: int) -> None:
        """`feathers.actions.spend`: receipt and ledger."""
        from lingyu.community.feathers import actions as feathers

        who, about = self.members[_drawn(number)], {"subject": "goods:1", "amount": 1, "key": f"{number}"}
        feathers.spend(actor=None, member=who, purpose=self.shop, **about)


def _drawn(number: int) -> int:
    """A member as if by chance, so that processes do not march through the members in step."""
    return number * 2_654_435_761 % 2**32 % MEMBERS


TRANSFERS = {"hold_settle": 2, "refund": 2}


def measure(posts: Posts) -> None:
    """Every kind by every number of processes; the ledger has to verify at the end."""
    from lingyu.community.ledger.verify import verify

    _fill(posts)
    print(f"\n{posts.vendor}: {SECONDS:g} s each, {MEMBERS} members; load {os.getloadavg()[0]:.1f}")
    print(f"{'':14}{'processes':>10}{'transfers/s':>13}{'× bare':>8}{'p50 ms':>8}{'p99 ms':>8}{'cpu ms':>8}")
    begin = count(1)
    for processes in PROCESSES:
        bare = 0.0
        for name, post in posts.all().items():
            rate, seconds, cpu = _crew(post, processes, next(begin) * 10**9)
            rate, cpu = rate * TRANSFERS.get(name, 1), cpu / TRANSFERS.get(name, 1)
            bare = bare or rate
            p50, p99 = seconds[len(seconds) // 2] * 1e3, seconds[len(seconds) * 99 // 100] * 1e3
            shown = f"{rate:13,.0f}{rate / bare:8.2f}{p50:8.1f}{p99:8.1f}{cpu * 1e3:8.2f}"
            print(f"{name:14}{processes:10}{shown}", flush=True)
    began, cpu = time.perf_counter(), time.process_time()
    report = verify()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"verify: {report.entries:,} entries, {took:.1f} s, {cpu:.1f} s of processor; {report.faults[:3]}")


def _fill(posts: Posts) -> None:
    """Everybody has something to spend."""
    from lingyu.community.ledger import actions as ledger
    from lingyu.store.repeatable import repeatable

    for number in range(MEMBERS):
        repeatable(ledger.issue)(**posts._words(number, 10**6) | {"key": f"fill {number}"})


def _crew(post: Callable[[int], object], processes: int, first: int) -> tuple[float, list[float], float]:
    """So many processes for so many seconds: posts a second, sorted seconds of each, processor a post."""
    from django.db import connections

    connections.close_all()
    told, start = FORK.Queue(), FORK.Barrier(processes)
    people = [
        FORK.Process(target=_work, args=(post, first + n * 10**7, start, told), daemon=True)
        for n in range(processes)
    ]
    for person in people:
        person.start()
    notes = [told.get() for _ in people]
    for person in people:
        person.join()
    seconds = sorted(second for times, _, _ in notes for second in times)
    return sum(len(t) / wall for t, wall, _ in notes), seconds, sum(cpu for *_, cpu in notes) / len(seconds)


def _work(post: Callable[[int], object], first: int, start, told) -> None:
    with contextlib.suppress(Exception):
        # A connection, and what is read once.
        post(first)
    start.wait()
    times, number, began, cpu = [], first, time.perf_counter(), time.process_time()
    while (now := time.perf_counter()) < began + SECONDS or not times:
        number += 1
        post(number)
        times.append(time.perf_counter() - now)
    told.put((times, time.perf_counter() - began, time.process_time() - cpu))


if __name__ == "__main__":
    sys.exit(main())
