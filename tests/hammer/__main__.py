"""`python -m tests.hammer`: the run itself, on SQLite, or on PostgreSQL with DATABASE_URL."""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.crash.house import database_of_its_own

from . import deeds, doubles, kills
from .scene import FORK, Scene, crew, settle
from .verdict import violations


def main() -> int:
    """Run, print, and say by the exit code whether any invariant was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=20, help="how many write at once")
    parser.add_argument("--ops", type=int, default=20_000, help="deeds of each of them")
    parser.add_argument("--seconds", type=float, default=10**6, help="deeds end then, however many are done")
    parser.add_argument("--doubles", type=int, default=10_000, help="keys submitted by two at once")
    parser.add_argument("--kills", type=int, default=200, help="writers killed")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="lingyu-hammer-") as folder,
        database_of_its_own(f"lingyu_hammer_{os.getpid()}") as url,
    ):
        settle(Path(folder), url)
        print(f"database: {'PostgreSQL' if url else 'SQLite'}; seed {options.seed}", flush=True)
        return 0 if run(options, Path(folder)) else 1


def run(options: argparse.Namespace, folder: Path) -> bool:
    """The three parts and their verdicts; whether all is well."""
    scene = Scene()
    notes = _deeds(scene, options)
    faults = violations(scene, notes)
    errors = [error for note in notes for error in note.errors]
    _say([*faults, *errors])
    print(f"violations={len(faults)} errors={len(errors)}", flush=True)

    began = time.monotonic()
    submitted, doubled, undone = doubles.run(scene, options.doubles, max(1, options.processes // 2))
    seconds = time.monotonic() - began
    print(f"submitted_twice={submitted} doubled={doubled} undone={undone} seconds={seconds:.0f}", flush=True)

    began = time.monotonic()
    acknowledged, lost = kills.run(scene, options.kills, folder, random.Random(options.seed))
    seconds = time.monotonic() - began
    print(f"kills={options.kills} acknowledged={acknowledged} lost={lost} seconds={seconds:.0f}", flush=True)

    began = time.monotonic()
    later = _verify()
    _say(later)
    print(f"faults_at_the_end={len(later)} seconds={time.monotonic() - began:.0f}", flush=True)
    return not (faults or errors or doubled or undone or lost or later)


def _deeds(scene: Scene, options: argparse.Namespace) -> list:
    """All processes at their deeds; what each noted."""
    told, notes, done, began = FORK.Queue(), [], 0, time.monotonic()
    work = (options.processes, scene, options.seed, options.ops, options.seconds)
    with crew(options.processes, deeds.work, *work, told):
        while len(notes) < options.processes:
            said = told.get(timeout=600)
            if isinstance(said, int):
                done += said
                if done % 20_000 == 0:
                    print(f"  {done} deeds, {done / (time.monotonic() - began):.0f} a second", flush=True)
            else:
                notes.append(said)
    seconds = sorted(second for note in notes for second in note.seconds)
    took = time.monotonic() - began
    rate, p50, p99 = len(seconds) / took, seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100]
    print(
        f"processes={options.processes} deeds={len(seconds)} seconds={took:.0f} a_second={rate:.0f} ", end=""
    )
    print(f"p50_ms={p50 * 1e3:.1f} p99_ms={p99 * 1e3:.1f} worst_ms={seconds[-1] * 1e3:.0f}")
    outcomes = sum((note.outcomes for note in notes), start=type(notes[0].outcomes)())
    print("  " + ", ".join(f"{name} {count}" for name, count in outcomes.most_common()), flush=True)
    return notes


def _verify() -> list[str]:
    from lingyu.community.ledger.verify import verify

    return verify().faults


def _say(faults: list[str]) -> None:
    for fault in faults[:20]:
        print(f"  ✗ {fault}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
