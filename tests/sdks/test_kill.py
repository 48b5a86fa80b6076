"""A collector that is killed while it is sent to: what was answered with 2xx is there, and once."""

import os
import signal
import threading

import httpx
import pytest

from lingyu.collector import reading  # noqa: F401 - registers the readers

from .collecting import KEY, Running, prepare, serving

pytestmark = [pytest.mark.one_database, pytest.mark.slow, pytest.mark.xdist_group("sdks")]
SENDERS, EACH, ROUNDS = 4, 60, 3


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path):
    prepare(tmp_path)
    acknowledged: set[str] = set()
    for round_ in range(ROUNDS):
        with serving(tmp_path) as (collector, server):
            _send_until_killed(collector, server, round_, acknowledged)
    facts = Running(tmp_path, "").facts()
    names = [fact.name for fact in facts]
    assert len(acknowledged) >= ROUNDS * EACH
    assert acknowledged <= set(names)
    assert len(names) == len(set(names))


def _send_until_killed(collector: Running, server, round_: int, acknowledged: set[str]) -> None:
    """Several senders; when enough was acknowledged all processes of the server are killed at once."""
    enough, count = threading.Event(), [0]

    def sender(number: int) -> None:
        with httpx.Client() as client:
            for n in range(100_000):
                name = f"{round_} {number} {n}"
                event = {"n": name, "t": 1.8e12, "i": name}
                try:
                    # Every second one is sent twice, as an SDK that has not heard does.
                    for _ in range(1 + n % 2):
                        answer = client.post(f"{collector.base}/l/e", json={"k": KEY, "e": [event]})
                except httpx.HTTPError:
                    return
                assert answer.status_code == 204
                acknowledged.add(name)
                count[0] += 1
                if count[0] > EACH:
                    enough.set()

    threads = [threading.Thread(target=sender, args=(n,)) for n in range(SENDERS)]
    for thread in threads:
        thread.start()
    assert enough.wait(60)
    os.killpg(server.pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
