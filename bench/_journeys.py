"""Facts for the bench of the engines: people, sessions and days as they fall on a large site, drawn by
chance.

As many events as asked for, of up to a million people (Zipf 0.8) over 90 days in sessions of about
eight, of 40 names (Zipf 1.1), each session with its channel. One seed: every run has the same facts.
"""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from lingyu.store.explore.held import Held, day_starts
from lingyu.store.explore.sequences import Arrays, Property

DAYS, NAMES, SESSION = 90, 40, 8
CHANNELS = ["ad", "direct", "mail", "search", "share"]
FIRST = 20_454  # 2026-01-01
SHANGHAI = ZoneInfo("Asia/Shanghai")
NAME = [f"event{n:02d}" for n in range(NAMES)]


class Typed(Held):
    """Sequences whose properties are typed columns of the table, as the log promotes the ones often asked
    for.
    """

    def property(self, name: str) -> Property:
        """A column."""
        return Property(name, name)


def draw(events: int, people: int = 1_000_000) -> Arrays:
    """The rows, in the order of (day, person, time, event)."""
    rng = np.random.default_rng(7)
    start = int(day_starts(FIRST, FIRST, SHANGHAI)[0])
    sessions = events // SESSION
    lengths = rng.geometric(1 / SESSION, sessions)
    who = rng.permutation(people).astype(np.uint32)[_zipf(rng, people, 0.8, sessions)]
    begins = (rng.random(sessions) * (DAYS * 86_400_000 - 1)).astype(np.int64)
    passed = np.cumsum(rng.exponential(30_000, int(lengths.sum())).astype(np.int64))
    heads = np.r_[0, np.cumsum(lengths)[:-1]]
    ms = np.repeat(begins - passed[heads], lengths) + passed
    event = _zipf(rng, NAMES, 1.1, len(ms)).astype(np.uint16)
    channel = np.repeat(rng.integers(0, len(CHANNELS), sessions).astype(np.uint8), lengths)
    day = (FIRST + ms // 86_400_000).astype(np.int32)
    rows = {
        "day": day,
        "person": np.repeat(who, lengths),
        "ms": ms + start,
        "event": event,
        "channel": channel,
    }
    rows = {name: column[day < FIRST + DAYS] for name, column in rows.items()}
    rows["person"] = _numbered(rows["person"], rows["ms"])
    order = np.lexsort((rows["event"], rows["ms"], rows["person"], rows["day"]))
    return {name: np.ascontiguousarray(column[order]) for name, column in rows.items()}


def _numbered(person: np.ndarray, ms: np.ndarray) -> np.ndarray:
    """People by numbers without gaps, in the order in which they first came, as a log gives them."""
    by_time = np.argsort(ms, kind="stable")
    _people, first, place = np.unique(person[by_time], return_index=True, return_inverse=True)
    number = np.empty(len(first), np.uint32)
    number[np.argsort(first)] = np.arange(len(first), dtype=np.uint32)
    found = np.empty(len(person), np.uint32)
    found[by_time] = number[place]
    return found


def _zipf(rng: np.random.Generator, kinds: int, power: float, count: int) -> np.ndarray:
    weights = np.cumsum(1 / np.arange(1, kinds + 1) ** power)
    return np.minimum(np.searchsorted(weights, rng.random(count) * weights[-1]), kinds - 1)


def held(rows: Arrays) -> Typed:
    """The rows as sequences in memory, and in DuckDB's table `facts`."""
    duck = duckdb.connect(config={"memory_limit": "6GB"})
    duck.execute("SET TimeZone = 'UTC'")
    names = {"number": np.arange(NAMES), "name": np.array(NAME, object)}
    channels = {"number": np.arange(len(CHANNELS)), "name": np.array(CHANNELS, object)}
    for name, table in (("rows", rows), ("names", names), ("channels", channels)):
        duck.register(name, table)
    duck.execute(
        "CREATE TABLE facts AS SELECT names.name AS event, person, "
        "make_timestamp_ms(ms)::TIMESTAMP_MS AS time, day, ms, channels.name AS channel "
        "FROM rows JOIN names ON names.number = rows.event "
        "JOIN channels ON channels.number = rows.channel ORDER BY day, person, ms"
    )
    for name in ("rows", "names", "channels"):
        duck.unregister(name)
    until = datetime.fromtimestamp(day_starts(FIRST, FIRST + DAYS, SHANGHAI)[-2] / 1000, UTC)
    keys = [str(number) for number in range(int(rows["person"].max()) + 1)]
    return Typed(duck, rows, names=NAME, keys=keys, zone=SHANGHAI, freshness=until)


def parquet(source: Typed, path: Path) -> None:
    """The same facts as one Parquet file, for another engine to read."""
    source.ask(f"COPY (SELECT event, person, ms, day, channel FROM facts) TO '{path}' (FORMAT parquet)")
