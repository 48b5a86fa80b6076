"""Kill −9: writers are killed at random moments; what they had acknowledged is there, and once.

Holds the writers, who write down a key after its commit, and the parent who kills them.
"""

import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

from .scene import FORK, START, Scene, disconnect

WRITERS = 4
AT = START + timedelta(days=300)


def write(number: int, scene: Scene, folder: Path, first: int) -> None:
    """Earn and spend for ever. The turn whose answer was never noted is done again, as people do."""
    from lingyu.community.feathers import actions as feathers

    member = scene.members[number]
    with (folder / f"acknowledged-{number}").open("a") as file:
        turn = first
        while True:
            reward = {"subject": "kill", "occurrence": f"{number}.{turn}", "at": AT}
            feathers.earn(actor=None, member=member, rule=scene.plain, **reward)
            buy = {"subject": "kill", "amount": 2, "key": f"kill.{number}.{turn}", "at": AT}
            feathers.spend(actor=None, member=member, purpose=scene.shop, **buy)
            file.write(f"{turn}\n")
            file.flush()
            turn += 1


def run(scene: Scene, kills: int, folder: Path, chance: random.Random) -> tuple[int, int]:
    """Kill as often as told; how many turns were acknowledged, and how many of them are lost."""
    writers: dict[int, object] = {}
    for _ in range(kills):
        for number in range(WRITERS):
            if number not in writers:
                disconnect()
                begin = len(_noted(folder, number))
                writers[number] = FORK.Process(target=write, args=(number, scene, folder, begin), daemon=True)
                writers[number].start()
        time.sleep(chance.uniform(0, 0.25))
        _kill(writers.pop(chance.randrange(WRITERS)))
    for writer in writers.values():
        _kill(writer)
    return _judge(scene, folder)


def _kill(process) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _noted(folder: Path, number: int) -> list[int]:
    path = folder / f"acknowledged-{number}"
    text = path.read_text() if path.exists() else ""
    # A line that the kill cut short was not an acknowledgement.
    return [int(line) for line in text.split("\n")[:-1]]


def _judge(scene: Scene, folder: Path) -> tuple[int, int]:
    from lingyu.community.ledger.models import Transfer

    acknowledged = lost = 0
    for number in range(WRITERS):
        turns = _noted(folder, number)
        member = scene.members[number]
        keys = {f"{scene.plain.code}|{member.id}|kill|{number}.{turn}" for turn in turns}
        keys |= {f"kill.{number}.{turn}" for turn in turns}
        there = set(Transfer.objects.filter(member=member.id).values_list("key", flat=True))
        acknowledged += len(keys)
        lost += len(keys - there)
    return acknowledged, lost
