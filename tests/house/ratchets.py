"""Ratchets: who still breaks a rule, written down in `ratchets.toml`; the list may only get shorter.

A new breach fails, and so does an entry that is no longer true: whoever mends something takes it off.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).with_name("ratchets.toml")


def hold(rule: str, found: Mapping[str, int]) -> None:
    """Compare the breaches of `rule` (place -> how large) with those written down."""
    known: dict[str, int] = tomllib.loads(FILE.read_text(encoding="utf-8")).get(rule, {})
    worse = {place: size for place, size in found.items() if size > known.get(place, 0)}
    mended = {place: found.get(place) for place, size in known.items() if found.get(place, 0) < size}
    assert not worse, f"{rule}: new or larger than ratchets.toml allows: {worse}"
    assert not mended, f"{rule}: better than ratchets.toml says; write down the new figures: {mended}"
