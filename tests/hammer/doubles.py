"""Double submits: two processes do the same thing under the same key at the same moment, again and again.

Holds the pairs' work. Exactly one of the two may be the first; the other is told so.
"""

import contextlib
from datetime import timedelta
from itertools import cycle, islice

from .scene import FORK, START, Scene

AT = START + timedelta(days=200)
KINDS = ("earn", "spend", "hold", "settle", "refund", "claw_back", "restore", "reviewed", "approve")
NEW = set("granted pending spent held settled refunded clawed_back restored approved".split())  # noqa: SIM905


def work(number: int, scene: Scene, rounds: int, starts: list, told) -> None:
    """One of two: the same rounds as its twin, each begun together; its answers go into the queue."""
    pair, answers = number // 2, []
    for turn, kind in enumerate(islice(cycle(KINDS), rounds)):
        starts[pair].wait()
        answers.append(_deed(kind, scene, pair, turn))
    told.put((pair, answers))


def _deed(kind: str, scene: Scene, pair: int, turn: int) -> str:
    from lingyu.community.feathers import actions as feathers

    member = scene.members[pair % len(scene.members)]
    lap = turn // len(KINDS)
    # A day each, so that no cap stands between.
    at = AT + timedelta(days=lap)
    reward = {"actor": None, "member": member, "subject": "double", "occurrence": f"{pair}.{lap}", "at": at}
    buy = {"actor": None, "member": member, "purpose": scene.shop, "subject": "double", "amount": 3, "at": at}
    key = f"double.{pair}.{lap}"
    deeds = {
        "earn": lambda: feathers.earn(rule=scene.plain, **reward),
        "spend": lambda: feathers.spend(key=key, **buy),
        "hold": lambda: feathers.hold(key=f"{key}.h", **buy),
        "settle": lambda: feathers.settle(actor=None, key=f"{key}.h", at=at),
        "refund": lambda: feathers.refund(actor=None, key=key, why="removed", at=at),
        "claw_back": lambda: feathers.claw_back(rule=scene.plain, why="removed", **reward),
        "restore": lambda: feathers.restore(rule=scene.plain, why="restored", **reward),
        "reviewed": lambda: feathers.earn(rule=scene.reviewed, **reward),
        "approve": lambda: feathers.approve(rule=scene.reviewed, **reward),
    }
    receipt = deeds[kind]()
    return "new" if receipt and receipt.outcome in NEW else receipt.outcome if receipt else "nothing"


def run(scene: Scene, submits: int, pairs: int) -> tuple[int, int, int]:
    """All pairs; how many things were submitted twice, how many done twice, and how many by neither."""
    from .scene import crew

    rounds = max(1, submits // pairs)
    told, starts = FORK.Queue(), [FORK.Barrier(2) for _ in range(pairs)]
    with crew(2 * pairs, work, scene, rounds, starts, told):
        answers: dict[int, list] = {}
        for _ in range(2 * pairs):
            pair, said = told.get()
            answers.setdefault(pair, []).append(said)
    with contextlib.suppress(ValueError):
        told.close()
    both = [sorted(two) for one, other in answers.values() for two in zip(one, other, strict=True)]
    first = [two.count("new") for two in both]
    return len(both), first.count(2), first.count(0)
