"""A server as a child process, and one client that asks it over loopback and takes the times.

Processor time and memory are read from /proc, of the web server and its workers only: Linux.
"""

import http.client
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Taken:
    """What some requests cost: milliseconds each, seconds by the clock and of the server's processor."""

    each: list[float] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0
    size: int = 0

    def add(self, more: "Taken") -> None:
        """Another round of the same."""
        self.each += more.each
        self.wall, self.cpu, self.size = self.wall + more.wall, self.cpu + more.cpu, more.size

    def percentile(self, share: int) -> float:
        """So many of a hundred requests were answered within these milliseconds."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.each) / self.wall

    @property
    def cpu_each(self) -> float:
        """Milliseconds of the server's processor for one request."""
        return self.cpu * 1_000 / len(self.each)


class Server:
    """A web server in a process group of its own; it answers at `port` of loopback."""

    def __init__(self, name: str, port: int, command: list[str], probe: str, folder=None, env=None):
        self.name, self.port = name, port
        self.child = subprocess.Popen(
            command, cwd=folder, env=env, stdout=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(600):
            try:
                self._get(probe)
                return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise SystemExit(f"{name} did not start")

    def _get(self, address: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", address)
        connection.getresponse().read()
        connection.close()

    def stop(self) -> None:
        """End it and all that it started."""
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)

    def _web(self) -> list[Path]:
        """The folders in /proc of granian and its workers, below our child."""
        parents, names = {}, {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parents[entry.name] = (entry / "stat").read_text().rsplit(")", 1)[1].split()[1]
                names[entry.name] = (entry / "cmdline").read_bytes()
            except OSError:
                continue
        below, found = {str(self.child.pid)}, set()
        while below - found:
            found |= below
            below = {pid for pid, parent in parents.items() if parent in found}
        return [Path("/proc") / pid for pid in found if b"granian" in names.get(pid, b"")]

    def cpu(self) -> float:
        """Seconds of processor that it has used so far, to the nanosecond: by ticks, a page is nothing."""
        threads = [task for folder in self._web() for task in (folder / "task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in threads) / 1e9

    def memory(self) -> int:
        """Bytes of memory that its processes hold."""
        lines = [line for folder in self._web() for line in (folder / "status").read_text().splitlines()]
        return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


def ask(server: Server, addresses: list[str], cookies: list[str], together: int) -> Taken:
    """Ask for every address once, `together` at a time, each on a connection that is kept."""
    taken, lock, waiting = Taken(), threading.Lock(), list(enumerate(addresses))

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while True:
            with lock:
                if not waiting:
                    break
                number, address = waiting.pop()
            began = time.perf_counter()
            connection.request("GET", address, headers={"Cookie": cookies[number % len(cookies)]})
            answer = connection.getresponse()
            body = answer.read()
            passed = (time.perf_counter() - began) * 1_000
            if answer.status != 200:
                raise SystemExit(f"{server.name} answered {answer.status} at {address}")
            with lock:
                taken.each.append(passed)
                taken.size = len(body)
        connection.close()

    before, began = server.cpu(), time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.wall, taken.cpu = time.perf_counter() - began, server.cpu() - before
    if len(taken.each) != len(addresses):
        raise SystemExit(f"{server.name}: only {len(taken.each)} of {len(addresses)} answers")
    return taken
