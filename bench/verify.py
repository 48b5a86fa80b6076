"""A ledger of a million entries, verified: `lingyu verify-ledger` in a process of its own, time and memory.

Run it with `python -m bench.verify`: on DATABASE_URL, else on SQLite. The entries come in by the ledger's own
actions (issues, promises kept and not, spends, holds, refunds, claw-backs, restorations, seals), many to a
commit, which is the only thing that a site does otherwise. Then it is verified; the peer is reading the same
rows in the same order and hashing them, which no verification can do without. Then one amount is changed by
one feather, past the triggers, and has to be found. ENTRIES=1000000 and MEMBERS=5000 from the environment;
the folder is kept in `.bench` when KEEP is set, and found there again.
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

ENTRIES = int(os.environ.get("ENTRIES", "1_000_000"))
MEMBERS = int(os.environ.get("MEMBERS", "5000"))
ROOT = Path(__file__).resolve().parent.parent
BATCH = 500
START = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = {"issue": 40, "pend": 12, "spend": 22, "hold": 10, "refund": 8, "claw_back": 5, "restore": 3}


def main() -> int:
    """Fill a data folder unless it is there, verify it, break it, verify it again."""
    folder = _folder()
    os.environ |= {"LINGYU_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from lingyu.community.ledger.models import Entry

    call_command("migrate", verbosity=0)
    if (there := Entry.objects.count()) < ENTRIES:
        began = time.perf_counter()
        Filling(there).fill()
        print(f"filled in {time.perf_counter() - began:,.0f} s", flush=True)
    print(
        f"{connection.vendor}: {Entry.objects.count():,} entries; load {os.getloadavg()[0]:.1f}", flush=True
    )
    reading = _reading()
    sound = _verified("as it is")
    print(f"{'read and hashed only':24}{reading[0]:8.1f} s{reading[1]:8.1f} s of processor")
    with _changed():
        found = _verified("one feather changed")
    if not os.environ.get("KEEP"):
        shutil.rmtree(folder)
    return int(sound != 0 or found != 1)


def _folder() -> Path:
    (ROOT / ".bench").mkdir(exist_ok=True)
    if not os.environ.get("KEEP"):
        return Path(tempfile.mkdtemp(prefix="verify-", dir=ROOT / ".bench"))
    folder = ROOT / ".bench" / f"verify-{ENTRIES}"
    folder.mkdir(exist_ok=True)
    return folder


class Filling:
    """Transfers drawn by chance, each by the action that a site would call."""

    def __init__(self, there: int):
        self.chance = random.Random(there)
        self.first, self.number = there, there
        self.done: dict[str, list[str]] = {kind: [] for kind in KINDS}

    def fill(self) -> None:
        """Until there are enough entries; every so often all heads are sealed."""
        from django.db import transaction

        from lingyu.community.ledger import actions as ledger
        from lingyu.community.ledger.models import Entry

        turn = 0
        while Entry.objects.count() < ENTRIES:
            for _ in range(20):
                with transaction.atomic():
                    for _ in range(BATCH):
                        self._one(ledger)
            turn += 1
            if turn % 5 == 0:
                self._seal(ledger)
        self._seal(ledger)

    def _seal(self, ledger) -> None:
        while ledger.seal(at=self._now()):
            pass

    def _now(self) -> datetime:
        return START + timedelta(seconds=self.number)

    def _one(self, ledger) -> None:
        from lingyu.community.ledger.actions import TooFew

        self.number += 1
        kind = self.chance.choices(list(KINDS), list(KINDS.values()))[0]
        try:
            key = getattr(self, f"_{kind}")(ledger, f"{kind} {self.number}")
        except TooFew:
            kind, key = "issue", self._issue(ledger, f"issue {self.number}")
        self.done[kind] = [*self.done[kind][-200:], *([key] if key else [])]

    def _words(self, key: str, most: int) -> dict:
        member = UUID(int=self.chance.randrange(MEMBERS) + (1 << 100))
        subject = f"article:{self.chance.randrange(20_000)}"
        words = {"member": member, "amount": self.chance.randint(1, most), "key": key, "at": self._now()}
        return words | {"cause": "bench", "subject": subject}

    def _issue(self, ledger, key: str) -> str:
        ends = self._now() + timedelta(days=365) if self.number % 2 else None
        ledger.issue(**self._words(key, 10), lot_expires_at=ends)
        return key

    def _pend(self, ledger, key: str) -> str:
        ledger.pend(**self._words(key, 10))
        ending = self.number % 10
        if ending < 6:
            ledger.post_pending(key=key, at=self._now())
        elif ending < 9:
            ledger.void_pending(key=key, why="removed", at=self._now())
        return key

    def _spend(self, ledger, key: str) -> str:
        ledger.spend(**self._words(key, 8))
        return key

    def _hold(self, ledger, key: str) -> str:
        ledger.hold(**self._words(key, 8))
        ending = self.number % 10
        if ending < 7:
            ledger.settle_hold(key=key, at=self._now())
        elif ending < 9:
            ledger.release_hold(key=key, at=self._now(), why="cancelled")
        return key

    def _refund(self, ledger, key: str) -> str | None:
        if not (old := self._old("spend")):
            return None
        ledger.refund(key=old, refund_key=key, at=self._now(), why="taken down")
        return key

    def _claw_back(self, ledger, key: str) -> str | None:
        if not (old := self._old("issue")):
            return None
        ledger.claw_back(key=old, claw_key=key, at=self._now(), why="removed")
        return key

    def _restore(self, ledger, key: str) -> str | None:
        if not (old := self._old("claw_back")):
            return None
        ledger.restore(claw_key=old, restore_key=key, at=self._now(), why="appeal")
        return key

    def _old(self, kind: str) -> str | None:
        return self.done[kind].pop(self.chance.randrange(len(self.done[kind]))) if self.done[kind] else None


def _reading() -> tuple[float, float]:
    """Seconds by the clock and of processor to read every entry in order and hash what it says."""
    from lingyu.community.ledger.chain import entry_hash, transfer_digest
    from lingyu.community.ledger.walking import rows_of

    wall, cpu = time.perf_counter(), time.process_time()
    before = ""
    for _id, account, version, amount, balance, _hash, words in rows_of():
        before = entry_hash(before, account, version, amount, balance, transfer_digest(words))
    return time.perf_counter() - wall, time.process_time() - cpu


def _verified(name: str) -> int:
    """The command's answer, told with its time and the most memory that it ever had."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    command = [sys.executable, "-m", "lingyu", "verify-ledger"]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime
    said = ended.stdout.strip().splitlines()
    print(
        f"{name:24}{took:8.1f} s{cpu:8.1f} s of processor{after.ru_maxrss / 1024:8.0f} MB at most", flush=True
    )
    print("\n".join(f"    {line[:200]}" for line in said[:3]), flush=True)
    return ended.returncode


@contextmanager
def _changed() -> Iterator[None]:
    """Within, one amount in the middle is one feather more, as the owner of the database could make it."""
    from lingyu.community.ledger.models import Entry

    entry = Entry.objects.order_by("account_id", "version")[ENTRIES // 2]
    _set(entry.id, entry.amount + 1)
    try:
        yield
    finally:
        _set(entry.id, entry.amount)


def _set(id: object, amount: int) -> None:
    from django.db import connection, transaction

    from lingyu.community.ledger.models import Entry

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            off, on = (f"alter table ledger_entry {verb} trigger user" for verb in ("disable", "enable"))
        else:
            cursor.execute("select sql from sqlite_master where name = 'ledger_entry_no_update'")
            off, on = "drop trigger ledger_entry_no_update", cursor.fetchone()[0]
        cursor.execute(off)
        Entry.objects.filter(id=id).update(amount=amount)
        cursor.execute(on)


if __name__ == "__main__":
    sys.exit(main())
