"""`python -m tests.crash.facts --rounds N`: kill −9 collectors and workers while facts are sent.

Senders speak the protocols of SDKs over HTTP, send again what was not answered, and now and then what was.
In the end everything is compacted: what was acknowledged has to be there, and nothing twice. Prints one line;
the exit code says whether that holds. A few rounds of it are in the suite.
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

import numpy as np

from tests.sdks.collecting import PREFIX, environment, free_port, is_answered, prepare

from .senders import Senders

SENDERS, COLLECTORS = 4, 2
# Seconds for which a busy machine may take to start one.
PATIENCE = 120


def main() -> int:
    """Run, print, and say by the exit code whether anything was lost or is there twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=100, help="how often all of them are killed")
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lingyu-facts-") as folder:
        print(f"seed {options.seed}", flush=True)
        kills, verdict = run(Path(folder), options.rounds, random.Random(options.seed))
        print(
            f"rounds={options.rounds} kills={kills} {verdict.said()} seconds={time.monotonic() - began:.0f}"
        )
    return 0 if verdict.passed else 1


class Place:
    """A data folder with two collectors on it, and two workers that a nursery brings to life again."""

    def __init__(self, folder: Path):
        self.folder, self.ports = folder, [free_port() for _ in range(COLLECTORS)]
        self.said = (folder / "said").open("ab")
        self.collectors: list[subprocess.Popen | None] = [None] * COLLECTORS
        self.kills = 0
        self.nursery = self._run("-m", "tests.crash.nursery")
        for number in range(COLLECTORS):
            self._start(number)

    def _run(self, *words: str) -> subprocess.Popen:
        command = [sys.executable, *words]
        return subprocess.Popen(
            command, env=environment(self.folder), stdout=self.said, stderr=self.said, process_group=0
        )

    def _start(self, number: int) -> None:
        self.collectors[number] = self._run("-m", "lingyu", "collect", "--port", str(self.ports[number]))

    def bases(self) -> list[str]:
        """Where the senders may send to."""
        return [f"http://127.0.0.1:{port}/in/{PREFIX}" for port in self.ports]

    def wait_for(self, number: int) -> None:
        """Until a collector answers. Raises TimeoutError."""
        end = time.monotonic() + PATIENCE
        while not is_answered(f"http://127.0.0.1:{self.ports[number]}/health"):
            if time.monotonic() > end:
                raise TimeoutError(f"a collector does not start; see {self.folder / 'said'}")
            time.sleep(0.05)

    def kill_collector(self, number: int) -> None:
        """kill −9 a collector with all its children, and start it again."""
        os.killpg(self.collectors[number].pid, signal.SIGKILL)
        self.collectors[number].wait()
        self.kills += 1
        self._start(number)

    def kill_worker(self, name: str) -> None:
        """kill −9 a worker that is alive; the nursery has another one at once."""
        with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
            os.kill(int((self.folder / name).read_text()), signal.SIGKILL)
            self.kills += 1

    def stop(self) -> None:
        """End all of them, in whatever they are at."""
        for process in [self.nursery, *self.collectors]:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for name in ("worker", "compactor"):
            self.kill_worker(name)


def run(folder: Path, rounds: int, chance: random.Random) -> tuple[int, "Verdict"]:
    """All rounds; how many were killed, and the verdict."""
    prepare(folder)
    place = Place(folder)
    place.wait_for(0)
    senders = Senders(place.bases(), SENDERS, chance.randrange(10**9))
    try:
        for number in range(rounds):
            place.wait_for(number % COLLECTORS)
            deeds = [lambda: place.kill_worker("worker"), lambda: place.kill_worker("compactor")]
            chance.shuffle(deeds)
            for deed in deeds:
                time.sleep(chance.uniform(0, 0.7))
                deed()
            time.sleep(chance.uniform(0, 0.7))
            place.kill_collector(number % COLLECTORS)
            if (number + 1) % 10 == 0:
                print(f"round {number + 1}: {len(senders.acknowledged)} events acknowledged", flush=True)
        time.sleep(1)
    finally:
        senders.stop()
        place.stop()
    return place.kills, judge(folder, senders)


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
    from lingyu.store.log import Compactor, Log, LogSequences, house
    from lingyu.store.log.status import look_through

    log, inbox = Log(folder / "store" / "log"), Inbox(folder / "store" / "inbox")
    with log.lease():
        Compactor(log, inbox).run()
        log.derived.build()
    seen = LogSequences(log)
    # The house's own facts lie in the log, too.
    outside = f"FROM {seen.relation({'props'}, 0, 99_999)} WHERE source != '{house.SOURCE}'"
    found = [m for (m,) in seen.ask(f"SELECT props.m::VARCHAR {outside}")]
    names = {event for (event,) in seen.ask(f"SELECT DISTINCT event {outside}")}
    sent = [number for number, name in enumerate(seen.names) if name in names]
    blocks = sum(int(np.isin(day.events, sent).sum()) for day in seen.days(0, 99_999))
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


if __name__ == "__main__":
    # The run's processes have a folder of their own; whoever judges needs the readers, and no folder.
    os.environ["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    with tempfile.TemporaryDirectory(prefix="lingyu-judge-") as nothing:
        os.environ["LINGYU_HOME"] = nothing
        import django

        django.setup()
        sys.exit(main())
