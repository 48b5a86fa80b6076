"""Questions of facts: ours on warm journeys and bitmaps beside DuckDB and ClickHouse (chdb), in one run.

Run it with `python -m bench.engine [events]`, ten million unless told. All three have the same facts,
and the run stops if an answer differs. DuckDB holds them as a typed table in memory, ClickHouse as two
MergeTrees, by (event, day, person) and by (person, time), of which each question gets the faster. Every
question is warm: the best of several, by the clock and by the processor.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from chdb.session import Session

from lingyu.kernel.questions import (
    And,
    Attribution,
    Did,
    Funnel,
    Not,
    Retention,
    Segment,
    Sequence,
    Step,
    Trend,
)
from lingyu.kernel.questions.days import number
from lingyu.store.explore import answer

from ._journeys import DAYS, FIRST, NAME, Typed, draw, held, parquet
from ._printing import Spent, best

STEPS = [NAME[n] for n in (0, 1, 4, 9, 14)]
WEEK, MONTH = 7 * 86_400_000, 30 * 86_400_000
LAST = FIRST + DAYS - 1
# What has to be won by at least: × ClickHouse by the clock.
FLOORS = {"DAU": 50, "WAU": 50, "MAU": 50, "retention D0–30": 50, "funnel of 5": 10}
HEADS = ("ours", "DuckDB", "ClickHouse", "× DuckDB", "× ClickHouse")
IN = ", ".join(f"'{step}'" for step in STEPS)
BUCKET = {
    "day": ("day", "day"),
    "week": ("day - (day + 3) % 7", "day - (day + 3) % 7"),
    "month": (
        "(date_trunc('month', DATE '1970-01-01' + day)::DATE - DATE '1970-01-01')::INTEGER",
        "toInt32(toStartOfMonth(toDate(day)))",
    ),
}


def main(events: int = 10_000_000) -> None:
    """Make the facts, ask, compare and print."""
    source = held(draw(events))
    total = source.ask("SELECT count(*), count(DISTINCT person) FROM facts")[0]
    print(
        f"{total[0]:,} events of {total[1]:,} people on {DAYS} days; milliseconds by the clock · of processor"
    )
    with tempfile.TemporaryDirectory(prefix="bench-engine-") as folder:
        click = _click(source, Path(folder))
        print(f"{'':18}" + "".join(f"{name:>18}" for name in HEADS) + f"{'floor':>7}")
        for name, asked, duck_sql, click_sqls, reading in _questions():
            _compare(name, source, click, asked, duck_sql, click_sqls, reading)


def _compare(
    name, source: Typed, click: Callable, asked, duck_sql: str, click_sqls: list[str], reading
) -> None:
    expected = reading(answer(asked, source))
    assert expected == _sorted(source.ask(duck_sql)), f"{name}: DuckDB answers otherwise"
    for sql in click_sqls:
        assert expected == _sorted(click(sql)), f"{name}: ClickHouse answers otherwise"
    ours = best(lambda: answer(asked, source), 9)
    duck = best(lambda: source.ask(duck_sql), 3)
    clicked = min((best(lambda s=s: click(s), 3) for s in click_sqls), key=lambda spent: spent.wall)
    floor = FLOORS.get(name, "")
    beside = "".join(f"{p.wall / ours.wall:10.1f} ·{p.cpu / ours.cpu:6.1f}" for p in (duck, clicked))
    print(f"{name:18}{_shown(ours)}{_shown(duck)}{_shown(clicked)}{beside}{floor:>7}", flush=True)


def _shown(spent: Spent) -> str:
    return f"{spent.wall * 1e3:10.1f} ·{spent.cpu * 1e3:6.0f}"


def _sorted(rows) -> list[tuple]:
    return sorted(tuple(row) for row in rows)


def _click(source: Typed, folder: Path) -> Callable[[str], list[tuple]]:
    """ClickHouse with the facts; a function that asks it and reads its rows."""
    parquet(source, folder / "facts.parquet")
    session = Session(str(folder / "chdb"))
    columns = (
        "event LowCardinality(String), person UInt32, ms UInt64, day Int32, channel LowCardinality(String)"
    )
    session.query("CREATE DATABASE bench")
    for table, order in (("events", "event, day, person, ms"), ("people", "person, ms")):
        session.query(f"CREATE TABLE bench.{table} ({columns}) ENGINE = MergeTree ORDER BY ({order})")
        session.query(f"INSERT INTO bench.{table} SELECT * FROM file('{folder}/facts.parquet')")
        session.query(f"OPTIMIZE TABLE bench.{table} FINAL")

    def ask(sql: str) -> list[tuple]:
        return [tuple(row) for row in json.loads(session.query(sql, "JSONCompact").bytes() or b"{}")["data"]]

    # Whole numbers of 64 bits come as numbers, as the others do.
    session.query("SET output_format_json_quote_64bit_integers = 0")
    return ask


def _questions():
    """Name, question, SQL for DuckDB, for ClickHouse, and how our answer reads as theirs."""
    for name, grain in (("DAU", "day"), ("WAU", "week"), ("MAU", "month")):
        duck, click = BUCKET[grain]
        yield (
            name,
            Trend(measure="people", grain=grain),
            f"SELECT count(DISTINCT person) FROM facts GROUP BY {duck}",
            [f"SELECT uniqExact(person) FROM bench.{t} GROUP BY {click}" for t in ("events", "people")],
            lambda found: sorted((row["value"],) for row in found.rows),
        )
    yield "retention D0–30", Retention(), *_retention()
    steps = tuple(map(Step, STEPS))
    yield "funnel of 5", Funnel(steps=steps, within=timedelta(milliseconds=WEEK)), *_funnel()
    touch, conversion = Step(NAME[2]), Step(NAME[20])
    models = ("first", "last_non_direct")
    asked = Attribution(touch=touch, conversion=conversion, models=models)
    yield "attribution", asked, *_attribution(touch.event, conversion.event)
    yield "segment", Segment(condition=_CONDITION), *_segment()


def _retention():
    duck = (
        "WITH came AS (SELECT DISTINCT person, day FROM facts), "
        "began AS (SELECT person, min(day) AS began FROM came GROUP BY person) "
        "SELECT began, day - began AS n, count(*) FROM came JOIN began USING (person) "
        "WHERE day - began <= 30 GROUP BY ALL"
    )
    click = (
        "SELECT began, n, count() FROM (SELECT began, "
        "arrayJoin(arrayFilter(n -> n <= 30, arrayMap(d -> d - began, days))) AS n FROM "
        "(SELECT person, groupUniqArray(day) AS days, min(day) AS began FROM bench.{} GROUP BY person)) "
        "GROUP BY began, n"
    )

    def reading(found):
        rows = (row for row in found.rows if row["retained"])
        return sorted((number(date.fromisoformat(r["cohort"])), r["n"], r["retained"]) for r in rows)

    return duck, [click.format(t) for t in ("events", "people")], reading


def _funnel():
    chain = [f"s0 AS (SELECT person, ms, ms AS start FROM facts WHERE event = '{STEPS[0]}')"]
    for k, step in enumerate(STEPS[1:], 1):
        # The latest start that reached the step before, at this moment or earlier: backward ASOF.
        chain.append(
            f"s{k} AS (SELECT e.person, e.ms, max(b.start) AS start FROM (SELECT person, ms FROM facts "
            f"WHERE event = '{step}') e ASOF JOIN s{k - 1} b ON e.person = b.person AND e.ms >= b.ms "
            f"WHERE e.ms - b.start <= {WEEK} GROUP BY e.person, e.ms)"
        )
    counts = " UNION ALL ".join(f"SELECT {k}, count(DISTINCT person) FROM s{k}" for k in range(len(STEPS)))
    conditions = ", ".join(f"event = '{step}'" for step in STEPS)
    click = (
        "SELECT k, countIf(level > k) FROM (SELECT arrayJoin(range(5)) AS k, level FROM "
        f"(SELECT person, windowFunnel({WEEK})(ms, {conditions}) AS level FROM bench.{{}} "
        f"WHERE event IN ({IN}) GROUP BY person)) GROUP BY k"
    )
    return (
        f"WITH {', '.join(chain)} {counts}",
        [click.format(t) for t in ("events", "people")],
        lambda found: sorted((row["step"] - 1, row["count"]) for row in found.rows),
    )


def _attribution(touch: str, conversion: str):
    pairs = (
        "SELECT c.person, c.ms AS at, {first} AS first, {known} AS known, {last} AS last FROM "
        f"(SELECT person, ms FROM {{facts}} WHERE event = '{conversion}') c "
        f"LEFT JOIN (SELECT person, ms, channel FROM {{facts}} WHERE event = '{touch}') t "
        f"ON t.person = c.person AND t.ms <= c.ms AND t.ms >= c.ms - {MONTH} GROUP BY c.person, c.ms"
    )
    duck = pairs.format(
        facts="facts",
        first="arg_min(channel, (t.ms, channel))",
        known="arg_max(channel, (t.ms, channel)) FILTER (channel <> 'direct')",
        last="arg_max(channel, (t.ms, channel))",
    )
    click = pairs.format(
        facts="bench.{}",
        first="argMinIf(t.channel, (t.ms, t.channel), t.channel != '')",
        known="argMaxIf(t.channel, (t.ms, t.channel), t.channel NOT IN ('', 'direct'))",
        last="argMaxIf(t.channel, (t.ms, t.channel), t.channel != '')",
    )
    none = "coalesce(nullif({}, ''), '*none*')"
    by = (
        "SELECT model, channel, count(*) FROM (SELECT 'first' AS model, "
        + none.format("first")
        + " AS channel "
        "FROM ({pairs}) UNION ALL SELECT 'last_non_direct', "
        "coalesce(nullif(known, ''), nullif(last, ''), '*none*') "
        "FROM ({pairs})) GROUP BY model, channel"
    )
    return (
        by.format(pairs=duck),
        [by.format(pairs=click.format(t, t)) for t in ("events", "people")],
        lambda found: sorted((row["model"], row["channel"], round(row["conversions"])) for row in found.rows),
    )


_CONDITION = And(
    items=(
        Did(step=Step(NAME[3]), at_least=3, last=30),
        Not(item=Did(step=Step(NAME[30]))),
        Sequence(steps=(Step(NAME[5]), Step(NAME[8])), within=timedelta(days=1)),
    )
)


def _segment():
    often = (
        f"SELECT person FROM {{0}} WHERE event = '{NAME[3]}' AND day > {LAST - 30} "
        "GROUP BY person HAVING count(*) >= 3"
    )
    never = f"SELECT person FROM {{0}} WHERE event = '{NAME[30]}'"
    duck_chain = (
        f"SELECT b.person FROM (SELECT person, ms FROM facts WHERE event = '{NAME[8]}') b ASOF JOIN "
        f"(SELECT person, ms FROM facts WHERE event = '{NAME[5]}') a ON a.person = b.person AND b.ms >= a.ms "
        "WHERE b.ms - a.ms <= 86400000"
    )
    click_chain = (
        f"SELECT person FROM {{0}} WHERE event IN ('{NAME[5]}', '{NAME[8]}') GROUP BY person "
        f"HAVING windowFunnel(86400000)(ms, event = '{NAME[5]}', event = '{NAME[8]}') = 2"
    )
    whole = "SELECT count(*) FROM ({0}) AS o WHERE person NOT IN ({1}) AND person IN ({2})"
    tables = [f"bench.{t}" for t in ("events", "people")]
    return (
        whole.format(often.format("facts"), never.format("facts"), duck_chain),
        [whole.format(often.format(t), never.format(t), click_chain.format(t)) for t in tables],
        lambda found: [(found.totals["people"],)],
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
