"""`python -m tests.crash.facts --rounds N`: kill −9 the collector and two workers while facts are sent.

Senders speak the protocols of SDKs over HTTP, send what was not answered again, and now and then what was. In the
end everything is compacted: what was acknowledged has to be there, and nothing twice. Prints one line; the exit
code says whether that holds. A few rounds of it are in the suite.
"""

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.sdks.collecting import PREFIX, environment, free_port, prepare, wait_for

from .senders import Senders

SENDERS = 4
COMMANDS = {
    "collector": ["-m", "lingyu", "collect", "--port", "{port}"],
    "worker": ["-m", "lingyu", "work"],
    "compactor": ["-m", "tests.crash.facts", "--compact"],
}


def main() -> int:
    """Run, print, and say by the exit code whether anything was lost or is there twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=100, help="how often all three are killed")
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked.add_argument("--compact", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.compact:
        compact_for_ever()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lingyu-facts-") as folder:
        print(f"seed {options.seed}", flush=True)
        kills, verdict = run(Path(folder), options.rounds, random.Random(options.seed))
        print(f"rounds={options.rounds} kills={kills} {verdict.said()} seconds={time.monotonic() - began:.0f}")
    return 0 if verdict.passed else 1


class Place:
    """A data folder with a collector and two workers on it, each a group of processes."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.said = (folder / "said").open("ab")
        self.running: dict[str, subprocess.Popen] = {}

    def start(self) -> None:
        """Start whatever does not run; the collector is waited for."""
        for name, words in COMMANDS.items():
            if name not in self.running:
                command = [sys.executable, *(word.format(port=self.port) for word in words)]
                self.running[name] = subprocess.Popen(
                    command, env=environment(self.folder), stdout=self.said, stderr=self.said, process_group=0
                )
        wait_for(f"http://127.0.0.1:{self.port}/health")

    def kill(self, name: str) -> None:
        """kill −9 one of them with all its children."""
        process = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all of them, in whatever they are at."""
        for name in list(self.running):
            self.kill(name)


def run(folder: Path, rounds: int, chance: random.Random) -> tuple[int, "Verdict"]:
    """All rounds; how many were killed, and the verdict."""
    prepare(folder)
    place, kills = Place(folder), 0
    place.start()
    senders = Senders(f"http://127.0.0.1:{place.port}/in/{PREFIX}", SENDERS, chance.randrange(10**9))
    try:
        for number in range(rounds):
            order = list(COMMANDS)
            chance.shuffle(order)
            for name in order:
                time.sleep(chance.uniform(0, 0.7))
                place.kill(name)
                kills += 1
                if chance.random() < 0.5:
                    place.start()
            place.start()
            if (number + 1) % 10 == 0:
                print(f"round {number + 1}: {len(senders.acknowledged)} events acknowledged", flush=True)
        time.sleep(1)
    finally:
        senders.stop()
        place.stop()
    return kills, judge(folder, senders)


class Verdict(NamedTuple):
    """What was acknowledged and what was found."""

    acknowledged: int
    found: int
    in_blocks: int
    lost: int
    doubled: int
    invented: int
    waiting: int
    damaged: int

    @property
    def passed(self) -> bool:
        """Nothing lost, doubled, invented or left over, and something was sent at all."""
        wrong = self.lost or self.doubled or self.invented or self.waiting or self.damaged
        return not wrong and self.in_blocks == self.found >= self.acknowledged > 0

    def said(self) -> str:
        """In one line."""
        return " ".join(f"{name}={value}" for name, value in self._asdict().items())


def judge(folder: Path, senders: Senders) -> Verdict:
    """Compact what is left, and compare what was acknowledged with the facts and with the days' blocks."""
    from lingyu.store.inbox import Inbox
    from lingyu.store.log import Compactor, Log, LogSequences
    from lingyu.store.log.status import look_through

    log, inbox = Log(folder / "store" / "log"), Inbox(folder / "store" / "inbox")
    with log.lease():
        Compactor(log, inbox).run()
        log.derived.build()
    seen = LogSequences(log)
    facts = f"SELECT props.m::VARCHAR FROM {seen.relation({'props'}, 0, 99_999)}"
    found = [m for (m,) in seen.ask(facts)]
    blocks = sum(len(day.times) for day in seen.days(0, 99_999))
    once = set(found)
    return Verdict(
        acknowledged=len(senders.acknowledged),
        found=len(found),
        in_blocks=blocks,
        lost=len(senders.acknowledged - once),
        doubled=len(found) - len(once),
        invented=len(once - senders.sent),
        waiting=inbox.waiting(log.catalog.positions()),
        damaged=len(look_through(log)),
    )


def compact_for_ever() -> None:
    """A worker that knows no pause: compacts, makes what is stale, merges, beside the real one."""
    import django

    django.setup()
    from django.utils import timezone

    from lingyu.store.log.compacting import Compactor
    from lingyu.store.log.door import inbox, log
    from lingyu.store.log.tidying import tidy

    while True:
        with log().lease():
            Compactor(log(), inbox()).step()
            log().derived.build()
            log().kept.due = 0
            tidy(log(), timezone.now())
        time.sleep(0.02)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingyu.config.settings")
    if "--compact" not in sys.argv:
        # Its own commands know it by the folder of the run; the judge needs the readers only.
        os.environ["LINGYU_HOME"] = tempfile.mkdtemp(prefix="lingyu-facts-judge-")
        import django

        django.setup()
    sys.exit(main())
