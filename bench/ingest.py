"""Facts in from outside: durable events a second over HTTP, every protocol beside ours and beside the limit.

A collector runs as its own process on a data folder of its own; the client keeps several connections busy.
The limit is the bytes of the same requests appended to a file and synced, as many in one sync as there are
connections. Then, without a server, what checking a request before its acknowledgement costs, and what
reading it into facts costs, which the compactor pays.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from ._senders import KEY, SITE, requests, send

CONNECTIONS = {1: 64, 100: 16}


def row(*cells: str) -> None:
    """One line of a table."""
    print(f"{cells[0]:24}" + "".join(f"{cell:>18}" for cell in cells[1:]), flush=True)


def main() -> None:
    """Measure all of it, or what is asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=3.0)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--only", default="")
    asked.add_argument("--no-server", action="store_true")
    options = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="lingyu-ingest-"))
    try:
        if not options.no_server:
            over_http(folder, options)
        inside(folder, options.only)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def over_http(folder: Path, options) -> None:
    """Requests to a running collector."""
    environment = {**os.environ, "LINGYU_HOME": str(folder)}
    make = f"""
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from lingyu.community.accounts.actions import join
from lingyu.collector.models import Source
from django.utils import timezone
Source.objects.create(id="{SITE}", name="bench", prefix="bench", key="{KEY}", names="7\\nexample.com",
    made_by=join(actor=None, username="bench"), made_at=timezone.now())
"""
    environment["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    subprocess.run([sys.executable, "-c", make], env=environment, check=True)
    port = 18_500 + os.getpid() % 1_000
    command = [
        sys.executable,
        "-m",
        "lingyu",
        "collect",
        "--port",
        str(port),
        "--workers",
        str(options.workers),
    ]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        for number in (1, 100):
            _table(folder, number, port, server.pid, options)
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5)
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the collector did not start")


def _table(folder: Path, number: int, port: int, pid: int, options) -> None:
    connections = CONNECTIONS[number]
    print(f"\n{number} event(s) a request, {connections} connections, {options.workers} worker(s)")
    row("", "events/s", "requests/s", "µs of processor", "× ours")
    ours = 0.0
    for name, request in requests(number).items():
        if options.only and options.only not in ("ours", name) and name != "ours":
            continue
        count = min(number, 25) if name.startswith("ga4") else number
        before, began = _cpu(pid), time.perf_counter()
        every, well = send(port, request, options.seconds, connections)
        spent = _cpu(pid) - before
        if every != well:
            raise SystemExit(f"{name}: {every - well} of {every} were refused")
        rate = well / min(time.perf_counter() - began, options.seconds)
        ours = ours or rate
        row(name, f"{rate * count:,.0f}", f"{rate:,.0f}", f"{spent / well * 1e6:.0f}", f"{rate / ours:.2f}")
        _clear(folder)
    body = requests(number)["ours"][2]
    rate = _limit(folder, body, connections, options.seconds)
    row("append and fdatasync", f"{rate * number:,.0f}", f"{rate:,.0f}", "", f"{rate / ours:.2f}")


def _clear(folder: Path) -> None:
    """What was measured need not fill the disk: closed files go."""
    from lingyu.store.inbox import Inbox

    inbox = Inbox(folder / "store" / "inbox")
    inbox.forget({p.name: 2**62 for p in inbox.files()})


def _limit(folder: Path, body: bytes, together: int, seconds: float) -> float:
    """Requests a second when their bytes are only appended, `together` of them in one sync."""
    number, end = 0, time.perf_counter() + seconds
    with (folder / "limit").open("ab", buffering=0) as file:
        while time.perf_counter() < end:
            file.write(body * together)
            os.fdatasync(file.fileno())
            number += together
    (folder / "limit").unlink()
    return number / seconds


def _cpu(pid: int) -> float:
    """Processor seconds of a process and its children."""
    ticks = 0
    for found in Path("/proc").glob("[0-9]*/stat"):
        try:
            parts = found.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(found.parent.name) == pid or int(parts[1]) == pid:
            ticks += int(parts[11]) + int(parts[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def inside(folder: Path, only: str) -> None:
    """What a request of each protocol costs the door, and its reading the compactor."""
    os.environ["LINGYU_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lingyu.config.settings"
    import django

    django.setup()
    for number in (1, 100):
        print(f"\n{number} event(s) a request, in the process: µs of processor")
        row("", "the door", "× ours", "reading", "reading an event")
        ours = 0.0
        for name, request in requests(number).items():
            if only and only != name and name != "ours":
                continue
            door, reading = _costs(request)
            ours = ours or door
            count = min(number, 25) if name.startswith("ga4") else number
            row(name, f"{door:.1f}", f"{door / ours:.2f}", f"{reading:.0f}", f"{reading / count:.1f}")


def _costs(request: tuple) -> tuple[float, float]:
    """µs of the door's decision and of reading what it keeps."""
    from lingyu.collector.book import Book, Entry
    from lingyu.collector.door import Door
    from lingyu.collector.wire import Request
    from lingyu.kernel.facts import read

    book = Book(lambda: [Entry(SITE, "bench", "bench", frozenset([KEY, "7", "example.com"]))])
    book.refresh()
    door = Door(book, b"secret")
    method, target, body, headers = request
    path, _, query = target.partition("?")
    raw = {k.encode(): v.encode() for k, v in headers.items()}
    row_ = door.decide(Request(method, path, query, raw, body, "203.0.113.7")).row
    assert row_ is not None and not [r for r in read(row_).remarks if r.kind == "refused"]
    return (
        _time(lambda: door.decide(Request(method, path, query, raw, body, "203.0.113.7"))),
        _time(lambda: read(row_)),
    )


def _time(work) -> float:
    """µs of processor of one call: the best of several runs."""
    best = float("inf")
    for _ in range(5):
        began, number = time.process_time(), 0
        while time.process_time() - began < 0.05:
            work()
            number += 1
        best = min(best, (time.process_time() - began) / number)
    return best * 1e6


if __name__ == "__main__":
    main()
