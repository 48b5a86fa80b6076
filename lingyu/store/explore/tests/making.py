"""Facts for the tests: who did what and when, said in a line each, as sequences in memory."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from lingyu.store.explore.held import Held
from lingyu.store.explore.holding import hold

SHANGHAI = ZoneInfo("Asia/Shanghai")


def ms(moment: str | int, zone: ZoneInfo = SHANGHAI) -> int:
    """A moment as UTC milliseconds; a text is the clock's of 2026 in `zone`: `06-01` (noon), `06-01
    10:00`.
    """
    if isinstance(moment, int):
        return moment
    day, _space, clock = moment.partition(" ")
    return round(
        datetime.fromisoformat(f"2026-{day}T{clock or '12:00'}").replace(tzinfo=zone).timestamp() * 1000
    )


def facts(*rows: tuple, zone: ZoneInfo = SHANGHAI, **options) -> Held:
    """Sequences of rows (person, moment, event) or (person, moment, event, properties)."""
    duck = duckdb.connect()
    duck.execute("SET TimeZone = 'UTC'")
    given = {
        "person": np.array([row[0] for row in rows], object),
        "event": np.array([row[2] for row in rows], object),
        "ms": np.array([ms(row[1], zone) for row in rows], np.int64),
        "props": np.array([json.dumps(row[3]) if len(row) > 3 else None for row in rows], object),
    }
    duck.register("given", given)
    duck.execute(
        "CREATE TABLE lines AS SELECT person::VARCHAR AS person, event::VARCHAR AS event, ms, "
        "props::VARCHAR::JSON::VARIANT AS props FROM given"
    )
    duck.unregister("given")
    return hold(duck, zone, **options)


def random_facts(
    people: int, events: int, *, names: str = "abcde", days: int = 5, seed: int = 0, grain: int = 1
):
    """Rows drawn by chance; times are multiples of `grain` milliseconds, so that many fall together."""
    rng = np.random.default_rng(seed)
    start = ms("06-01 00:00")
    at = start + rng.integers(0, days * 86_400_000 // grain, events) * grain
    who, what = rng.integers(0, people, events), rng.integers(0, len(names), events)
    return [(f"p{w:05d}", int(t), names[e]) for w, t, e in zip(who, at, what, strict=True)]
