"""Senders of facts over HTTP, as SDKs send: batches with message ids, again when they were not answered."""

import random
import threading
import time

import httpx

from tests.sdks.collecting import KEY

# So many events in a batch at most; one in so many requests is sent again although it was answered.
BATCH, AGAIN = 12, 7


class Senders:
    """Threads that send until `stop()`: `sent` are all message ids, `acknowledged` those answered by 2xx."""

    def __init__(self, bases: list[str], number: int, seed: int):
        self.bases, self.sent, self.acknowledged = bases, set(), set()
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._send_on, args=(n, random.Random(seed + n)), daemon=True)
            for n in range(number)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each end the request in hand."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _send_on(self, number: int, chance: random.Random) -> None:
        unanswered: list[tuple[str, dict, list[str]]] = []
        count = 0
        with httpx.Client(timeout=10) as client:
            while not self._stopped.is_set():
                if unanswered and chance.random() < 0.7:
                    made = unanswered.pop(0)
                else:
                    names = [f"{number}-{count}-{n}" for n in range(chance.randint(1, BATCH))]
                    made, count = (*chance.choice(WAYS)(names, number), names), count + 1
                    self.sent.update(names)
                base = chance.choice(self.bases)
                if not self._send(client, base, *made):
                    unanswered.append(made)
                    self._stopped.wait(0.05)
                elif chance.randrange(AGAIN) == 0:
                    self._send(client, base, *made)

    def _send(self, client: httpx.Client, base: str, path: str, body: dict, names: list[str]) -> bool:
        """Whether it was answered with 2xx; any other answer than "not now" ends the run."""
        try:
            answer = client.post(base + path, json=body)
        except httpx.TransportError:
            return False
        if answer.status_code == 503:
            return False
        if not answer.is_success:
            raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:500]}")
        self.acknowledged.update(names)
        return True


def _own(names: list[str], person: int) -> tuple[str, dict]:
    """As our own snippet does."""
    now = time.time() * 1000
    events = [{"n": "Seen", "t": now - place, "i": m, "p": {"m": m}} for place, m in enumerate(names)]
    return "/l/e", {"k": KEY, "u": f"user {person}", "s": now, "e": events}


def _segment(names: list[str], person: int) -> tuple[str, dict]:
    """As Segment's SDKs do; an anonymous browser that is the same person's."""
    batch = [
        {
            "type": "track",
            "event": "Bought",
            "messageId": m,
            "userId": f"user {person}",
            "anonymousId": f"browser {person}",
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "properties": {"m": m},
        }
        for m in names
    ]
    return "/v1/batch", {"writeKey": KEY, "batch": batch}


def _posthog(names: list[str], person: int) -> tuple[str, dict]:
    """As PostHog's SDKs do; their events have ids of their own."""
    from lingyu.kernel.ids import fact_id

    batch = [
        {
            "event": "Watched",
            "uuid": str(fact_id("crash", m)),
            "distinct_id": f"user {person}",
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "properties": {"m": m},
        }
        for m in names
    ]
    return "/batch/", {"api_key": KEY, "batch": batch}


WAYS = (_own, _segment, _posthog)
