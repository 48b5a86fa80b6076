"""The command: facts on two shards, each kind asked of all, and a line that says whether journeys agree."""

import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from lingyu.kernel import questions as q
from lingyu.kernel.questions.days import number
from lingyu.store.explore import answer
from lingyu.store.explore.held import Held
from lingyu.store.explore.tests.making import facts, random_facts

from . import statements
from .servers import CLUSTER, Server, two

PEOPLE, EVENTS, DAYS, STEPS, HOURS = 5_000, 60_000, 9, ["a", "b", "c"], 12
COLUMNS = "(person UInt32, at DateTime, day Int32, event String)"


def main() -> int:
    """Nought when all kinds agree."""
    # Whole seconds, and many events in one.
    rows = random_facts(PEOPLE, EVENTS, days=DAYS, grain=600_000)
    held = facts(*rows)
    with tempfile.TemporaryDirectory(prefix="shards-") as folder, two(Path(folder)) as servers:
        spread = _fill(servers, held)
        print(f"ClickHouse {servers[0].ask('SELECT version()')[0][0]}, facts on the shards: {spread}")
        wrong = [kind for kind, *pair in _asked(servers[0], held) if not _agree(kind, *pair)]
    return len(wrong)


def _fill(servers: tuple[Server, ...], held: Held) -> list[int]:
    """Facts by turns on each shard, so that nearly everybody has some on both; how many lie on each."""
    rows = held.ask("SELECT person, epoch_ms(time) // 1000, day, event FROM facts")
    for turn, server in enumerate(servers):
        server.ask(f"CREATE TABLE own {COLUMNS} ENGINE = MergeTree ORDER BY (event, day, person, at)")
        server.ask(f"CREATE TABLE facts {COLUMNS} ENGINE = Distributed({CLUSTER}, default, own, rand())")
        lines = "".join("\t".join(map(str, row)) + "\n" for row in rows[turn :: len(servers)])
        server.ask("INSERT INTO own FORMAT TabSeparated", lines)
    return [int(server.ask("SELECT count() FROM own")[0][0]) for server in servers]


def _asked(server: Server, held: Held):
    """Of each kind: its name, what the shards say, and what the journeys say."""
    first = held.first_day
    a, b = q.Step("a"), q.Step("b")
    for name, asked, sql in [
        ("trend", q.Trend(step=a), statements.trend("a")),
        ("daily active users", q.Trend(step=a, measure="people"), statements.active("a")),
    ]:
        told = [(first + n, row["value"]) for n, row in enumerate(answer(asked, held).rows)]
        yield name, _numbers(server.ask(sql)), told
    told = [(row["units"], row["people"]) for row in answer(q.Stickiness(step=a), held).rows if row["people"]]
    yield "stickiness", _numbers(server.ask(statements.stickiness("a"))), told
    found = _numbers(server.ask(statements.retention("a", "b", 3)))
    yield "retention", _cells(found), _retained(held, q.Retention(start=a, back=b, count=3))
    steps = tuple(map(q.Step, STEPS))
    counts = [row["count"] for row in answer(q.Funnel(steps=steps, within=timedelta(hours=HOURS)), held).rows]
    origin = int(server.ask("SELECT toUInt32(min(at)) FROM facts")[0][0])
    levels = dict(_numbers(server.ask(statements.funnel(STEPS, HOURS * 3600, origin))))
    reached = [sum(n for level, n in levels.items() if level >= step) for step in range(1, len(STEPS) + 1)]
    yield "funnel in whole seconds", reached, counts


def _cells(rows: list[tuple]) -> dict:
    return {(cohort, n): (size, cell) for cohort, size, *cells in rows for n, cell in enumerate(cells, 1)}


def _retained(held: Held, asked: q.Retention) -> dict:
    """The journeys' cells; in one that is not over yet nobody is back, and so say the shards."""
    return {
        (number(date.fromisoformat(row["cohort"])), row["n"]): (row["size"], row["retained"] or 0)
        for row in answer(asked, held).rows
        if row["n"] and row["size"]
    }


def _numbers(rows: list[list[str]]) -> list[tuple]:
    return [tuple(map(int, row)) for row in rows]


def _agree(kind: str, shards, journeys) -> bool:
    equal = shards == journeys
    print(f"{'equal' if equal else 'WRONG'}  {kind}" + ("" if equal else f"\n  {shards}\n  {journeys}"))
    return equal


if __name__ == "__main__":
    sys.exit(main())
