"""A day's journeys as one file: who did what when, sorted by person and time, laid out to be memory-mapped.

After a head of four numbers follow people (uint32), offsets (uint32, one more), times (uint32,
milliseconds since the day began) and events (uint16). Seven bytes an event for those who do many things
a day.
"""

from pathlib import Path

import numpy as np

from ..explore.sequences import Day

_MAGIC, _HEAD = 0x4C47_4A31, 16


def write(path: Path, day: Day) -> int:
    """Write a day's block; its size in bytes. Not synced: it can be made again."""
    head = np.array([_MAGIC, len(day.people), len(day.times), 0], dtype=np.uint32)
    with path.open("wb") as file:
        for part, kind in zip(
            (head, day.people, day.offsets, day.times, day.events),
            ("u4", "u4", "u4", "u4", "u2"),
            strict=True,
        ):
            file.write(np.ascontiguousarray(part, dtype=kind).data)
    return path.stat().st_size


def read(path: Path, number: int, start: int) -> Day:
    """A day's block, memory-mapped. Raises ValueError when the file is not one, or not whole."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    magic, people, events, _ = raw[:_HEAD].view("u4")
    sizes = [(people, "u4"), (people + 1, "u4"), (events, "u4"), (events, "u2")]
    whole = _HEAD + sum(int(count) * int(kind[1]) for count, kind in sizes)
    if magic != _MAGIC or len(raw) != whole:
        raise ValueError(f"{path.name} is no whole block of journeys")
    parts, at = [], _HEAD
    for count, kind in sizes:
        end = at + int(count) * int(kind[1])
        parts.append(raw[at:end].view(kind))
        at = end
    return Day(number, start, *parts)
