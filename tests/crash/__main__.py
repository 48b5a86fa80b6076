"""`python -m tests.crash --rounds N`: the run itself."""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from .clients import Clients
from .house import House, database_of_its_own
from .verdict import Verdict, judge, prepare, settle

MEMBERS = 3


def main() -> int:
    """Run, print, and say by the exit code whether anything was lost or counted twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100, help="how often everything is killed")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="lingyu-crash-") as folder,
        database_of_its_own(f"lingyu_crash_{os.getpid()}") as url,
    ):
        settle(Path(folder), url)
        print(f"database: {'PostgreSQL' if url else 'SQLite'}; seed {options.seed}", flush=True)
        kills, verdict = run(House(Path(folder)), options.rounds, random.Random(options.seed))
        print(f"rounds={options.rounds} kills={kills} {verdict} seconds={time.monotonic() - began:.0f}")
    return 0 if verdict.passed else 1


def run(house: House, rounds: int, chance: random.Random) -> tuple[int, Verdict]:
    """All rounds; how many processes were killed, and the verdict."""
    path, sessions = prepare(MEMBERS)
    kills = 0
    house.start()
    clients = Clients(house.address.rstrip("/") + path, sessions)
    try:
        for number in range(rounds):
            kills += _round(house, chance)
            if sys.stdout.isatty() or (number + 1) % 10 == 0:
                print(f"round {number + 1}: {len(clients.acknowledged)} acknowledged over HTTP", flush=True)
        time.sleep(0.3)
    finally:
        clients.stop()
        house.stop()
    written = house.acknowledged.read_text().splitlines()
    # A line that the kill cut short was not an acknowledgement.
    whole = {line for line in written if len(line) == 36}
    return kills, judge(clients.acknowledged | whole)


def _round(house: House, chance: random.Random) -> int:
    """Kill the shipper, a child of the server, the writer, and the whole server, at random moments."""
    deeds = [lambda: house.kill("shipper"), lambda: house.kill("writer"), lambda: house.kill_child(chance)]
    chance.shuffle(deeds)
    for deed in deeds:
        time.sleep(chance.uniform(0, 0.4))
        deed()
    time.sleep(chance.uniform(0, 0.4))
    house.kill("server")
    house.start()
    return len(deeds) + 1


if __name__ == "__main__":
    sys.exit(main())
