"""Who did what on a day: one file of roaring bitmaps, one an event and one for anything.

A head in JSON says where each lies, so that one can be had without the others.
"""

import mmap
from collections.abc import Mapping
from pathlib import Path

import msgspec
from pyroaring import BitMap

# The number under which "anything" is kept.
ANY = -1


def write(path: Path, found: Mapping[int, BitMap]) -> int:
    """Write a day's bitmaps by the event's number; the file's size. Not synced: it can be made again."""
    bodies = {number: bitmap.serialize() for number, bitmap in found.items()}
    places, at = {}, 0
    for number, body in bodies.items():
        places[number], at = (at, len(body)), at + len(body)
    head = msgspec.json.encode({str(number): place for number, place in places.items()})
    with path.open("wb") as file:
        file.write(len(head).to_bytes(4, "little") + head)
        for body in bodies.values():
            file.write(body)
    return path.stat().st_size


class Bitmaps:
    """A day's bitmaps, read one by one."""

    def __init__(self, path: Path):
        with path.open("rb") as file:
            self._raw = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = int.from_bytes(self._raw[:4], "little")
        self._places = msgspec.json.decode(self._raw[4 : 4 + size], type=dict[str, tuple[int, int]])
        self._at = 4 + size

    def of(self, number: int) -> BitMap:
        """Who did it; nobody for what was not done."""
        place = self._places.get(str(number))
        if place is None:
            return BitMap()
        start = self._at + place[0]
        return BitMap.deserialize(self._raw[start : start + place[1]])
