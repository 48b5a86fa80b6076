"""Readers and the writer at the same time: no error, and never less than before."""

import threading

import msgspec

from lingyu.kernel.metrics import Aggregate
from lingyu.store.engines.base import Scan, Window
from lingyu.store.engines.duck.engine import DuckEngine

from .samples import paid

_COUNT = Scan(
    aggregates=(Aggregate("count", "test.paid"), Aggregate("sum", "test.paid", "amount")),
    window=Window(start=None, end=None, grain="total", tz="UTC"),
)
BATCHES, FACTS = 40, 25


def _read_on(folder, done: threading.Event, seen: list, faults: list) -> None:
    """As another process would: with an engine, a manifest and a DuckDB of its own."""
    engine = DuckEngine(folder)
    try:
        while not done.is_set():
            ((_, count, amount),) = engine.scan(_COUNT)
            seen.append((count, amount or 0))
    except Exception as error:
        faults.append(error)


def test_readers_see_whole_batches_while_files_come_and_are_merged(declared, tmp_path):
    writer, body = DuckEngine(tmp_path / "store"), tmp_path / "body.jsonl"
    done, seen, faults = threading.Event(), [[], []], []
    readers = [threading.Thread(target=_read_on, args=(tmp_path / "store", done, s, faults)) for s in seen]
    for reader in readers:
        reader.start()
    for batch in range(BATCHES):
        facts = [paid(f"2024-03-{batch % 9 + 1:02}", 2) for _ in range(FACTS)]
        body.write_bytes(msgspec.json.Encoder().encode_lines(facts))
        assert writer.append([("test.paid", body)]) == FACTS
        if batch % 10 == 9:
            writer.tidy()
    done.set()
    for reader in readers:
        reader.join()
    assert not faults
    for found in seen:
        assert found, "a reader never got to read"
        assert found == sorted(found)
        assert all(count % FACTS == 0 and amount == 2 * count for count, amount in found)
    assert writer.scan(_COUNT) == [(None, BATCHES * FACTS, 2 * BATCHES * FACTS)]
    assert len(writer.manifest.live()) == 1
